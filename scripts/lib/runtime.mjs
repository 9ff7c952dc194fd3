// Only Node's own modules here: this file runs before node_modules exists.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..', '..');
export const cache = path.join(root, '.cache');

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Hufu needs Node.js 20.19 or newer (24 LTS recommended); this is ${process.version}.`);
  process.exit(1);
}

/** Every file below a folder, sorted, without installed or built ones. */
export function walk(dir) {
  if (!fs.existsSync(dir)) return [];
  return fs
    .readdirSync(dir, { withFileTypes: true })
    .filter((entry) => !['node_modules', 'dist', 'var', '.cache', '.git'].includes(entry.name))
    .flatMap((entry) => {
      const at = path.join(dir, entry.name);
      if (entry.isDirectory()) return walk(at);
      return entry.isFile() ? [at] : [];
    })
    .sort();
}

function digest(files) {
  const hash = createHash('sha256').update(process.version);
  for (const file of files) hash.update(`${path.relative(root, file)}\0`).update(fs.readFileSync(file));
  return hash.digest('hex');
}

const readOr = (file, otherwise) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : otherwise);

/** Does the work only when one of the files, or Node itself, has changed since it was last done. */
export async function once({ name, files, made, work }) {
  const stamp = path.join(cache, `${name}.stamp`);
  const now = digest(files);
  if (readOr(stamp, '') === now && made.every((file) => fs.existsSync(path.join(root, file)))) return;
  const begun = Date.now();
  await work();
  fs.mkdirSync(cache, { recursive: true });
  fs.writeFileSync(stamp, now);
  console.log(`[${name}] ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}

function npm(...args) {
  const script = process.env.npm_execpath;
  const [command, all] = script?.endsWith('.js') ? [process.execPath, [script, ...args]] : ['npm', args];
  const done = spawnSync(command, all, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: command === 'npm' && process.platform === 'win32',
  });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

export const ensureDependencies = () =>
  once({
    name: 'install',
    files: [path.join(root, 'package-lock.json')],
    made: ['node_modules/.package-lock.json'],
    work: () => npm('ci', '--loglevel=error'),
  });

const BUILT = ['apps', 'packages', 'scripts'];

export const ensureBuild = () =>
  once({
    name: 'build',
    files: [
      ...BUILT.flatMap((dir) => walk(path.join(root, dir))).filter(
        (file) => !file.includes(`${path.sep}test${path.sep}`),
      ),
      path.join(root, 'package-lock.json'),
    ],
    made: [
      'dist/launcher/main.js',
      'dist/server/main.js',
      'dist/signer/main.js',
      'dist/portal/index.html',
      'dist/phone/index.html',
      'dist/keybridge-web/index.html',
    ],
    work: async () => {
      const code = await run(process.execPath, ['scripts/build.mjs']);
      if (code !== 0) process.exit(code);
    },
  });

export const bin = (file) => path.join(root, 'node_modules', file);

/** Runs a program in the foreground; passes signals on; resolves to its exit code. */
export function run(command, args, { env = {}, stdio = 'inherit' } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio, env: { ...process.env, ...env } });
    const pass = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM'];
    for (const signal of signals) process.on(signal, pass);
    child.on('close', (code) => {
      for (const signal of signals) process.off(signal, pass);
      resolve(code ?? 1);
    });
  });
}
