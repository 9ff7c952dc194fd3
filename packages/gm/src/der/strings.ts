import { gmError } from '../errors.ts';
import { TAG } from './tags.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeUtf8(content: Uint8Array): string {
  try {
    return utf8.decode(content);
  } catch (cause) {
    throw gmError('DER_STRING', {}, cause);
  }
}

const decodeBytes =
  (allowed: RegExp) =>
  (content: Uint8Array): string => {
    let text = '';
    for (const byte of content) text += String.fromCharCode(byte);
    if (!allowed.test(text)) throw gmError('DER_STRING');
    return text;
  };

/** UCS-2, so a surrogate is not a character (X.690 §8.23.8). */
function decodeBmp(content: Uint8Array): string {
  if (content.length % 2 !== 0) throw gmError('DER_STRING');
  let text = '';
  for (let at = 0; at < content.length; at += 2) {
    const unit = (content[at]! << 8) | content[at + 1]!;
    if (unit >= 0xd800 && unit <= 0xdfff) throw gmError('DER_STRING');
    text += String.fromCharCode(unit);
  }
  return text;
}

function decodeUniversal(content: Uint8Array): string {
  if (content.length % 4 !== 0) throw gmError('DER_STRING');
  const view = new DataView(content.buffer, content.byteOffset, content.length);
  let text = '';
  for (let at = 0; at < content.length; at += 4) {
    const point = view.getUint32(at);
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) throw gmError('DER_STRING');
    text += String.fromCodePoint(point);
  }
  return text;
}

const DECODERS: Readonly<Record<number, (content: Uint8Array) => string>> = {
  [TAG.utf8String]: decodeUtf8,
  [TAG.numericString]: decodeBytes(/^[0-9 ]*$/),
  [TAG.printableString]: decodeBytes(/^[A-Za-z0-9 '()+,\-./:=?]*$/),
  // T.61 shifts are not decoded: every writer in use puts ISO 8859-1 here (RFC 5280 appendix B).
  [TAG.teletexString]: decodeBytes(/^[\s\S]*$/),
  // biome-ignore lint/suspicious/noControlCharactersInRegex: IA5 is the whole of ASCII
  [TAG.ia5String]: decodeBytes(/^[\x00-\x7f]*$/),
  [TAG.visibleString]: decodeBytes(/^[\x20-\x7e]*$/),
  [TAG.universalString]: decodeUniversal,
  [TAG.bmpString]: decodeBmp,
};

/** True for the identifier octet of a character string type that `decodeString` knows. */
export const isStringTag = (tag: number): boolean => tag in DECODERS;

/** Decodes a character string by its type, refusing what the type does not allow. @throws DER_STRING, DER_TAG */
export function decodeString(tag: number, content: Uint8Array): string {
  const decode = DECODERS[tag];
  if (decode === undefined) throw gmError('DER_TAG', { tag });
  return decode(content);
}
