// Bundles the servers with esbuild and the web apps with vite into dist/.
import fs from 'node:fs';
import path from 'node:path';
import { build as bundle } from 'esbuild';
import { build as buildWeb } from 'vite';
import { buildVerifier } from './lib/build-verifier.mjs';
import { packDownloads } from './lib/pack-downloads.mjs';
import { root, walk } from './lib/runtime.mjs';
import { inlineWorkspace } from './lib/workspace-plugin.mjs';

const SERVERS = [
  ...['server', 'signer', 'ca', 'keybridge', 'launcher', 'witness'],
  ...['platform-demo', 'citizen-demo', 'payment-demo'],
];
const WEB = ['apps/portal', 'apps/phone', 'apps/keybridge/web'];
const dist = path.join(root, 'dist');

/** main.ts, command-line entries, and every worker: each becomes a file of its own. */
const entries = (app) =>
  walk(path.join(root, 'apps', app, 'src')).filter(
    (file) => /\/src\/(main|[a-z-]+\.cli)\.ts$/.test(file) || file.endsWith('.worker.ts'),
  );

const buildServer = (app) =>
  bundle({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(entries(app).map((file) => [path.basename(file, '.ts'), file])),
    outdir: path.join(dist, app),
    bundle: true,
    packages: 'external',
    plugins: [inlineWorkspace],
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: true,
    logLevel: 'warning',
  });

const copy = (from, to) => {
  if (fs.existsSync(path.join(root, from)))
    fs.cpSync(path.join(root, from), path.join(dist, to), { recursive: true });
};

fs.rmSync(dist, { recursive: true, force: true });
await Promise.all(SERVERS.map(buildServer));
for (const dir of WEB) {
  const configFile = path.join(root, dir, 'vite.config.ts');
  await buildWeb({ root: path.join(root, dir), configFile, logLevel: 'warn' });
}
copy('apps/server/migrations', 'server/migrations');
copy('apps/server/data', 'server/data');
copy('apps/platform-demo/public', 'platform-demo/public');
await bundle({
  absWorkingDir: root,
  entryPoints: ['apps/platform-demo/web/direct-login.ts'],
  outdir: path.join(dist, 'platform-demo/public'),
  bundle: true,
  format: 'esm',
  target: 'es2022',
  logLevel: 'warning',
});
await buildVerifier({ root, dist });
await packDownloads({ root, dist });
