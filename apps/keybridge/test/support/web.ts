import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** The assistant's pages, built into a folder of their own. */
export async function builtPages(): Promise<string> {
  const root = fileURLToPath(new URL('../../web/', import.meta.url));
  const outDir = mkdtempSync(join(tmpdir(), 'hufu-keybridge-web-'));
  await build({
    root,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  });
  return outDir;
}
