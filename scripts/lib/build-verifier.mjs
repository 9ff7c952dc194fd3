import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { inlineWorkspace } from './workspace-plugin.mjs';

const source = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

async function bundled(root, entry, options) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    charset: 'utf8',
    legalComments: 'eof',
    logLevel: 'warning',
    plugins: [inlineWorkspace],
    ...options,
  });
  return outputFiles[0].text.trim();
}

/** One page that works from a disk: script and style stand in it, and its policy allows these two and nothing else. */
async function buildPage(root) {
  const script = await bundled(root, 'apps/verifier/web/main.ts', { format: 'iife', target: 'es2022' });
  const style = await bundled(root, 'apps/verifier/web/page.css', {});
  const policy = [
    "default-src 'none'",
    `script-src ${source(script)}`,
    `style-src ${source(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const parts = { policy, script: `<script>${script}</script>`, style: `<style>${style}</style>` };
  const template = fs.readFileSync(path.join(root, 'apps/verifier/web/page.html'), 'utf8');
  return template.replaceAll(/<!-- (policy|script|style) -->/g, (_, name) => parts[name]);
}

/** The standalone verifier: `hufu-verify.mjs` needs Node and nothing else, `verify.html` a browser and nothing else. */
export async function buildVerifier({ root, dist }) {
  const folder = path.join(dist, 'verifier');
  const command = await bundled(root, 'apps/verifier/src/main.ts', {
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    banner: { js: '#!/usr/bin/env node' },
  });
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'hufu-verify.mjs'), `${command}\n`, { mode: 0o755 });
  fs.writeFileSync(path.join(folder, 'verify.html'), await buildPage(root));
}
