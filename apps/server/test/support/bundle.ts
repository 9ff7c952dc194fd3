import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

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
    plugins: [inlineWorkspace],
    logLevel: 'error',
  });
  return pathToFileURL(outfile);
}

/** The workspace's own packages come from their TypeScript source; everything else stays an import. */
const inlineWorkspace: Plugin = {
  name: 'inline-workspace',
  setup(on) {
    on.onResolve({ filter: /^@hufu\// }, ({ path: name, resolveDir }) => ({
      path: createRequire(path.join(resolveDir, 'from.js')).resolve(name),
    }));
  },
};
