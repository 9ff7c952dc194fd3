import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Belongs to no public chain. */
export const DEMO_CHAIN_ID = 20_261_120;

/** The development node's only account; its key is public knowledge, so it owns contracts in demos alone. */
export const DEMO_CHAIN_OWNER = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266';

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** The node's program; undefined on systems that it is not made for, or where its package was left out. */
export function anvilBinary(): string | undefined {
  const name = `@foundry-rs/anvil-${process.platform}-${ARCHITECTURES[process.arch] ?? process.arch}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const file = process.platform === 'win32' ? 'anvil.exe' : 'anvil';
    const binary = path.join(path.dirname(manifest), 'bin', file);
    return fs.existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}

type Answer = { readonly result?: unknown };

/** Asks a node; undefined when it does not answer. */
export async function askNode(url: string, method: string, params: readonly unknown[]): Promise<unknown> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      signal: AbortSignal.timeout(5_000),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    return ((await response.json()) as Answer).result;
  } catch {
    return undefined;
  }
}
