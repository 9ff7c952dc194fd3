import { createHash } from 'node:crypto';
import type { FileValue } from '@hufu/library';
import { type Colour, typeset } from '../../infra/pdf/typeset.ts';

const INK: Colour = [0x1d, 0x35, 0x40];
const PALE: Colour = [0x6b, 0x7a, 0x85];
/** The same paper at every start, so that it is stored once. */
const PRINTED = Date.parse('2026-11-01T00:00:00Z');

/** A page that says what it stands for: nobody takes it for the real paper. */
export function printPaper({ title, holder }: { title: string; holder: string }): Promise<Uint8Array> {
  return typeset({
    title,
    createdAt: PRINTED,
    margin: 72,
    lines: [
      { text: title, size: 22, colour: INK, align: 'centre', above: 6 },
      { text: holder, size: 14, colour: INK, align: 'centre', above: 2 },
      { text: '演示资料，无任何效力', size: 11, colour: PALE, align: 'centre', above: 6 },
      { text: 'Demonstration only. Of no effect.', size: 11, colour: PALE, align: 'centre' },
    ],
  });
}

/** Stands for a paper while a story is only asked which papers it needs. */
export const unprinted = (title: string): FileValue => ({
  sha256: createHash('sha256').update(title).digest('hex'),
  name: `${title}.pdf`,
  size: 1,
  mediaType: 'application/pdf',
});
