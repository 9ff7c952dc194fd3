import { fromBase64, toBase64 } from '@hufu/kernel';

/** Undefined for text with superfluous bits: one value has one text, so that documents compare by their bytes. */
export function decodeStrictBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  const bytes = fromBase64(text);
  return toBase64(bytes) === text ? bytes : undefined;
}
