import { kernelError } from '../errors.ts';
import { drawRandom, type RandomBytes } from '../random.ts';

/** Crockford's base 32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A random code for people to read aloud and type, 5 bits per character (OD-16: 12 of them). @throws RANDOM_SOURCE */
export function referenceCode(random: RandomBytes, length: number): string {
  return Array.from(drawRandom(random, length), (byte) => ALPHABET.charAt(byte & 31)).join('');
}

/** Reads what a person typed: gaps and hyphens are dropped, I and L mean 1, O means 0. @throws REFERENCE_CODE */
export function parseReferenceCode(text: string, length: number): string {
  const code = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll(/[IL]/g, '1')
    .replaceAll('O', '0');
  if (code.length !== length || ![...code].every((c) => ALPHABET.includes(c)))
    throw kernelError('REFERENCE_CODE');
  return code;
}
