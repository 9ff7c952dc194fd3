import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { infraError } from '../errors.ts';
import { type MediaType, mediaTypeOf } from './media-type.ts';
import { type PurgeOrder, purgeDirectory } from './purge.ts';

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
   * Stores the stream under its digest; it is on disk when this returns. Two equal files are one. A feature that keeps
   * the digest answers for it in `heldAttachments`, or the file goes after a day.
   * @param largest bytes, where what the server itself made may be larger than what is taken from outside
   * @throws FILE_TOO_LARGE, FILE_TYPE, FILE_EMPTY
   */
  store(content: Readable, largest?: number): Promise<StoredAttachment>;
  /** @throws ATTACHMENT_MISSING */
  open(sha256: string): Promise<{ stream: Readable; size: number; mediaType: MediaType }>;
  /** Reads it all again. @throws ATTACHMENT_MISSING, ATTACHMENT_DAMAGED */
  verify(sha256: string): Promise<void>;
  /** Deletes what nothing holds. */
  purge(order: PurgeOrder): Promise<void>;
};

export const LARGEST_ATTACHMENT = 20 * 1024 * 1024;
const HEAD = 16;

/** A directory by content (OD-37): type judged by the content itself, never by name or header. */
export function directoryAttachments(directory: string): Attachments {
  const incoming = path.join(directory, 'incoming');
  fs.mkdirSync(incoming, { recursive: true, mode: 0o700 });
  const place = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw infraError('ATTACHMENT_MISSING');
    return path.join(directory, sha256.slice(0, 2), sha256);
  };
  const digests = async (file: string) => {
    const sha256 = createHash('sha256');
    for await (const chunk of fs.createReadStream(file)) sha256.update(chunk as Buffer);
    return sha256.digest('hex');
  };
  const headOf = async (file: string) => {
    const handle = await fs.promises.open(file, 'r').catch(() => {
      throw infraError('ATTACHMENT_MISSING');
    });
    try {
      const head = Buffer.alloc(HEAD);
      const { bytesRead } = await handle.read(head, 0, HEAD, 0);
      return { head: new Uint8Array(head.subarray(0, bytesRead)), size: (await handle.stat()).size };
    } finally {
      await handle.close();
    }
  };

  return {
    async store(content, largest = LARGEST_ATTACHMENT) {
      const aside = path.join(incoming, randomUUID());
      const measure = new Measure(largest);
      try {
        await pipeline(content, measure, fs.createWriteStream(aside, { mode: 0o600, flush: true }));
        const { size } = measure;
        if (size === 0) throw infraError('FILE_EMPTY');
        const mediaType = mediaTypeOf(measure.head);
        if (!mediaType) throw infraError('FILE_TYPE');
        const stored = { ...measure.digests(), size, mediaType };
        const target = place(stored.sha256);
        await fs.promises.mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
        await fs.promises.rename(aside, target);
        await syncDirectory(path.dirname(target));
        await syncDirectory(directory);
        return stored;
      } catch (error) {
        await fs.promises.rm(aside, { force: true });
        throw error;
      }
    },
    async open(sha256) {
      const file = place(sha256);
      const { head, size } = await headOf(file);
      const mediaType = mediaTypeOf(head);
      if (!mediaType) throw infraError('ATTACHMENT_DAMAGED');
      return { stream: fs.createReadStream(file), size, mediaType };
    },
    async verify(sha256) {
      const file = place(sha256);
      await headOf(file);
      if ((await digests(file)) !== sha256) throw infraError('ATTACHMENT_DAMAGED');
    },
    purge: (order) => purgeDirectory({ directory, incoming }, order),
  };
}

/** Counts, hashes and keeps the first bytes while a file passes; ends it at the limit. */
class Measure extends Transform {
  size = 0;
  head: Uint8Array = new Uint8Array();
  readonly #sha256 = createHash('sha256');
  readonly #sm3 = createHash('sm3');
  readonly #largest: number;

  constructor(largest: number) {
    super();
    this.#largest = largest;
  }

  override _transform(
    chunk: Buffer,
    _encoding: string,
    done: (error: Error | null, out?: Buffer) => void,
  ): void {
    this.size += chunk.length;
    if (this.size > this.#largest) {
      done(infraError('FILE_TOO_LARGE'));
      return;
    }
    if (this.head.length < HEAD) {
      this.head = new Uint8Array(Buffer.concat([this.head, chunk.subarray(0, HEAD - this.head.length)]));
    }
    this.#sha256.update(chunk);
    this.#sm3.update(chunk);
    done(null, chunk);
  }

  digests() {
    return { sha256: this.#sha256.digest('hex'), sm3: this.#sm3.digest('hex') };
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await fs.promises.open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
