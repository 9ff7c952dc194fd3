import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { infraError } from '../errors.ts';
import { mediaTypeOf, SIGNATURE_LENGTH } from './media-type.ts';
import type { Spooled } from './object-store.ts';

export type Received = Spooled & {
  /** Hex. */
  readonly sm3: string;
};

/** Where files arrive before they are named by their content. */
export type Spool = {
  /**
   * Writes the stream into a file, on disk when this returns; nothing is left of one that was refused.
   * @param largest bytes
   * @throws FILE_TOO_LARGE, FILE_EMPTY
   */
  take(content: Readable, largest: number): Promise<Received>;
  drop(received: Spooled): Promise<void>;
  /** Removes what a former process left behind. @param before milliseconds since 1970 */
  clear(before: number): Promise<void>;
};

export function openSpool(directory: string): Spool {
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  return {
    async take(content, largest) {
      const file = path.join(directory, randomUUID());
      const measure = new Measure(largest);
      try {
        await pipeline(content, measure, fs.createWriteStream(file, { mode: 0o600, flush: true }));
        if (measure.size === 0) throw infraError('FILE_EMPTY');
        return { file, size: measure.size, ...measure.digests(), mediaType: mediaTypeOf(measure.head) };
      } catch (error) {
        await fs.promises.rm(file, { force: true });
        throw error;
      }
    },
    drop: ({ file }) => fs.promises.rm(file, { force: true }),
    async clear(before) {
      for (const name of await fs.promises.readdir(directory)) {
        const file = path.join(directory, name);
        const stat = await fs.promises.stat(file).catch(() => undefined);
        if (stat !== undefined && stat.mtimeMs < before) await fs.promises.rm(file, { force: true });
      }
    },
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
    if (this.head.length < SIGNATURE_LENGTH) {
      const more = chunk.subarray(0, SIGNATURE_LENGTH - this.head.length);
      this.head = new Uint8Array(Buffer.concat([this.head, more]));
    }
    this.#sha256.update(chunk);
    this.#sm3.update(chunk);
    done(null, chunk);
  }

  digests() {
    return { sha256: this.#sha256.digest('hex'), sm3: this.#sm3.digest('hex') };
  }
}
