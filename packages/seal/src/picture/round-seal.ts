import { sealError } from '../errors.ts';
import { type Letter, type LetterSize, letterData, lettersOf, weightOf } from './lettering.ts';
import type { OutlineFont } from './outline-font.ts';
import { format } from './path-data.ts';
import { sampleMark } from './sample-mark.ts';
import { inkPath, SEAL_RED, svgOf } from './svg.ts';

export type RoundSealSpec = {
  /** Registered name of the entity: 1 to 40 characters. */
  readonly name: string;
  /** The 13 digits under which the police register the seal; left out when there are none yet. */
  readonly code?: string;
  /** Kind of seal under the star, for example 投标专用章: at most 10 characters. */
  readonly kind?: string;
  /** Draws the mark 样章 across: what a demonstration shows is not a seal. */
  readonly sample?: boolean;
};

/** Diameter of an enterprise's seal, mm. */
export const ROUND_SEAL_MM = 40;

const CENTRE = ROUND_SEAL_MM / 2;
const RIM = 1.2;
/** Radius at the heads of the name's characters, and at the feet of the code. */
const OUTER_RADIUS = CENTRE - RIM - 0.85;
const STAR_RADIUS = 7;
const HAIR = 0.09;
const LONGEST_NAME = 40;
const LONGEST_KIND = 10;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Widest arc between the first and the last character; kind and code need the foot of the circle. */
const widestArc = (footFree: boolean): number => radians(footFree ? 272 : 252);

/** Tall characters while there is room for them, lower ones for long names. */
const nameHeight = (weight: number): number => Math.max(3.7, Math.min(6, 6.9 - weight * 0.11));

/** Along the upper arc, clockwise, heads outwards. */
function nameData(letters: readonly Letter[], unitsPerEm: number, footFree: boolean): string {
  const total = weightOf(letters);
  const height = nameHeight(total);
  const feet = OUTER_RADIUS - height;
  // Short names keep together at the top; the longer the name, the nearer it comes to the whole arc.
  const arc = widestArc(footFree) * (1 - Math.exp(-(total - 1) / 6.5));
  const pitch = total > 1 ? arc / (total - 1) : radians(40);
  const width = Math.min(height * 0.92, 2 * feet * Math.tan(pitch / 2) * 1.02);
  const size: LetterSize = { width, height: height * 1.06, unitsPerEm };
  const radius = OUTER_RADIUS - height / 2;
  let before = -total / 2;
  return letters
    .map((letter) => {
      const angle = (before + letter.weight / 2) * pitch;
      before += letter.weight;
      const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
      const frame = { x: CENTRE + radius * sin, y: CENTRE - radius * cos, right: [cos, sin] as const };
      return letterData(letter, size, frame);
    })
    .join('');
}

/** Along the foot of the circle, left to right, heads inwards. */
function codeData(letters: readonly Letter[], unitsPerEm: number): string {
  const em = 2.55;
  const radius = OUTER_RADIUS - 0.85;
  const pitch = radians(5.7);
  return letters
    .map((letter, i) => {
      const angle = (i - (letters.length - 1) / 2) * pitch;
      const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
      const frame = { x: CENTRE + radius * sin, y: CENTRE + radius * cos, right: [cos, -sin] as const };
      return letterData(letter, { width: em, height: em, unitsPerEm }, frame);
    })
    .join('');
}

/** One line under the star. */
function kindData(letters: readonly Letter[], unitsPerEm: number): string {
  const total = weightOf(letters);
  const height = total <= 6 ? 3.9 : 3.3;
  const width = Math.min(height * 0.9, 16.2 / total);
  let before = (-total / 2) * width;
  return letters
    .map((letter) => {
      const x = CENTRE + before + (letter.weight * width) / 2;
      before += letter.weight * width;
      return letterData(letter, { width, height, unitsPerEm }, { x, y: CENTRE + 10.1, right: [1, 0] });
    })
    .join('');
}

/** Five points, one upwards; the inner ones where the lines between the outer ones cross. */
function star(): string {
  const inner = Math.sin(radians(18)) / Math.sin(radians(54));
  const points = Array.from({ length: 10 }, (_, i) => {
    const radius = STAR_RADIUS * (i % 2 === 0 ? 1 : inner);
    const angle = radians(36 * i);
    return `${format(CENTRE + radius * Math.sin(angle))},${format(CENTRE - radius * Math.cos(angle))}`;
  });
  return `<polygon points="${points.join(' ')}" fill="${SEAL_RED}"/>`;
}

const length = (text: string): number => [...text].length;

function checkSpec({ name, code, kind }: RoundSealSpec): void {
  const sound =
    name.trim() !== '' &&
    length(name) <= LONGEST_NAME &&
    (code === undefined || /^\d{13}$/.test(code)) &&
    (kind === undefined || (kind.trim() !== '' && length(kind) <= LONGEST_KIND));
  if (!sound) throw sealError('PICTURE_TEXT');
}

/**
 * An enterprise's round seal as SVG, 40 mm: name on the arc, star, kind, code. Deterministic, of paths alone.
 * @throws PICTURE_TEXT, PICTURE_GLYPH_MISSING, SEALING_FONT
 */
export function drawRoundSeal(spec: RoundSealSpec, font: OutlineFont): string {
  checkSpec(spec);
  const { name, code, kind, sample } = spec;
  const { unitsPerEm } = font;
  const rim = `<circle cx="${CENTRE}" cy="${CENTRE}" r="${CENTRE - RIM / 2}" fill="none" stroke="${SEAL_RED}" stroke-width="${RIM}"/>`;
  const body = [
    rim,
    star(),
    inkPath(nameData(lettersOf(name, font), unitsPerEm, code === undefined && kind === undefined), HAIR),
    kind === undefined ? '' : inkPath(kindData(lettersOf(kind, font), unitsPerEm), HAIR),
    code === undefined ? '' : inkPath(codeData(lettersOf(code, font), unitsPerEm), HAIR / 2),
    sample === true ? sampleMark(ROUND_SEAL_MM, font) : '',
  ];
  return svgOf({
    side: ROUND_SEAL_MM,
    title: kind === undefined ? name : `${name} ${kind}`,
    body: body.join(''),
  });
}
