import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const SOURCE = fileURLToPath(new URL('../../../../ca/src/main.ts', import.meta.url));

export type AuthorityProcess = {
  readonly baseUrl: string;
  /** DER of the root certificate. */
  root(): Promise<Uint8Array>;
  intermediate(): Promise<Uint8Array>;
  stop(): Promise<void>;
};

/** The authority's own program, as it is run in an installation, with its time-stamp service. */
export async function startAuthorityProcess(
  directory: string,
  algorithm: 'p256' | 'rsa' | 'sm2',
): Promise<AuthorityProcess> {
  const entry = path.join(directory, 'ca.mjs');
  await build({
    entryPoints: [SOURCE],
    outfile: entry,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  const env = {
    CA_DATA: path.join(directory, `authority-${algorithm}`),
    CA_NAME: '测试CA',
    CA_PASSPHRASE: 'for tests only',
    CA_ADMIN_TOKEN: 'a-token-for-tests-only',
    CA_ALGORITHM: algorithm,
    CA_KEY_ITERATIONS: '10000',
    CA_PORT: '0',
  };
  const child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const baseUrl = await readyAddress(child);
  const file = async (name: string) =>
    new Uint8Array(await (await fetch(`${baseUrl}/ca/${name}.cer`)).arrayBuffer());
  return {
    baseUrl,
    root: () => file('root'),
    intermediate: () => file('intermediate'),
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    },
  };
}

async function readyAddress(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const baseUrl = /^ready (http:\/\/\S+)$/.exec(line)?.[1];
    if (baseUrl !== undefined) return baseUrl;
  }
  throw new Error('the authority did not start');
}
