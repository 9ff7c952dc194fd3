import { sealError } from '../errors.ts';
import { type Letter, letterData, lettersOf } from './lettering.ts';
import type { OutlineFont } from './outline-font.ts';
import { format } from './path-data.ts';
import { sampleMark } from './sample-mark.ts';
import { inkPath, SEAL_RED, svgOf } from './svg.ts';

export type SquareSealSpec = {
  /** The legal representative's name: 2 to 20 characters, the dots of a transliterated name not counted. */
  readonly name: string;
  /** Draws the mark 样章 across: what a demonstration shows is not a seal. */
  readonly sample?: boolean;
};

/** Side of a legal representative's seal, mm. */
export const SQUARE_SEAL_MM = 20;

const RIM = 0.95;
const INNER = RIM + 0.75;
const HAIR = 0.09;
const LONGEST_NAME = 20;

const columnsFor = (count: number): number => Math.floor(Math.sqrt(count));

/** The name, filled up with 印 or 之印 where that makes whole columns: 张三之印, 王小明印, 欧阳小明. */
function textFor(name: string): string[] {
  const characters = [...name.replaceAll(/[·•・]/g, '')];
  if (characters.length < 2 || characters.length > LONGEST_NAME) throw sealError('PICTURE_TEXT');
  const fits = ({ length }: { length: number }): boolean => length >= 4 && length % columnsFor(length) === 0;
  const candidates = [characters, [...characters, '印'], [...characters, '之', '印']];
  return candidates.find(fits) ?? characters;
}

type Cell = { readonly letter: Letter; readonly column: number; readonly row: number };

/** Columns from right to left, each from top to bottom. */
function cellsOf(letters: readonly Letter[], rows: number): Cell[] {
  return letters.map((letter, i) => ({ letter, column: Math.floor(i / rows), row: i % rows }));
}

function lettering(letters: readonly Letter[], unitsPerEm: number): string {
  const columns = columnsFor(letters.length);
  const rows = Math.ceil(letters.length / columns);
  const room = SQUARE_SEAL_MM - 2 * INNER;
  const [width, height] = [room / columns, room / rows];
  const size = { width: width * 1.02, height: height * 1.02, unitsPerEm };
  return cellsOf(letters, rows)
    .map(({ letter, column, row }) =>
      letterData(letter, size, {
        x: SQUARE_SEAL_MM - INNER - (column + 0.5) * width,
        y: INNER + (row + 0.5) * height,
        right: [1, 0],
      }),
    )
    .join('');
}

/**
 * A legal representative's square seal as SVG, 20 mm. Deterministic, of paths alone.
 * @throws PICTURE_TEXT, PICTURE_GLYPH_MISSING, SEALING_FONT
 */
export function drawSquareSeal(spec: SquareSealSpec, font: OutlineFont): string {
  const letters = lettersOf(textFor(spec.name).join(''), font);
  const side = format(SQUARE_SEAL_MM - RIM);
  const rim = `<rect x="${RIM / 2}" y="${RIM / 2}" width="${side}" height="${side}" rx="0.5" fill="none" stroke="${SEAL_RED}" stroke-width="${RIM}"/>`;
  const mark = spec.sample === true ? sampleMark(SQUARE_SEAL_MM, font) : '';
  const body = rim + inkPath(lettering(letters, font.unitsPerEm), HAIR) + mark;
  return svgOf({ side: SQUARE_SEAL_MM, title: spec.name, body });
}
