// The package behind 「互通驱动下载」: the assistant in one file, its page, and an installer; and the manifest of downloads.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const NAME = 'hufu-assistant';

/** After the assistant's pages and the verifier have been built: what the site offers for download. */
export async function packDownloads({ root, dist }) {
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const stage = path.join(dist, 'assistant');
  const out = path.join(dist, 'downloads');
  fs.mkdirSync(stage, { recursive: true });
  fs.mkdirSync(out, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: ['apps/keybridge/src/main.ts'],
    outfile: path.join(stage, 'assistant.mjs'),
    bundle: true,
    external: ['graphene-pk11', 'pkcs11js'],
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    // Libraries in the older module format ask for `require`.
    banner: {
      js: "import { createRequire as hufuRequire } from 'node:module'; const require = hufuRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  fs.cpSync(path.join(dist, 'keybridge-web'), path.join(stage, 'web'), { recursive: true });
  for (const file of ['install.mjs', 'README.md'])
    fs.copyFileSync(path.join(root, 'apps/keybridge/installer', file), path.join(stage, file));
  const manifest = {
    name: NAME,
    version,
    type: 'module',
    license: 'Apache-2.0',
    bin: { [NAME]: 'assistant.mjs' },
  };
  fs.writeFileSync(path.join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  execFileSync('npm', ['pack', '--silent', '--pack-destination', out], {
    cwd: stage,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  fs.copyFileSync(
    path.join(root, 'apps/server/data/templates/letter-of-authorisation.pdf'),
    path.join(out, 'letter-of-authorisation.pdf'),
  );
  for (const file of ['verify.html', 'hufu-verify.mjs'])
    fs.copyFileSync(path.join(dist, 'verifier', file), path.join(out, file));
  writeManifest(out, version);
}

function writeManifest(out, version) {
  const entry = (file, rest) => {
    const bytes = fs.readFileSync(path.join(out, file));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { url: `/downloads/${file}`, size: bytes.length, sha256, ...rest };
  };
  const downloads = [
    entry(`${NAME}-${version}.tgz`, {
      id: 'assistant',
      name: '互通驱动（证书助手）',
      nameEn: 'Certificate assistant',
      version,
      systems: ['Windows', 'macOS', 'Linux'],
    }),
    entry('letter-of-authorisation.pdf', {
      id: 'letter-of-authorisation',
      name: '法人授权委托书模板.pdf',
      nameEn: 'Letter of authorisation (template)',
      version: '1',
      systems: [],
    }),
    entry('verify.html', {
      id: 'verifier-page',
      name: '证据核验页（离线）.html',
      nameEn: 'Verifier of evidence (works offline)',
      version,
      systems: [],
    }),
    entry('hufu-verify.mjs', {
      id: 'verifier-command',
      name: '证据核验命令行工具.mjs',
      nameEn: 'Verifier of evidence (command line)',
      version,
      systems: [],
    }),
  ];
  fs.writeFileSync(path.join(out, 'manifest.json'), `${JSON.stringify(downloads, null, 2)}\n`);
}
