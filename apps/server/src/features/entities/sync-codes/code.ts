import type { RandomBytes } from '@hufu/kernel';

/** Crockford's base 32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;

/** OD-16: sixty random bits. */
export const newCode = (random: RandomBytes): string =>
  Array.from(random(LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');

/** As it is shown and copied. */
export const grouped = (code: string): string => code.replaceAll(/(.{4})(?=.)/g, '$1-');

/** As it is typed: any case, with gaps, with the letters that Crockford reads as digits. */
export function normalised(text: string): string | undefined {
  const code = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return code.length === LENGTH && [...code].every((letter) => ALPHABET.includes(letter)) ? code : undefined;
}
