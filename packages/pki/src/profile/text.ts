import { MAX_VALUE } from './pattern.ts';

/** Control, format (zero-width, direction) and surrogate characters; line separators. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * The text of a fact in one normal form, or undefined when it could deceive a reader: names come from applicants and
 * end on screens and in comparisons.
 */
export function cleanText(text: string): string | undefined {
  if (text.length > MAX_VALUE || UNPRINTABLE.test(text)) return undefined;
  return text.normalize('NFC').trim().replaceAll(/\s+/gu, ' ');
}
