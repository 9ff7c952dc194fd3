/**
 * Keeps the demo's chain running for as long as its supervisor lives: `node chain.cli.js <port> <folder>`. The node is
 * a development node: one machine, no consensus, blocks made at once. Its state lies in the folder, written every few
 * seconds; what a power cut takes is deployed and anchored again.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { anvilBinary, DEMO_CHAIN_ID } from './demo/anvil.ts';

const [port = '', folder = ''] = process.argv.slice(2);
const binary = anvilBinary();
if (binary === undefined || port === '' || folder === '') {
  console.error('usage: node chain.cli.js <port> <folder>, on a system that the node is made for');
  process.exit(2);
}

fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
const pidFile = path.join(folder, 'node.pid');
await endOrphan(pidFile);
setAsideBroken(path.join(folder, 'state.json'));
const child = spawn(
  binary,
  [
    ['--host', '127.0.0.1', '--port', port, '--no-cors', '--chain-id', String(DEMO_CHAIN_ID)],
    ['--hardfork', 'london', '--accounts', '1'],
    // A permissioned chain: nobody pays for transactions.
    ['--gas-price', '0', '--block-base-fee-per-gas', '0', '--disable-min-priority-fee'],
    ['--state', path.join(folder, 'state.json'), '--state-interval', '5', '--silent'],
  ].flat(),
  { stdio: ['ignore', 'inherit', 'inherit'] },
);
fs.writeFileSync(pidFile, String(child.pid ?? ''), { mode: 0o600 });
child.once('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
child.once('exit', (code) => {
  fs.rmSync(pidFile, { force: true });
  process.exit(code ?? 1);
});
for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
  process.on(signal, () => child.kill('SIGTERM'));
}

/** A node whose keeper was killed lives on and holds the port; only one that is surely ours is ended. */
async function endOrphan(file: string): Promise<void> {
  const pid = fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : 0;
  if (!Number.isSafeInteger(pid) || pid < 2 || !isOurs(pid)) return;
  process.kill(pid, 'SIGTERM');
  for (let tries = 0; tries < 100 && isOurs(pid); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The node writes its state in place: a power cut may leave half of it, which it would refuse to start from. */
function setAsideBroken(file: string): void {
  try {
    if (fs.existsSync(file)) JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    console.error('the state of the chain was cut off; it starts anew');
    fs.renameSync(file, `${file}.broken`);
  }
}

function isOurs(pid: number): boolean {
  try {
    return fs
      .readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      .split('\0')
      .includes(path.join(folder, 'state.json'));
  } catch {
    return false;
  }
}
