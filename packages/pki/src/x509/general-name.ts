import { contextTag, type DerReader, primitiveContextTag, TAG } from '@hufu/gm';
import { pkiError } from '../errors.ts';
import type { GeneralName } from './model.ts';
import { readName } from './name.ts';

const KINDS = new Map<number, GeneralName['kind']>([
  [contextTag(0), 'other'],
  [primitiveContextTag(1), 'email'],
  [primitiveContextTag(2), 'dns'],
  [contextTag(3), 'x400'],
  [contextTag(4), 'dn'],
  [contextTag(5), 'edi'],
  [primitiveContextTag(6), 'uri'],
  [primitiveContextTag(7), 'ip'],
  [primitiveContextTag(8), 'rid'],
]);

/** GeneralName (RFC 5280 §4.2.1.6). @throws CERT_EXTENSION, CERT_NAME, DER_* */
export function readGeneralName(reader: DerReader): GeneralName {
  const tag = reader.peek();
  const kind = KINDS.get(tag);
  switch (kind) {
    case undefined:
      throw pkiError('CERT_EXTENSION', { tag });
    case 'email':
    case 'dns':
    case 'uri':
      return { kind, text: reader.string({ tag, type: TAG.ia5String }) };
    case 'dn':
      return { kind, name: reader.within(tag, readName) };
    case 'ip':
      return { kind, address: reader.octetString(tag) };
    default:
      return { kind, der: reader.element(tag) };
  }
}

/** GeneralNames under `tag`; at least one. @throws CERT_EXTENSION, CERT_NAME, DER_* */
export function readGeneralNames(reader: DerReader, tag: number = TAG.sequence): GeneralName[] {
  const inner = reader.enter(tag);
  const names: GeneralName[] = [];
  while (!inner.done) names.push(readGeneralName(inner));
  if (names.length === 0) throw pkiError('CERT_EXTENSION', { empty: true });
  return names;
}
