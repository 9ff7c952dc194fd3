import {
  beginText,
  endText,
  moveText,
  PDFDocument,
  PDFName,
  type PDFPage,
  rgb,
  setFillingColor,
  setFontAndSize,
  showText,
} from '@cantoo/pdf-lib';
import { embedTextFont, type TextFont } from './text-font.ts';

/** A4, points. */
const PAGE = { width: 595.28, height: 841.89 } as const;
const FONT = 'F1';
const SPACING = 1.6;

export type Colour = readonly [red: number, green: number, blue: number];

/** One paragraph. Sizes in points; colours 0 to 255. */
export type SetLine = {
  readonly text: string;
  readonly size: number;
  readonly colour: Colour;
  /** Room above it, in its own size. */
  readonly above?: number;
  /** Empty characters before its first line, as Chinese paragraphs begin. */
  readonly indent?: number;
  readonly align?: 'left' | 'centre' | 'right';
  /** Space between its lines, in its own size. Default 1.6. */
  readonly spacing?: number;
};

export type Typesetting = {
  readonly title: string;
  readonly createdAt: number;
  /** Points. */
  readonly margin: number;
  readonly lines: readonly SetLine[];
};

/** Text on as many A4 pages as it needs, with the characters that it uses of Noto Serif SC inside. */
export async function typeset({ title, createdAt, margin, lines }: Typesetting): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.setTitle(title);
  document.setProducer('Hufu');
  document.setCreationDate(new Date(createdAt));
  const font = await embedTextFont(
    document,
    lines.map(({ text }) => text),
  );
  const room = PAGE.width - 2 * margin;
  let page: PDFPage | undefined;
  let y = 0;
  for (const { text, size, colour, above = 0, indent = 0, align = 'left', spacing = SPACING } of lines) {
    y -= size * above;
    const [red, green, blue] = colour;
    for (const part of wrap(font, font.printable(`${'　'.repeat(indent)}${text}`), { size, room })) {
      if (page === undefined || y - size * spacing < margin) {
        page = document.addPage([PAGE.width, PAGE.height]);
        page.node.setFontDictionary(PDFName.of(FONT), font.ref);
        y = PAGE.height - margin;
      }
      y -= size * spacing;
      const left = room - font.width(part, size);
      page.pushOperators(
        beginText(),
        setFillingColor(rgb(red / 255, green / 255, blue / 255)),
        setFontAndSize(FONT, size),
        moveText(margin + (align === 'centre' ? left / 2 : align === 'right' ? left : 0), y),
        showText(font.encode(part)),
        endText(),
      );
    }
  }
  return document.save();
}

/** Breaks where a line is full: between any two characters, as Chinese is set. */
function wrap(font: TextFont, text: string, { size, room }: { size: number; room: number }): string[] {
  const lines: string[] = [];
  let current = '';
  for (const character of text) {
    if (current !== '' && font.width(current + character, size) > room && !CLINGS.has(character)) {
      lines.push(current);
      current = '';
    }
    current += character;
  }
  return [...lines, current];
}

/** They may not stand at the beginning of a line (GB/T 15834 §5.1.10): they hang into the margin instead. */
const CLINGS = new Set('，。、；：？！）》」』”’…');
