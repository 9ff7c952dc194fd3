import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../free-port.ts';

export type ClamdServer = { readonly port: number; stop(): Promise<void> };

/** ClamAV itself, which knows one signature: that of the given content (`.hdb`: MD5, size, name). */
export async function startClamd(infected: Uint8Array): Promise<ClamdServer> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-clamd-'));
  // ClamAV gives up its rights as root, and must still read this.
  fs.chmodSync(directory, 0o755);
  const port = await freePort();
  const md5 = createHash('md5').update(infected).digest('hex');
  fs.writeFileSync(path.join(directory, 'test.hdb'), `${md5}:${infected.length}:Test.Sample\n`);
  const file = path.join(directory, 'clamd.conf');
  fs.writeFileSync(
    file,
    `DatabaseDirectory ${directory}\nTCPSocket ${port}\nTCPAddr 127.0.0.1\nStreamMaxLength 32M\n`,
  );
  const server = spawn('clamd', ['--config-file', file, '--foreground'], { stdio: 'ignore' });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  await listening(port);
  return {
    port,
    async stop() {
      server.kill('SIGKILL');
      await ended;
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}

const LONGEST_START = 30_000;

/** Resolves when somebody takes connections at the port. */
export async function listening(port: number): Promise<void> {
  const deadline = Date.now() + LONGEST_START;
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = net.connect({ host: '127.0.0.1', port });
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.end());
    });
    if (open) return;
    if (Date.now() > deadline) throw new Error(`nobody listens at ${port}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
