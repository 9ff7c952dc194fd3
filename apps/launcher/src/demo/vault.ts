import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { createSupervisor } from '../processes.ts';

type Setting = {
  readonly dist: string;
  readonly data: string;
  readonly supervisor: ReturnType<typeof createSupervisor>;
};

/** A socket's address holds 108 bytes on Linux, 104 on macOS, its last one zero (unix(7)). */
const LONGEST_SOCKET = 103;

/** Starts the vault, which holds every key of the hub. @returns the settings by which the server asks it */
export async function startSigner({ dist, data, supervisor }: Setting): Promise<Record<string, string>> {
  const folder = path.join(data, 'signer');
  const socket = socketFor(folder);
  const passphraseFile = path.join(data, 'demo', 'signer-passphrase');
  if (!fs.existsSync(passphraseFile)) {
    fs.writeFileSync(passphraseFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  }
  const env = {
    HUFU_SIGNER_DATA: folder,
    HUFU_SIGNER_SOCKET: socket,
    HUFU_SIGNER_PASSPHRASE_FILE: passphraseFile,
  };
  takeOver({ data, folder, program: path.join(dist, 'signer', 'vault.cli.js'), env });
  await supervisor.start({
    name: 'signer',
    entry: path.join(dist, 'signer', 'main.js'),
    env,
    ready: () => listens(socket),
  });
  return {
    HUFU_SIGNER_SOCKET: socket,
    HUFU_SIGNER_TOKEN_FILE: path.join(folder, 'clients', 'server.token'),
  };
}

type TakeOver = {
  readonly data: string;
  readonly folder: string;
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
};

/** A demo of before the vault process has its keys in a file: under others nothing of its data could be read. */
function takeOver({ data, folder, program, env }: TakeOver): void {
  const [file, passphrase] = ['keys.json', 'demo-passphrase'].map((name) => path.join(data, 'vault', name));
  if (file === undefined || passphrase === undefined) return;
  if (!fs.existsSync(file) || fs.existsSync(path.join(folder, 'master.json'))) return;
  const { status, stderr } = spawnSync(process.execPath, [program, 'import', file, passphrase], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the vault did not take over ${file}: ${stderr}`);
}

function socketFor(folder: string): string {
  const name = `hufu-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  const inside = path.join(folder, 'signer.sock');
  return Buffer.byteLength(inside) <= LONGEST_SOCKET ? inside : path.join(os.tmpdir(), `${name}.sock`);
}

const listens = (socket: string) =>
  new Promise<boolean>((resolve) => {
    const probe = net.connect(socket);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
