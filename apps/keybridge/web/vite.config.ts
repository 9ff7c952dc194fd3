import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Three pages: the assistant's own, the approval window and the PIN frame. The last two carry no framework. */
export default defineConfig({
  root: at('.'),
  plugins: [react()],
  build: {
    outDir: at('../../../dist/keybridge-web'),
    emptyOutDir: true,
    target: ['chrome100', 'edge100', 'firefox102', 'safari15.4'],
    // The pages' policy allows files of their own and nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: { index: at('index.html'), approve: at('approve.html'), frame: at('frame.html') },
    },
  },
});
