import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const SERVER = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Bundles a program of the server, as the build does, for what runs outside of the test runner: threads and
 * processes. Written below the server's folder, where its packages are found.
 */
export async function bundle(source: string): Promise<URL> {
  const name = path.basename(source, '.ts');
  const outfile = path.join(SERVER, 'node_modules', '.cache', `${name}.${process.pid}.mjs`);
  await build({
    entryPoints: [path.join(SERVER, source)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    alias: { '@hufu/kernel': kernel('kernel'), '@hufu/contracts': kernel('contracts') },
    logLevel: 'error',
  });
  return pathToFileURL(outfile);
}

function kernel(name: string): string {
  return path.join(SERVER, '..', '..', 'packages', name, 'src', 'index.ts');
}
