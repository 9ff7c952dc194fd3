import { type LetterSize, letterData, lettersOf } from './lettering.ts';
import type { OutlineFont } from './outline-font.ts';
import { format } from './path-data.ts';

const INK = '#223344';
const TURN = -Math.PI / 7;

/**
 * The mark 样章 across a picture that is not a seal: a band that covers what lies under it, so that it can neither be
 * overlooked nor cut off.
 */
export function sampleMark(side: number, font: OutlineFont): string {
  const height = side * 0.25;
  const size: LetterSize = { width: height * 0.86, height: height * 0.86, unitsPerEm: font.unitsPerEm };
  const right = [Math.cos(TURN), Math.sin(TURN)] as const;
  const letters = lettersOf('样章', font);
  const data = letters
    .map((letter, i) => {
      const along = (i - (letters.length - 1) / 2) * height * 1.25;
      const frame = { x: side / 2 + along * right[0], y: side / 2 + along * right[1], right };
      return letterData(letter, size, frame);
    })
    .join('');
  const [width, middle] = [side * 0.72, side / 2];
  const box = [middle - width / 2, middle - height / 2, width, height].map(format);
  return (
    `<g transform="rotate(${format((TURN * 180) / Math.PI)} ${middle} ${middle})">` +
    `<rect x="${box[0]}" y="${box[1]}" width="${box[2]}" height="${box[3]}" rx="${format(height / 8)}" ` +
    `fill="#ffffff" fill-opacity="0.88" stroke="${INK}" stroke-width="${format(side / 130)}"/></g>` +
    `<path d="${data}" fill="${INK}"/>`
  );
}
