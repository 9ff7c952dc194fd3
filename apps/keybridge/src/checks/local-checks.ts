import { chmod, readdir, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { utf8 } from '@hufu/kernel';
import type { Bridge } from '../bridge.ts';
import { writeDurably } from '../storage/durable-file.ts';
import type { CheckItem } from './check-item.ts';

const PROBE = '.write-probe';
/** A lock lives for one PIN try; older ones were left by a crash of the machine. */
const STALE_LOCK_MS = 60_000;

export const checkService = async ({ address, version }: Bridge): Promise<CheckItem> => ({
  item: 'service',
  verdict: 'good',
  finding: 'running',
  fields: { port: address.port, version },
  repairable: false,
});

export async function checkDataFolder({ dataDir }: Bridge): Promise<CheckItem> {
  const base = { item: 'data-folder', fields: { path: dataDir } } as const;
  try {
    await writeDurably(join(dataDir, PROBE), utf8('probe'));
    await unlink(join(dataDir, PROBE));
  } catch {
    return { ...base, verdict: 'bad', finding: 'not-writable', repairable: true };
  }
  const isOpen = process.platform !== 'win32' && ((await stat(dataDir)).mode & 0o077) !== 0;
  if (isOpen) return { ...base, verdict: 'attention', finding: 'readable-by-others', repairable: true };
  return { ...base, verdict: 'good', finding: 'writable', repairable: false };
}

export const repairDataFolder = ({ dataDir }: Bridge): Promise<void> => chmod(dataDir, 0o700);

export async function checkTokenFiles({ softTokens }: Bridge): Promise<CheckItem> {
  const damaged = await softTokens.folder.damaged();
  if (damaged.length === 0)
    return { item: 'token-files', verdict: 'good', finding: 'readable', repairable: false };
  return {
    item: 'token-files',
    verdict: 'bad',
    finding: 'damaged',
    fields: { count: damaged.length, first: damaged[0] ?? '' },
    repairable: true,
  };
}

/** Sets damaged files aside; nothing is deleted. */
export async function setAsideDamagedTokens({ softTokens, clock }: Bridge): Promise<void> {
  const { folder } = softTokens;
  for (const name of await folder.damaged()) {
    await rename(join(folder.path, name), join(folder.path, `${name}.damaged-${clock.now()}`));
  }
}

async function staleLocks({ softTokens, clock }: Bridge): Promise<readonly string[]> {
  const { path } = softTokens.folder;
  const stale: string[] = [];
  for (const name of await readdir(path)) {
    if (!name.endsWith('.lock')) continue;
    const file = join(path, name);
    const age = clock.now() - (await stat(file)).mtimeMs;
    if (age > STALE_LOCK_MS) stale.push(file);
  }
  return stale;
}

export async function checkStaleLocks(bridge: Bridge): Promise<CheckItem> {
  const count = (await staleLocks(bridge)).length;
  if (count === 0) return { item: 'stale-locks', verdict: 'good', finding: 'none', repairable: false };
  return { item: 'stale-locks', verdict: 'attention', finding: 'left', fields: { count }, repairable: true };
}

export async function removeStaleLocks(bridge: Bridge): Promise<void> {
  for (const file of await staleLocks(bridge)) await unlink(file);
}
