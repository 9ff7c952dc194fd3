import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';

export type PurgeOrder = {
  /** Milliseconds since 1970: what came later is left, for what it belongs to may still be under way. */
  readonly before: number;
  /** Those among the digests that something refers to. */
  readonly held: (sha256: readonly string[]) => Promise<ReadonlySet<string>>;
};

/** @param incoming folder of uploads under way, on the same file system */
export async function purgeDirectory(
  { directory, incoming }: { readonly directory: string; readonly incoming: string },
  { before, held }: PurgeOrder,
): Promise<void> {
  const cameBefore = async (file: string) => (await fs.stat(file)).mtimeMs < before;
  for (const name of await fs.readdir(incoming)) {
    const file = path.join(incoming, name);
    if (await cameBefore(file)) await fs.rm(file, { force: true });
  }
  for (const folder of (await fs.readdir(directory)).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    const old: string[] = [];
    for (const name of await fs.readdir(path.join(directory, folder))) {
      if (await cameBefore(path.join(directory, folder, name))) old.push(name);
    }
    const kept = old.length === 0 ? new Set<string>() : await held(old);
    for (const name of old.filter((one) => !kept.has(one))) {
      const file = path.join(directory, folder, name);
      // Aside first: the same file may be coming in again at this moment, and then takes its place anew.
      const aside = path.join(incoming, randomUUID());
      await fs.rename(file, aside);
      const wanted = !(await cameBefore(aside)) || (await held([name])).has(name);
      await (wanted ? fs.rename(aside, file) : fs.rm(aside));
    }
  }
}
