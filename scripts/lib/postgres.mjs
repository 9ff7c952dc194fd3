// A throw-away PostgreSQL. It refuses to run as root, so root drops to an unprivileged user.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const VERSIONS = [18, 17, 16, 15];

/** Folder of a PostgreSQL ≥ 15 server's programs, or undefined. */
export const findPostgres = () =>
  VERSIONS.map((version) => `/usr/lib/postgresql/${version}/bin`).find((dir) =>
    fs.existsSync(`${dir}/initdb`),
  );

function unprivileged() {
  if (process.getuid?.() !== 0) return {};
  const users = fs.readFileSync('/etc/passwd', 'utf8').split('\n');
  const line = ['postgres:', 'nobody:']
    .map((name) => users.find((user) => user.startsWith(name)))
    .find(Boolean);
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

const freePort = () =>
  new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** @returns {Promise<{ url: string, stop(): Promise<void> }>} `durable` keeps fsync on, for benches. */
export async function startPostgres({ durable = false } = {}) {
  const programs = findPostgres();
  if (!programs) throw new Error('PostgreSQL 15 or newer is missing: apt-get install postgresql-15');
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-pg-'));
  const ids = unprivileged();
  if (ids.uid !== undefined) fs.chownSync(dir, ids.uid, ids.gid);
  const data = path.join(dir, 'data');
  const options = { ...ids, cwd: dir, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', HOME: dir } };
  execFileSync(
    `${programs}/initdb`,
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...options, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(`${programs}/postgres`, ['-D', data, '-p', String(port), ...args], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await new Promise((resolve, reject) => {
    let log = '';
    server.stderr.on('data', (chunk) => {
      log += chunk;
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('exit', (code) => reject(new Error(`postgres exited with ${code}\n${log}`)));
  });
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: () =>
      new Promise((resolve) => {
        server.removeAllListeners('exit');
        server.once('exit', () => {
          fs.rmSync(dir, { recursive: true, force: true });
          resolve();
        });
        server.kill('SIGINT');
      }),
  };
}
