import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

export type TestProgram = { readonly entry: string; readonly execArgv: readonly string[]; remove(): void };

/**
 * The assistant as one file, as it is shipped: for tests of its processes. Inside the repository, because the native
 * binding is looked up from there.
 */
export async function bundledProgram(): Promise<TestProgram> {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache/keybridge-'));
  const entry = join(folder, 'main.mjs');
  await build({
    entryPoints: [join(root, 'apps/keybridge/src/main.ts')],
    outfile: entry,
    bundle: true,
    external: ['graphene-pk11', 'pkcs11js'],
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    banner: {
      js: "import { createRequire as bundleRequire } from 'node:module'; const require = bundleRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  return { entry, execArgv: [], remove: () => rmSync(folder, { recursive: true }) };
}
