import { isWellFormed } from '@hufu/kernel';
import type { FieldShape } from '../field.ts';
import { type Desk, type Reader, refuse } from './reader.ts';

type TextShape = Extract<FieldShape, { kind: 'text' }>;

/** Left by copying from documents and sheets; nobody sees them: taken away. */
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]/g;
/** Controls, and marks that turn the direction of writing around: refused. Joiners stay, Mongolian needs them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is looked for
const BROKEN = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufff9-\uffff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above, but for the ends of lines
const BROKEN_LINES = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufff9-\uffff]/;
const SUSPECT = /[^\u0020-\u007e\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]/;

/** Some room for what normalisation takes away; what is longer is refused unread. */
const unreadable = (text: string, max: number): boolean => text.length > max * 2 + 256;

const inOneLine = (text: string): string => text.replaceAll(/[\t\r\n\u2028\u2029]+/g, ' ');
const inLines = (text: string): string =>
  text.replaceAll(/\r\n?|[\u2028\u2029]/g, '\n').replaceAll('\t', ' ');

export type TextRules = { readonly min?: number; readonly max: number; readonly multiline?: boolean };

const characters = (text: string): number => (SUSPECT.test(text) ? [...text].length : text.length);

/** Trimmed text in normal form C, without invisible characters; a line stays one line. */
export function readText(raw: unknown, path: string, desk: Desk, rules: TextRules): string | undefined {
  if (typeof raw !== 'string') return refuse(desk, path, 'LIB_TEXT');
  if (unreadable(raw, rules.max)) return refuse(desk, path, 'LIB_TOO_LONG', rules.max);
  let text = raw;
  if (SUSPECT.test(text)) {
    if (!isWellFormed(text)) return refuse(desk, path, 'LIB_CHARACTERS');
    text = (rules.multiline === true ? inLines(text) : inOneLine(text)).replaceAll(INVISIBLE, '');
    if ((rules.multiline === true ? BROKEN_LINES : BROKEN).test(text)) {
      return refuse(desk, path, 'LIB_CHARACTERS');
    }
    text = text.normalize('NFC');
  }
  text = text.trim();
  if (text === '') return undefined;
  const length = characters(text);
  if (length > rules.max) return refuse(desk, path, 'LIB_TOO_LONG', rules.max);
  if (rules.min !== undefined && length < rules.min) return refuse(desk, path, 'LIB_TOO_SHORT', rules.min);
  return text;
}

/** Text whose form is compared by machines: full-width forms become half-width too. */
export function readToken(raw: unknown, path: string, desk: Desk, max: number): string | undefined {
  if (typeof raw !== 'string') return refuse(desk, path, 'LIB_TEXT');
  if (unreadable(raw, max)) return refuse(desk, path, 'LIB_TOO_LONG', max);
  if (!SUSPECT.test(raw) && !/[\uff01-\uff5e\u3000]/.test(raw)) return raw.trim();
  if (!isWellFormed(raw)) return refuse(desk, path, 'LIB_CHARACTERS');
  return raw.replaceAll(INVISIBLE, '').normalize('NFKC').trim();
}

export function textReader(shape: TextShape): Reader {
  const { pattern } = shape;
  // A sticky or global expression would remember the last text.
  const regex =
    pattern === undefined
      ? undefined
      : new RegExp(pattern.regex.source, pattern.regex.flags.replaceAll(/[gy]/g, ''));
  return (raw, path, desk) => {
    const text = readText(raw, path, desk, shape);
    if (text === undefined || regex === undefined) return text;
    if (regex.test(text)) return text;
    const half = text.normalize('NFKC');
    if (regex.test(half)) return half;
    desk.issues.push({ path, code: 'LIB_PATTERN', says: pattern!.says, severity: 'error' });
    return undefined;
  };
}
