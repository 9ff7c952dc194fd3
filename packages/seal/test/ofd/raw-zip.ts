import { concatBytes, utf8 } from '@hufu/kernel';
import { deflateSync } from 'fflate';
import { crc32 } from '../../src/crc32.ts';

export type RawEntry = {
  readonly name: string | Uint8Array;
  readonly data: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  /** What the headers say instead of the truth. */
  readonly stated?: Partial<Record<'crc' | 'packed' | 'size', number>>;
  /** Name in the local header. */
  readonly localName?: string;
  readonly extra?: Uint8Array;
  /** Bytes that stand before the entry. */
  readonly before?: Uint8Array;
};

const u16 = (...values: readonly number[]): Uint8Array =>
  Uint8Array.from(values.flatMap((value) => [value & 255, (value >> 8) & 255]));
const u32 = (...values: readonly number[]): Uint8Array =>
  Uint8Array.from(values.flatMap((value) => [0, 8, 16, 24].map((shift) => (value >>> shift) & 255)));

const bytesOf = (name: string | Uint8Array): Uint8Array => (typeof name === 'string' ? utf8(name) : name);

export type RawZip = {
  readonly comment?: Uint8Array;
  readonly count?: number;
  readonly tail?: Uint8Array;
  /** Bytes between the last entry and the directory. */
  readonly gap?: Uint8Array;
};

/** A ZIP file written octet by octet, so that it can be wrong where it is wanted. */
export function rawZip(entries: readonly RawEntry[], options: RawZip = {}): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  const put = (...more: readonly Uint8Array[]): void => {
    for (const part of more) {
      parts.push(part);
      at += part.length;
    }
  };
  for (const { name, data, method = 8, flags = 0x0800, stated, localName, extra, before } of entries) {
    put(before ?? new Uint8Array());
    const packed = method === 8 ? deflateSync(data) : data;
    const start = at;
    const numbers = u32(
      stated?.crc ?? crc32(data),
      stated?.packed ?? packed.length,
      stated?.size ?? data.length,
    );
    const [central, local] = [bytesOf(name), bytesOf(localName ?? name)];
    const more = extra ?? new Uint8Array();
    put(
      u32(0x04034b50),
      u16(20, flags, method, 0, 0),
      numbers,
      u16(local.length, more.length),
      local,
      more,
      packed,
    );
    directory.push(
      u32(0x02014b50),
      u16(20, 20, flags, method, 0, 0),
      numbers,
      u16(central.length, more.length, 0, 0, 0),
      u32(0, start),
      central,
      more,
    );
  }
  put(options.gap ?? new Uint8Array());
  const [start, list] = [at, concatBytes(...directory)];
  const count = options.count ?? entries.length;
  const comment = options.comment ?? new Uint8Array();
  put(list, u32(0x06054b50), u16(0, 0, count, count), u32(list.length, start), u16(comment.length), comment);
  put(options.tail ?? new Uint8Array());
  return concatBytes(...parts);
}

/** An extra field. */
export const extraField = (id: number, data: Uint8Array): Uint8Array =>
  concatBytes(u16(id, data.length), data);
