import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { expect } from 'vitest';
import { type Attachments, createAttachments } from '../../../src/infra/attachments/attachments.ts';
import type { ObjectStore } from '../../../src/infra/attachments/object-store.ts';
import { placeOf } from '../../../src/infra/attachments/purge.ts';
import type { Spool } from '../../../src/infra/attachments/spool.ts';

export type StoreGround = { readonly store: ObjectStore; readonly spool: Spool };

/** A PDF that nobody has stored before. */
export const freshPdf = (size = 200): Buffer => {
  const begin = Buffer.from(`%PDF-1.7\n% ${randomUUID()}\n`);
  return Buffer.concat([begin, Buffer.alloc(Math.max(0, size - begin.length), 0x20)]);
};

export const digestOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
export const readAll = async (stream: Readable) => Buffer.concat((await stream.toArray()) as Buffer[]);
const sent = (content: Buffer) => Readable.from([content]);

/** As late as any file of now. */
const later = () => Date.now() + 60_000;
const nothing = () => Promise.resolve(new Set<string>());
const all = (sha256: readonly string[]) => Promise.resolve(new Set(sha256));

/** What attachments promise, whatever lies beneath. */
export const STORE_CASES: readonly (readonly [string, (ground: StoreGround) => Promise<void>])[] = [
  [
    'OD-37 a file is kept under its digest, once, and read whole or in part',
    async ({ store, spool }) => {
      const attachments = createAttachments(store, spool);
      const content = freshPdf(300_000);
      const kept = await attachments.store(sent(content));
      expect(kept).toMatchObject({ sha256: digestOf(content), size: 300_000, mediaType: 'application/pdf' });
      expect(await attachments.store(sent(content))).toEqual(kept);
      const opened = await attachments.open(kept.sha256);
      expect([opened.size, opened.mediaType]).toEqual([300_000, 'application/pdf']);
      expect(await readAll(opened.stream)).toEqual(content);
      const part = await attachments.open(kept.sha256, { first: 10, last: 19 });
      expect([part.size, await readAll(part.stream)]).toEqual([300_000, content.subarray(10, 20)]);
      await attachments.verify(kept.sha256);
      await attachments.ping();
      await expect(attachments.open('ff'.repeat(32))).rejects.toThrow('ATTACHMENT_MISSING');
      await expect(attachments.store(sent(Buffer.from('MZ')))).rejects.toThrow('FILE_TYPE');
    },
  ],
  [
    'pieces of an upload are kept, read and dropped; those of one that was given up go with the purge',
    async ({ store, spool }) => {
      const { pieces, purge } = createAttachments(store, spool);
      const [one, two] = [`piece-${randomUUID()}`, `piece-${randomUUID()}`];
      await pieces.put(one, Buffer.from('one'));
      await pieces.put(two, Buffer.from('two'));
      expect(Buffer.from(await pieces.read(one)).toString()).toBe('one');
      await pieces.drop([one]);
      await expect(pieces.read(one)).rejects.toThrow('ATTACHMENT_MISSING');
      await purge({ before: later(), held: all });
      await expect(pieces.read(two)).rejects.toThrow('ATTACHMENT_MISSING');
      await expect(pieces.put('../etc', Buffer.from('x'))).rejects.toThrow('ATTACHMENT_MISSING');
    },
  ],
  [
    'what nothing holds goes after its time; what is held, and what came lately, stays',
    async ({ store, spool }) => {
      const attachments = createAttachments(store, spool);
      const [held, loose] = [freshPdf(), freshPdf()];
      await attachments.store(sent(held));
      await attachments.store(sent(loose));
      await attachments.purge({ before: Date.now() - 60_000, held: nothing });
      await attachments.verify(digestOf(loose));
      const holds = (asked: readonly string[]) =>
        Promise.resolve(new Set(asked.filter((one) => one === digestOf(held))));
      await attachments.purge({ before: later(), held: holds });
      await attachments.verify(digestOf(held));
      await expect(attachments.open(digestOf(loose))).rejects.toThrow('ATTACHMENT_MISSING');
    },
  ],
  [
    'a reference that is written while the purge runs keeps its file',
    async ({ store, spool }) => {
      const attachments = createAttachments(store, spool);
      const content = freshPdf();
      const sha256 = digestOf(content);
      await attachments.store(sent(content));
      const asked: number[] = [];
      const referredLater = (digests: readonly string[]) => {
        if (!digests.includes(sha256)) return all(digests);
        asked.push(digests.length);
        return asked.length === 1 ? nothing() : all(digests);
      };
      await attachments.purge({ before: later(), held: referredLater });
      expect(asked.length).toBe(2);
      await attachments.verify(sha256);
    },
  ],
  [
    'a file that comes in again during its purge is there afterwards, at whatever moment it comes',
    async ({ store, spool }) => {
      const content = freshPdf();
      const sha256 = digestOf(content);
      const place = placeOf(sha256);
      const plain = createAttachments(store, spool);
      const moments = ['create', 'head', 'held', 'delete'] as const;
      for (const moment of moments) {
        await plain.store(sent(content));
        // `before` must lie behind the first storing and ahead of the second one.
        const before = await nextSecond(store, place);
        let coming: Promise<unknown> | undefined;
        const come = () => {
          coming ??= plain.store(sent(content));
          return new Promise((resolve) => setTimeout(resolve, 30));
        };
        const watched = new Proxy(store, {
          get(target, name: keyof ObjectStore) {
            if (name !== moment) return target[name];
            return async (key: string, ...rest: never[]) => {
              if (key.endsWith(sha256)) await come();
              return (target[name] as (key: string, ...rest: never[]) => unknown)(key, ...rest);
            };
          },
        });
        const purging = createAttachments(watched, spool);
        let asked = 0;
        await purging.purge({
          before,
          held: async (digests) => {
            const isMine = digests.includes(sha256);
            if (isMine && moment === 'held' && ++asked === 2) await come();
            return new Set(digests.filter((one) => one !== sha256));
          },
        });
        await coming;
        expect([moment, coming !== undefined]).toEqual([moment, true]);
        await plain.verify(sha256);
      }
    },
  ],
  [
    'two purges and many uploads of the same content at once: what came again is there',
    async ({ store, spool }) => {
      const attachments: Attachments = createAttachments(store, spool);
      const content = freshPdf();
      await attachments.store(sent(content));
      const before = await nextSecond(store, placeOf(digestOf(content)));
      const held = (digests: readonly string[]) =>
        Promise.resolve(new Set(digests.filter((one) => one !== digestOf(content))));
      const uploads = Array.from({ length: 6 }, () => attachments.store(sent(content)));
      await Promise.all([...uploads, ...[1, 2].map(() => attachments.purge({ before, held }))]);
      await attachments.verify(digestOf(content));
    },
  ],
];

/** A moment after the object's time as the store tells it, which may be in whole seconds. */
async function nextSecond(store: ObjectStore, place: string): Promise<number> {
  const at = Math.floor((await store.head(place))!.modifiedAt / 1000) * 1000 + 1000;
  while (Date.now() < at + 50) await new Promise((resolve) => setTimeout(resolve, 20));
  return at;
}
