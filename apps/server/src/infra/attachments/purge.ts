import { infraError } from '../errors.ts';
import type { ObjectStore } from './object-store.ts';

export type PurgeOrder = {
  /** Milliseconds since 1970: what came later is left, for what it belongs to may still be under way. */
  readonly before: number;
  /** Those among the digests that something refers to. */
  readonly held: (sha256: readonly string[]) => Promise<ReadonlySet<string>>;
};

/** Digests asked about at a time. */
const BATCH = 500;
/** A purge that has not deleted by then no longer does so… */
const LONGEST_HOLD_MS = 30_000;
/** …so whoever has waited that long need not wait for it: it has died. */
const LONGEST_WAIT_MS = 60_000;
const FIRST_WAIT_MS = 10;

const ATTACHMENT = /^[0-9a-f]{2}\/([0-9a-f]{64})$/;
const LOCK = /^locks\//;
const PIECE = /^pieces\//;
const lockOf = (sha256: string) => `locks/${sha256}`;

/** @throws ATTACHMENT_MISSING for what is no digest */
export function placeOf(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw infraError('ATTACHMENT_MISSING');
  return `${sha256.slice(0, 2)}/${sha256}`;
}

/**
 * Deletes what nothing holds, one attachment at a time under a lock in the store itself. Whoever puts a file looks for
 * the lock afterwards, waits for its end, and puts the file again if it is gone (`purgeEnded`): a file that comes in
 * while it is being purged is newer than `before` when the purge looks, or is missed by whoever put it.
 */
export async function purgeObjects(store: ObjectStore, order: PurgeOrder): Promise<void> {
  let old: string[] = [];
  const flush = async () => {
    const kept = old.length === 0 ? new Set<string>() : await order.held(old);
    for (const sha256 of old.filter((one) => !kept.has(one))) await purgeOne(store, sha256, order);
    old = [];
  };
  for await (const { key, modifiedAt } of store.list()) {
    // Also what tells no time is left.
    if (!(modifiedAt < order.before)) continue;
    const sha256 = ATTACHMENT.exec(key)?.[1];
    if (sha256 !== undefined) old.push(sha256);
    // Uploads that were given up, and locks of a purge that died a day ago.
    else if (PIECE.test(key) || LOCK.test(key)) await store.delete(key);
    if (old.length >= BATCH) await flush();
  }
  await flush();
}

async function purgeOne(store: ObjectStore, sha256: string, { before, held }: PurgeOrder): Promise<void> {
  const begun = performance.now();
  if (!(await store.create(lockOf(sha256)))) return;
  try {
    const found = await store.head(placeOf(sha256));
    if (found === undefined || !(found.modifiedAt < before)) return;
    if ((await held([sha256])).has(sha256)) return;
    if (performance.now() - begun > LONGEST_HOLD_MS) return;
    await store.delete(placeOf(sha256));
  } finally {
    await store.delete(lockOf(sha256));
  }
}

/** Resolves when no purge of that content is under way. */
export async function purgeEnded(store: ObjectStore, sha256: string): Promise<void> {
  let waited = 0;
  for (let wait = FIRST_WAIT_MS; waited < LONGEST_WAIT_MS; wait = Math.min(1000, wait * 2)) {
    if ((await store.head(lockOf(sha256))) === undefined) return;
    await new Promise((resolve) => setTimeout(resolve, wait));
    waited += wait;
  }
}
