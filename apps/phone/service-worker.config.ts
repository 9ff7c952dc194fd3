import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { build, type Plugin } from 'vite';

/** Fetched when they are needed, and kept then: large, and no part of a first visit. */
const LATER = /\.(wasm)$/;

/**
 * Builds `src/service-worker.ts` after the app, with the list of the app's files in it: a hashed name is its own
 * revision, everything else carries the hash of its content.
 */
export function serviceWorker(): Plugin {
  let outDir = '';
  let root = '';
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      outDir = path.resolve(config.root, config.build.outDir);
    },
    writeBundle: {
      sequential: true,
      async handler() {
        const files = fs
          .readdirSync(outDir, { recursive: true, encoding: 'utf8' })
          .map((name) => name.replaceAll('\\', '/'))
          .filter((name) => /\.(js|css|svg|png|webmanifest|html)$/.test(name) && !LATER.test(name))
          .sort();
        const entries = files.map((name) => {
          const hash = createHash('sha256')
            .update(fs.readFileSync(path.join(outDir, name)))
            .digest('hex');
          // The page has a nonce of its own in every answer: it is asked for under the address that serves it.
          const url = name === 'index.html' ? '/phone/' : `/phone/${name}`;
          return { url, revision: name.startsWith('assets/') ? null : hash.slice(0, 16) };
        });
        await build({
          root,
          configFile: false,
          logLevel: 'warn',
          define: { __PRECACHE__: JSON.stringify(entries), 'process.env.NODE_ENV': '"production"' },
          build: {
            outDir,
            emptyOutDir: false,
            copyPublicDir: false,
            target: ['chrome100', 'edge100', 'firefox102', 'safari15.4'],
            lib: {
              entry: path.join(root, 'src/service-worker.ts'),
              formats: ['es'],
              fileName: () => 'service-worker.js',
            },
          },
        });
      },
    },
  };
}
