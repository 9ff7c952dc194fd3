import fs from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { serviceWorker } from './service-worker.config.ts';

/** Compressed copies beside the files, so that the server never compresses the same bytes twice. */
function precompressed(): Plugin {
  let dir = '';
  return {
    name: 'precompressed',
    apply: 'build',
    enforce: 'post',
    configResolved({ root, build }) {
      dir = path.resolve(root, build.outDir);
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        for (const name of fs.readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
          if (!/\.(js|css|svg|wasm|webmanifest)$/.test(name)) continue;
          const file = path.join(dir, name);
          const source = fs.readFileSync(file);
          if (source.length < 1024) continue;
          // The last percent of a large file takes ten times as long.
          const quality = source.length > 500_000 ? 9 : constants.BROTLI_MAX_QUALITY;
          const params = { [constants.BROTLI_PARAM_QUALITY]: quality };
          fs.writeFileSync(`${file}.br`, brotliCompressSync(source, { params }));
          fs.writeFileSync(`${file}.gz`, gzipSync(source, { level: 9 }));
        }
      },
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: '/phone/',
  plugins: [react(), serviceWorker(), precompressed()],
  /** The server puts a fresh nonce in place of this word in every answer. */
  html: { cspNonce: '__NONCE__' },
  worker: { format: 'es' },
  build: {
    outDir: '../../dist/phone',
    emptyOutDir: true,
    target: ['chrome100', 'edge100', 'firefox102', 'safari15.4'],
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      treeshake: {
        // Modules of our own packages only declare: a contract that no page uses is left out.
        moduleSideEffects: (id) => !/[\\/]packages[\\/](?!theme)[a-z-]+[\\/]src[\\/]/.test(id),
      },
    },
  },
});
