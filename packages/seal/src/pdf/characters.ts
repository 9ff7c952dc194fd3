/** Character classes of ISO 32000-2 §7.2.3 and the few octets that have a meaning. */

const classOf = new Uint8Array(256);
for (const octet of [0, 9, 10, 12, 13, 32]) classOf[octet] = 1;
for (const character of '()<>[]{}/%') classOf[character.charCodeAt(0)] = 2;

export const CR = 13;
export const LF = 10;
export const PERCENT = 0x25;

export const isWhiteSpace = (octet: number | undefined): boolean =>
  octet !== undefined && classOf[octet] === 1;

/** White space, delimiter or the end of the data: where a word ends. */
export const endsWord = (octet: number | undefined): boolean => octet === undefined || classOf[octet] !== 0;

export const isDigit = (octet: number | undefined): octet is number =>
  octet !== undefined && octet >= 0x30 && octet <= 0x39;

const hexValues = new Int8Array(256).fill(-1);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  hexValues[digit.charCodeAt(0)] = value;
  hexValues[digit.toUpperCase().charCodeAt(0)] = value;
}

/** Value of a hexadecimal digit, or -1. */
export const hexValue = (octet: number): number => hexValues[octet]!;

/** Octets as characters U+0000 to U+00FF. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return text;
}

/** True when `text` (ASCII) stands in `bytes` at `at`. */
export function standsAt(bytes: Uint8Array, at: number, text: string): boolean {
  if (at < 0 || at + text.length > bytes.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
