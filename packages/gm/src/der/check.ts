import { DerReader } from './reader.ts';
import { isStringTag } from './strings.ts';
import { TAG } from './tags.ts';

const CHECKS: Readonly<Record<number, (reader: DerReader) => void>> = {
  [TAG.boolean]: (reader) => void reader.boolean(),
  [TAG.integer]: (reader) => void reader.integerBytes({ signed: true, maxBytes: Number.POSITIVE_INFINITY }),
  [TAG.enumerated]: (reader) => void reader.integerBytes({ tag: TAG.enumerated, signed: true }),
  [TAG.bitString]: (reader) => void reader.bitString(),
  [TAG.null]: (reader) => reader.null(),
  [TAG.oid]: (reader) => void reader.oid(),
  [TAG.utcTime]: (reader) => void reader.time(),
  [TAG.generalizedTime]: (reader) => void reader.time({ fraction: true }),
};

function checkElement(reader: DerReader): void {
  const tag = reader.peek();
  const check = CHECKS[tag];
  if (check !== undefined) check(reader);
  else if (isStringTag(tag)) reader.string();
  else if (tag === -1 || (tag & 0x20) === 0) reader.next();
  else {
    const inner = reader.enter(tag);
    while (!inner.done) checkElement(inner);
  }
}

/** Checks that `bytes` are one element in DER throughout, for structures that are kept without being understood. @throws DER_* */
export function assertDer(bytes: Uint8Array): void {
  const reader = new DerReader(bytes);
  checkElement(reader);
  reader.finish();
}
