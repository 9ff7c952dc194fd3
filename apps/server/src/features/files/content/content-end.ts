import type { MediaType } from '../../../infra/attachments/media-type.ts';

/** After how many bytes the content is whole; undefined when it never is. */
type EndOf = (bytes: Uint8Array) => number | undefined;

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** PNG (W3C) §5.3: chunks of a length, four letters, data and a checksum, the last of them IEND. */
const pngEnd: EndOf = (bytes) => {
  const view = viewOf(bytes);
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = view.getUint32(at + 4);
    at += 12 + length;
    if (type === 0x49454e44) return at <= bytes.length ? at : undefined;
  }
  return undefined;
};

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
/** TEM and RST: markers without a segment. */
const isBare = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= SOI);

/** ITU-T T.81 annex B: marker segments, and coded data between SOS and the next marker. */
const jpegEnd: EndOf = (bytes) => {
  const view = viewOf(bytes);
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1]!;
    at += 2;
    if (marker === EOI) return at;
    // B.1.1.2: any marker may be preceded by fill bytes.
    if (marker === 0xff) at -= 1;
    else if (!isBare(marker)) {
      if (at + 2 > bytes.length) return undefined;
      at += view.getUint16(at);
      if (marker === SOS) at = codedEnd(bytes, at);
    }
  }
  return undefined;
};

/** Where the next marker stands that is neither a stuffed byte nor a restart. */
function codedEnd(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== undefined && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

/** Readers look for the end mark in the last 1024 bytes (ISO 32000-1 §7.5.5 and annex H.3, note 18). */
const PDF_TAIL = 1024;
const pdfEnd: EndOf = (bytes) => {
  const tail = bytes.subarray(Math.max(0, bytes.length - PDF_TAIL));
  const at = Buffer.from(tail.buffer, tail.byteOffset, tail.length).lastIndexOf('%%EOF');
  return at < 0 ? undefined : bytes.length - tail.length + at + 5;
};

const ENDS: Readonly<Record<MediaType, EndOf>> = {
  'application/pdf': pdfEnd,
  'image/jpeg': jpegEnd,
  'image/png': pngEnd,
};

/** After how many bytes a file of that type is whole; undefined when its end is missing. */
export const contentEnd = (bytes: Uint8Array, mediaType: MediaType): number | undefined =>
  ENDS[mediaType](bytes);
