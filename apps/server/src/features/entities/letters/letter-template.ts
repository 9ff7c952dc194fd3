import fs from 'node:fs';
import { shanghaiParts } from '@hufu/kernel';
import { z } from 'zod';
import { type Colour, typeset } from '../../../infra/pdf/typeset.ts';

/** 承诺书 as data: `{name}` and `{uscc}` stand for the entity's. A new wording is a new version (OD-33). */
export const LetterTemplate = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  version: z.string().regex(/^[0-9A-Za-z.-]{1,20}$/),
  title: z.string().min(1),
  paragraphs: z.array(z.string().min(1)).min(1),
});
export type LetterTemplate = z.infer<typeof LetterTemplate>;

/** @throws ZodError naming what is wrong with the file */
export const readLetterTemplate = (file: string): LetterTemplate =>
  LetterTemplate.parse(JSON.parse(fs.readFileSync(file, 'utf8')));

export type Letter = {
  readonly template: LetterTemplate;
  readonly name: string;
  readonly uscc: string;
  /** ms */
  readonly at: number;
};

const INK: Colour = [0x1d, 0x35, 0x40];
const PALE: Colour = [0x6b, 0x7a, 0x85];

/** The letter as a PDF, with room for the seal at its end. */
export function letterPdf({ template, name, uscc, at }: Letter): Promise<Uint8Array> {
  const { title, version, paragraphs } = template;
  const filled = (text: string) => text.replaceAll('{name}', name).replaceAll('{uscc}', uscc);
  const [year, month, day] = shanghaiParts(at).date.split('-').map(Number);
  const text = { size: 12, colour: INK, spacing: 1.9 } as const;
  return typeset({
    title,
    createdAt: at,
    margin: 72,
    lines: [
      { text: title, size: 20, colour: INK, align: 'centre', above: 1 },
      { text: '', ...text },
      ...paragraphs.map((paragraph) => ({ ...text, text: filled(paragraph), indent: 2 })),
      { text: `承诺单位（盖章）：${name}`, ...text, above: 3, align: 'right' as const },
      { text: `统一社会信用代码：${uscc}`, ...text, align: 'right' as const },
      { text: `${year}年${month}月${day}日`, ...text, align: 'right' as const },
      { text: `版本 ${version}`, size: 9, colour: PALE, above: 4 },
    ],
  });
}
