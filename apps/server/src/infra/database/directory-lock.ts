import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { infraError } from '../errors.ts';

export type Release = () => Promise<void>;

/** The kernel refuses socket addresses longer than 108 bytes. */
const LONGEST_SOCKET_PATH = 100;

/**
 * Holds a directory for this process alone. Two embedded databases on one directory both appear to work and
 * lose each other's rows, so the lock is a listening socket: the kernel drops it however the process ends.
 *
 * On Linux an abstract socket comes first: it leaves no file behind, which makes taking over after a crash
 * free of races. The socket file beside the directory is what a process in another container can see.
 *
 * @throws DATABASE_IN_USE when another process holds it
 */
export async function lockDirectory(directory: string): Promise<Release> {
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  const real = fs.realpathSync(directory);
  const held: net.Server[] = [];
  const release = async () => {
    for (const server of held) await new Promise<void>((done) => server.close(() => done()));
  };
  try {
    if (process.platform === 'linux') held.push(await listen(abstractAddress(real), directory));
    held.push(await listenOnFile(socketPath(real), directory));
    return release;
  } catch (error) {
    await release();
    throw error;
  }
}

function listen(address: string, directory: string): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? infraError('DATABASE_IN_USE', { directory }, error) : error),
    );
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

async function listenOnFile(address: string, directory: string): Promise<net.Server> {
  try {
    return await listen(address, directory);
  } catch (error) {
    if (process.platform === 'win32' || (await answers(address))) throw error;
    fs.rmSync(address, { force: true });
    return listen(address, directory);
  }
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.connect(address, () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
}

function fingerprint(real: string): string {
  return createHash('sha256').update(real).digest('hex').slice(0, 32);
}

function abstractAddress(real: string): string {
  const { dev, ino } = fs.statSync(path.dirname(real));
  return `\0hufu-database-${fingerprint(`${dev}:${ino}:${path.basename(real)}`)}`;
}

function socketPath(real: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\hufu-database-${fingerprint(real)}`;
  const beside = path.join(path.dirname(real), `.${path.basename(real)}.lock`);
  if (Buffer.byteLength(beside) <= LONGEST_SOCKET_PATH) return beside;
  return path.join(os.tmpdir(), `hufu-database-${fingerprint(real)}.lock`);
}
