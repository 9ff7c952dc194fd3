// npm run bench -- NAME [--json]: bundles bench/NAME.ts, runs it, prints a table, and with --json one line at the end.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { cache, checkNode, ensureBuild, ensureDependencies, root } from './lib/runtime.mjs';

checkNode();
await ensureDependencies();
const { build } = await import('esbuild');

const args = process.argv.slice(2);
const json = args.includes('--json');
const all = fs
  .readdirSync(path.join(root, 'bench'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => path.basename(file, '.ts'))
  .sort();
const names = args.filter((arg) => !arg.startsWith('--'));
const unknown = names.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`no such bench: ${unknown.join(', ')}; there are: ${all.join(', ')}`);
  process.exit(2);
}

// These measure the built programs.
const ofPrograms = ['login', 'ocsp', 'scan'];
if (names.length === 0 || names.some((name) => ofPrograms.includes(name))) await ensureBuild();
// Programs that a bench starts as processes of their own.
const libraryLoad = { 'library-load': 'apps/server/test/support/processes/library-load.ts' };
const companions = {
  library: libraryLoad,
  search: libraryLoad,
  import: libraryLoad,
  export: libraryLoad,
  cosign: { 'cosign-load': 'apps/signer/test/support/processes/cosign-load.ts' },
  scan: {
    'scan-load': 'conformance/support/processes/scan-load.ts',
    'pin-load': 'packages/phone-key/test/support/processes/pin-load.ts',
  },
  feed: { 'feed-load': 'apps/server/test/support/processes/feed-load.ts' },
  ledger: {
    'ledger-load': 'apps/server/test/support/processes/ledger-load.ts',
    'ledger-witness': 'apps/witness/src/main.ts',
  },
};
const { inlineWorkspace } = await import('./lib/workspace-plugin.mjs');
for (const name of names.length > 0 ? names : all) {
  const outdir = path.join(root, 'dist', 'bench');
  const outfile = path.join(outdir, `${name}.mjs`);
  await build({
    absWorkingDir: root,
    entryPoints: { [name]: `bench/${name}.ts`, ...companions[name] },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    plugins: [inlineWorkspace],
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const { default: bench } = await import(pathToFileURL(outfile).href);
  const results = await bench();
  console.table(
    results.map(({ metric, value, unit, peer = '', peerValue = '', ratio }) => ({
      metric,
      value: Number(value.toPrecision(4)),
      unit,
      peer,
      peerValue: peerValue === '' ? '' : Number(peerValue.toPrecision(4)),
      ratio: ratio === undefined ? '' : Number(ratio.toPrecision(3)),
    })),
  );
  const line = JSON.stringify({ bench: name, results });
  fs.mkdirSync(path.join(cache, 'bench'), { recursive: true });
  fs.writeFileSync(path.join(cache, 'bench', `${name}.json`), `${line}\n`);
  if (json) console.log(line);
}
process.exit(0);
