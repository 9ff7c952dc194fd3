import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { PASSPHRASE } from './vault.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

export type TestProgram = { readonly main: string; readonly cli: string; remove(): void };

/** The vault as it is shipped, for tests of its process. Inside the repository: its packages are looked up from there. */
export async function bundledVault(): Promise<TestProgram> {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache/signer-'));
  const source = (name: string) => join(root, 'apps/signer/src', name);
  await build({
    entryPoints: { main: source('main.ts'), vault: source('vault.cli.ts') },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
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
  return {
    main: join(folder, 'main.mjs'),
    cli: join(folder, 'vault.mjs'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

export type VaultProcess = { readonly socket: string; kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> };

/** Settings of a vault in this folder. */
export function settingsFor(folder: string): Record<string, string> {
  const passphraseFile = join(folder, 'passphrase');
  writeFileSync(passphraseFile, `${PASSPHRASE}\n`, { mode: 0o600 });
  return {
    HUFU_SIGNER_DATA: join(folder, 'data'),
    HUFU_SIGNER_SOCKET: join(folder, 's.sock'),
    HUFU_SIGNER_PASSPHRASE_FILE: passphraseFile,
  };
}

/** Resolves when it listens; rejects with what it said when it ended instead. */
export function spawnVault(main: string, settings: Record<string, string>): Promise<VaultProcess> {
  const child: ChildProcess = spawn(process.execPath, [main], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (part) => {
      said += String(part);
    });
    child.stdout?.once('data', () =>
      resolve({
        socket: settings['HUFU_SIGNER_SOCKET'] ?? '',
        kill(signal) {
          child.kill(signal);
          return ended;
        },
      }),
    );
    void ended.then(() => reject(new Error(said)));
  });
}

/** What the command line of the vault printed. */
export async function runCli(cli: string, args: readonly string[], settings: Record<string, string>) {
  const child = spawn(process.execPath, [cli, ...args], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (part) => {
    out += String(part);
  });
  child.stderr.on('data', (part) => {
    err += String(part);
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
}
