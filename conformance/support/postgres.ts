import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './programs.ts';

const PROGRAMS = [18, 17, 16, 15].map((version) => `/usr/lib/postgresql/${version}/bin`);

export type Postgres = {
  readonly url: string;
  start(): Promise<void>;
  /** SIGQUIT: connections are cut and nothing is tidied up, as in a crash. */
  crash(): Promise<void>;
  remove(): Promise<void>;
};

/** The server refuses to run as root. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith('postgres:'));
  const [, , uid, gid] = (line ?? '').split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

/** A PostgreSQL of the test's own, with fsync, that can be crashed and started again. */
export async function createPostgres(): Promise<Postgres> {
  const programs = PROGRAMS.find((folder) => existsSync(`${folder}/initdb`));
  if (programs === undefined) throw new Error('PostgreSQL 15 or newer is missing');
  const folder = await mkdtemp(path.join(tmpdir(), 'hufu-pg-'));
  const ids = unprivileged();
  if (ids.uid !== undefined) await chown(folder, ids.uid, ids.gid!);
  const options = {
    ...ids,
    cwd: folder,
    env: { LC_ALL: 'C.UTF-8', HOME: folder, PATH: process.env['PATH'] },
  };
  const data = path.join(folder, 'data');
  const order = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
  await promisify(execFile)(`${programs}/initdb`, order, options);
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=50'];
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((one) => ['-c', one])];
  let gone: Promise<void> = Promise.resolve();
  let end: ((signal: NodeJS.Signals) => void) | undefined;
  const start = () =>
    new Promise<void>((resolve, reject) => {
      const server = spawn(`${programs}/postgres`, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
      let log = '';
      server.stderr.on('data', (chunk: Buffer) => {
        log += chunk.toString();
        if (log.includes('ready to accept connections')) resolve();
      });
      gone = new Promise((done) => server.once('exit', () => done()));
      server.once('exit', () => reject(new Error(log)));
      end = (signal) => server.kill(signal);
    });
  await start();
  const stop = async (signal: NodeJS.Signals) => {
    end?.(signal);
    await gone;
  };
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start,
    crash: () => stop('SIGQUIT'),
    async remove() {
      await stop('SIGINT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
