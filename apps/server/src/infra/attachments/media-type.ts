export type MediaType = 'application/pdf' | 'image/jpeg' | 'image/png';

/** How the allowed types begin: ISO 32000-1 §7.5.2, ITU-T T.81 annex B, PNG (W3C) §5.2. */
const SIGNATURES: ReadonlyArray<readonly [MediaType, readonly number[]]> = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
];

/** As many bytes as tell the type. */
export const SIGNATURE_LENGTH = 16;

/** The type of a file by its first bytes, or undefined for one that is not accepted. */
export function mediaTypeOf(head: Uint8Array): MediaType | undefined {
  return SIGNATURES.find(([, bytes]) => bytes.every((byte, at) => head[at] === byte))?.[0];
}
