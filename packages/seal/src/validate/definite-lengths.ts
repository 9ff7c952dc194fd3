import { concatBytes } from '@hufu/kernel';

const CONSTRUCTED = 0x20;
const OCTET_STRING = 0x04;
const MAX_DEPTH = 24;
const MAX_ELEMENTS = 50_000;

type Element = { readonly encoded: Uint8Array; readonly end: number };

/** Length octets of DER (X.690 §10.1). */
function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Uint8Array.of(0x80 | octets.length, ...octets);
}

/**
 * The first element of `bytes` with every indefinite length made definite, and where it ended; undefined when that
 * cannot be done. Many writers of CMS use BER there (RFC 5652 §2 allows it, ISO 32000-2 §12.8.3 does not). What is
 * signed is always DER, so nothing that a signature covers is altered: whatever else is not DER is refused later.
 */
export function withDefiniteLengths(bytes: Uint8Array): Element | undefined {
  let budget = MAX_ELEMENTS;

  const children = (
    from: number,
    limit: number | undefined,
    depth: number,
  ): { parts: Uint8Array[]; end: number } | undefined => {
    const parts: Uint8Array[] = [];
    let at = from;
    for (;;) {
      if (limit === undefined && bytes[at] === 0 && bytes[at + 1] === 0) return { parts, end: at + 2 };
      if (limit !== undefined && at >= limit) return at === limit ? { parts, end: at } : undefined;
      const child = element(at, depth + 1);
      if (child === undefined) return undefined;
      parts.push(child.encoded);
      at = child.end;
    }
  };

  const element = (at: number, depth: number): Element | undefined => {
    const [tag, first] = [bytes[at], bytes[at + 1]];
    if (tag === undefined || first === undefined || depth > MAX_DEPTH || --budget < 0) return undefined;
    const constructed = (tag & CONSTRUCTED) !== 0;
    if (first === 0x80) {
      const inner = constructed ? children(at + 2, undefined, depth) : undefined;
      return inner && { encoded: whole(tag, inner.parts), end: inner.end };
    }
    const octets = first < 0x80 ? 0 : first & 0x7f;
    if (octets > 4 || at + 2 + octets > bytes.length) return undefined;
    let length = octets === 0 ? first : 0;
    for (let i = 0; i < octets; i++) length = length * 256 + bytes[at + 2 + i]!;
    const start = at + 2 + octets;
    const end = start + length;
    if (end > bytes.length) return undefined;
    // Lengths stay as they are written where nothing below changes: the strict reader judges them.
    if (!constructed || !holdsIndefinite(bytes, start, end)) return { encoded: bytes.subarray(at, end), end };
    const inner = children(start, end, depth);
    return inner && { encoded: whole(tag, inner.parts), end };
  };

  return element(0, 0);
}

/** Octets behind the header of an element whose length is definite. */
const contentOf = (element: Uint8Array): Uint8Array =>
  element.subarray(element[1]! < 0x80 ? 2 : 2 + (element[1]! & 0x7f));

/** An octet string in pieces becomes one: a digest covers its octets alone (RFC 5652 §5.4). */
function whole(tag: number, parts: readonly Uint8Array[]): Uint8Array {
  const inPieces = tag === (OCTET_STRING | CONSTRUCTED) && parts.every((part) => part[0] === OCTET_STRING);
  const content = concatBytes(...(inPieces ? parts.map(contentOf) : parts));
  return concatBytes(Uint8Array.of(inPieces ? OCTET_STRING : tag), lengthOctets(content.length), content);
}

/** Whether an indefinite length may stand in this stretch: a constructed tag followed by 80. */
function holdsIndefinite(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = bytes.indexOf(0x80, start); at >= 0 && at < end; at = bytes.indexOf(0x80, at + 1)) {
    if (at > start && (bytes[at - 1]! & CONSTRUCTED) !== 0) return true;
  }
  return false;
}
