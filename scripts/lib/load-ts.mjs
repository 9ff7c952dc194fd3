import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './runtime.mjs';
import { inlineWorkspace } from './workspace-plugin.mjs';

/** Imports one TypeScript module of the project, bundled from source. */
export async function loadTypeScript(file) {
  const outfile = path.join(
    root,
    'dist',
    '.load',
    `${path.relative(root, file).replaceAll(/[\\/]/g, '-')}.mjs`,
  );
  await build({
    absWorkingDir: root,
    entryPoints: [file],
    outfile,
    bundle: true,
    packages: 'external',
    plugins: [inlineWorkspace],
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    logLevel: 'warning',
  });
  const loaded = await import(pathToFileURL(outfile).href);
  fs.rmSync(outfile);
  return loaded;
}
