import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { infraError } from '../errors.ts';
import type { ObjectStore } from './object-store.ts';
import type { Spool } from './spool.ts';

/** Bytes of files that are still arriving, by names that are never used again. They go after a day. */
export type Pieces = {
  /** Lasting when this returns. @param key `[a-z0-9-]`, at most 100 characters */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** @throws ATTACHMENT_MISSING */
  read(key: string): Promise<Uint8Array>;
  drop(keys: readonly string[]): Promise<void>;
};

const placeOf = (key: string): string => {
  if (!/^[a-z0-9-]{1,100}$/.test(key)) throw infraError('ATTACHMENT_MISSING');
  return `pieces/${key}`;
};

export function piecesIn(store: ObjectStore, spool: Spool): Pieces {
  return {
    async put(key, bytes) {
      const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      const received = await spool.take(Readable.from([content]), bytes.length);
      try {
        await store.put(placeOf(key), received);
      } finally {
        await spool.drop(received);
      }
    },
    async read(key) {
      const found = await store.get(placeOf(key));
      if (found === undefined) throw infraError('ATTACHMENT_MISSING');
      return buffer(found.stream);
    },
    async drop(keys) {
      for (const key of keys) await store.delete(placeOf(key));
    },
  };
}
