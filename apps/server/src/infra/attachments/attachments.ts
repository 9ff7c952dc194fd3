import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { infraError } from '../errors.ts';
import { directoryStore } from './directory-store.ts';
import type { MediaType } from './media-type.ts';
import type { ObjectStore, Span } from './object-store.ts';
import { type Pieces, piecesIn } from './pieces.ts';
import { type PurgeOrder, placeOf, purgeEnded, purgeObjects } from './purge.ts';
import { openSpool, type Spool } from './spool.ts';

export type StoredAttachment = {
  /** Hex; its name in the store. */
  readonly sha256: string;
  /** Hex. */
  readonly sm3: string;
  readonly size: number;
  readonly mediaType: MediaType;
};

export type Attachments = {
  /**
   * Stores the stream under its digest; it is lasting when this returns. Two equal files are one. A feature that keeps
   * the digest answers for it in `heldAttachments` within a day, or the file goes; to refer to a file that came
   * earlier, it must lock, in the transaction of the reference, something that answers for the file already.
   * @param largest bytes, where what the server itself made may be larger than what is taken from outside
   * @throws FILE_TOO_LARGE, FILE_TYPE, FILE_EMPTY
   */
  store(content: Readable, largest?: number): Promise<StoredAttachment>;
  /** @param span a part of it; `size` is always that of the whole. @throws ATTACHMENT_MISSING */
  open(sha256: string, span?: Span): Promise<{ stream: Readable; size: number; mediaType: MediaType }>;
  /** Reads it all again. @throws ATTACHMENT_MISSING, ATTACHMENT_DAMAGED */
  verify(sha256: string): Promise<void>;
  /** Deletes what nothing holds. */
  purge(order: PurgeOrder): Promise<void>;
  readonly pieces: Pieces;
  /** Resolves when the store answers. */
  ping(): Promise<void>;
};

export const LARGEST_ATTACHMENT = 20 * 1024 * 1024;
/** Times that a file is put again because a purge took it at the same moment. */
const MOST_PUTS = 10;

/** OD-37: content-addressed; the type is judged by the content itself, never by name or header. */
export function createAttachments(store: ObjectStore, spool: Spool): Attachments {
  const read = async (sha256: string, span?: Span) => {
    const found = await store.get(placeOf(sha256), span);
    if (found === undefined) throw infraError('ATTACHMENT_MISSING');
    return found;
  };

  return {
    async store(content, largest = LARGEST_ATTACHMENT) {
      const received = await spool.take(content, largest);
      const { sha256, sm3, size, mediaType } = received;
      try {
        if (!mediaType) throw infraError('FILE_TYPE');
        const place = placeOf(sha256);
        for (let puts = 0; puts < MOST_PUTS; puts += 1) {
          await store.put(place, received);
          await purgeEnded(store, sha256);
          if ((await store.head(place)) !== undefined) return { sha256, sm3, size, mediaType };
        }
        throw infraError('ATTACHMENT_STORE');
      } finally {
        await spool.drop(received);
      }
    },
    async open(sha256, span) {
      const { stream, size, mediaType } = await read(sha256, span);
      if (!mediaType) {
        stream.destroy();
        throw infraError('ATTACHMENT_DAMAGED');
      }
      return { stream, size, mediaType };
    },
    async verify(sha256) {
      const hash = createHash('sha256');
      for await (const chunk of (await read(sha256)).stream) hash.update(chunk as Buffer);
      if (hash.digest('hex') !== sha256) throw infraError('ATTACHMENT_DAMAGED');
    },
    async purge(order) {
      await spool.clear(order.before);
      await purgeObjects(store, order);
    },
    pieces: piecesIn(store, spool),
    ping: () => store.ping(),
  };
}

/** In a directory of this machine. */
export const directoryAttachments = (directory: string): Attachments => {
  const spool = openSpool(path.join(directory, 'incoming'));
  return createAttachments(directoryStore(directory), spool);
};
