import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { concatBytes, fromBase64, fromUtf8, toBase64, utf8 } from '@hufu/kernel';
import { type LineJournal, openLineJournal } from '@hufu/kernel/node';
import { z } from 'zod';
import { signerError } from '../errors.ts';
import type { Dated } from './events.ts';
import { deriveKey, seal, tagOf, unseal } from './seal.ts';

const Header = z.strictObject({
  format: z.literal('hufu-signer-journal-1'),
  number: z.int().min(1),
  salt: z.string(),
  /** Tag of the last piece of the segment before; empty for the first. */
  previous: z.string(),
});

/**
 * One file of the journal: a header line in the clear, then one sealed event a line. Every line is sealed with the tag
 * of the one before it: none can be left out, repeated, moved or changed. What was cut off at the end cannot be told
 * from the file alone.
 */
export type Segment = {
  readonly number: number;
  /** Of the last line. */
  tag(): Uint8Array;
  length(): number;
  /** Resolves when the event is on the disk. */
  append(event: Dated): Promise<void>;
  close(): Promise<void>;
};

export const segmentName = (number: number): string => `journal-${String(number).padStart(6, '0')}.jsonl`;

export type SegmentOptions = {
  readonly folder: string;
  readonly number: number;
  readonly masterKey: Uint8Array;
  /** Tag that the one before ended with; undefined when it is not at hand and not checked. */
  readonly previous: Uint8Array | undefined;
};

/** Opens a segment, or begins it. @throws SIGNER_JOURNAL */
export async function openSegment(options: SegmentOptions): Promise<{ segment: Segment; events: Dated[] }> {
  const { journal, lines } = await openLineJournal(join(options.folder, segmentName(options.number)));
  if (lines.length === 0) {
    return { segment: beginSegment(journal, { ...options, after: Promise.resolve() }), events: [] };
  }
  try {
    const read = readSegment(lines, options);
    return { segment: growing(journal, read, Promise.resolve()), events: read.events };
  } catch (error) {
    await journal.close();
    throw error;
  }
}

export type BeginOptions = Omit<SegmentOptions, 'folder'> & {
  /** Nothing is written before this is done: the lines that this segment follows come to the disk first. */
  readonly after: Promise<void>;
};

/** Begins a segment in an empty file, at once. */
export function beginSegment(
  journal: LineJournal,
  { number, masterKey, previous, after }: BeginOptions,
): Segment {
  const header = JSON.stringify({
    format: 'hufu-signer-journal-1',
    number,
    salt: randomBytes(32).toString('base64'),
    previous: toBase64(previous ?? new Uint8Array()),
  } satisfies z.infer<typeof Header>);
  // A failure shows at the first event, which is waited for.
  const begun = after.then(() => journal.append(header));
  begun.catch(() => undefined);
  return growing(journal, readSegment([header], { number, masterKey, previous }), begun);
}

type Read = {
  readonly number: number;
  readonly key: Uint8Array;
  readonly tag: Uint8Array;
  readonly events: Dated[];
};

/** @throws SIGNER_JOURNAL naming the line */
export function readSegment(
  [first = '', ...lines]: readonly string[],
  { number, masterKey, previous }: Omit<SegmentOptions, 'folder'>,
): Read {
  const header = headerOf(first, number);
  if (previous !== undefined && header.previous !== toBase64(previous)) {
    throw signerError('SIGNER_JOURNAL', { segment: number, line: 1 });
  }
  const key = deriveKey(masterKey, fromBase64(header.salt), 'hufu signer journal');
  let tag = utf8(first);
  const events = lines.map((line, index) => {
    try {
      const sealed = fromBase64(line);
      const event = JSON.parse(fromUtf8(unseal(key, sealed, aad(number, tag)))) as Dated;
      tag = tagOf(sealed);
      return event;
    } catch (cause) {
      throw signerError('SIGNER_JOURNAL', { segment: number, line: index + 2 }, cause);
    }
  });
  return { number, key, tag, events };
}

function headerOf(line: string, number: number): z.infer<typeof Header> {
  try {
    const header = Header.parse(JSON.parse(line));
    if (header.number === number) return header;
  } catch (cause) {
    throw signerError('SIGNER_JOURNAL', { segment: number, line: 1 }, cause);
  }
  throw signerError('SIGNER_JOURNAL', { segment: number, line: 1 });
}

const aad = (number: number, tag: Uint8Array): Uint8Array => concatBytes(utf8(`${number}\n`), tag);

function growing(
  journal: LineJournal,
  { number, key, tag: last, events }: Read,
  ready: Promise<void>,
): Segment {
  let tag = last;
  let length = events.length;
  return {
    number,
    tag: () => tag,
    length: () => length,
    async append(event) {
      const sealed = seal(key, utf8(JSON.stringify(event)), aad(number, tag));
      tag = tagOf(sealed);
      length++;
      await ready;
      await journal.append(toBase64(sealed));
    },
    async close() {
      await ready.catch(() => undefined);
      await journal.close();
    },
  };
}
