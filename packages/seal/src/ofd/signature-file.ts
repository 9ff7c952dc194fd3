import { fromBase64 } from '@hufu/kernel';
import { sealError } from '../errors.ts';
import { type OfdBox, parseBox } from './box.ts';
import type { OfdDocument } from './document.ts';
import { locate } from './document.ts';
import type { OfdPackage } from './package.ts';
import { childrenNamed, childText, onlyChild, readXml, type XmlElement } from './xml.ts';

/** An entry of Signatures.xml (GB/T 33190 §18.1). */
export type OfdSignatureEntry = {
  readonly id: string;
  /** `seal` carries an electronic seal, `sign` is a bare digital signature. */
  readonly kind: 'seal' | 'sign';
  /** Stored name of Signature.xml; undefined when there is no such file. */
  readonly path: string | undefined;
};

/** Where a seal stands on a page (StampAnnot, §18.2.3). */
export type OfdStampAnnotation = {
  readonly id: string;
  readonly pageId: string;
  readonly boundary: OfdBox;
  /** The part of the seal that shows, measured from the corner of the boundary. */
  readonly clip: OfdBox | undefined;
};

export type OfdReference = { readonly location: string; readonly digest: Uint8Array };

/** Signature.xml (§18.2). */
export type OfdSignatureFile = {
  readonly provider: string;
  /** SignatureMethod as written. */
  readonly method: string | undefined;
  /** SignatureDateTime as written: producers use many forms. */
  readonly dateTime: string | undefined;
  /** CheckMethod as written; the standard's default is MD5. */
  readonly checkMethod: string;
  readonly references: readonly OfdReference[];
  readonly stamps: readonly OfdStampAnnotation[];
  /** ST_Loc of the seal's own file. */
  readonly sealLocation: string | undefined;
  /** ST_Loc of the signed value. */
  readonly valueLocation: string;
};

const structure = () => sealError('OFD_STRUCTURE');

function readEntry(pack: OfdPackage, element: XmlElement, from: string): OfdSignatureEntry {
  const id = element.attributes.get('ID');
  const type = element.attributes.get('Type') ?? 'Seal';
  if (id === undefined || (type !== 'Seal' && type !== 'Sign')) throw structure();
  let path: string | undefined;
  try {
    path = locate(pack, element.attributes.get('BaseLoc'), from);
  } catch {
    path = undefined;
  }
  return { id, kind: type === 'Seal' ? 'seal' : 'sign', path };
}

/**
 * The signatures of a document in the order in which they were made: producers append to the list.
 * @throws OFD_STRUCTURE, OFD_XML, OFD_LIMIT
 */
export function readSignatureList(pack: OfdPackage, document: OfdDocument): OfdSignatureEntry[] {
  const { signatureList } = document;
  if (signatureList === undefined) return [];
  const root = readXml(pack.read(signatureList), { pack, root: 'Signatures' });
  const entries = childrenNamed(root, 'Signature').map((element) => readEntry(pack, element, signatureList));
  if (entries.length > pack.limits.signatures) throw sealError('OFD_LIMIT', { limit: 'signatures' });
  const paths = entries.flatMap(({ path }) => path ?? []);
  const repeated = new Set(entries.map(({ id }) => id)).size !== entries.length;
  if (repeated || new Set(paths).size !== paths.length) throw structure();
  return entries;
}

function readReference(element: XmlElement): OfdReference {
  const location = element.attributes.get('FileRef');
  const value = childText(element, 'CheckValue');
  if (location === undefined || value === undefined) throw structure();
  try {
    return { location, digest: fromBase64(value.replaceAll(/\s+/g, '')) };
  } catch (cause) {
    throw sealError('OFD_STRUCTURE', {}, cause);
  }
}

function readStamp(element: XmlElement): OfdStampAnnotation {
  const { attributes } = element;
  const pageId = attributes.get('PageRef');
  const boundary = parseBox(attributes.get('Boundary'));
  const clip = attributes.has('Clip') ? parseBox(attributes.get('Clip')) : undefined;
  if (pageId === undefined || boundary === undefined || (attributes.has('Clip') && !clip)) throw structure();
  return { id: attributes.get('ID') ?? '', pageId, boundary, clip };
}

/** Reads Signature.xml (GB/T 33190 §18.2). @throws OFD_STRUCTURE, OFD_XML, OFD_LIMIT */
export function readSignatureFile(bytes: Uint8Array, pack: OfdPackage): OfdSignatureFile {
  const root = readXml(bytes, { pack, root: 'Signature' });
  const info = onlyChild(root, 'SignedInfo');
  const references = info && onlyChild(info, 'References');
  const valueLocation = childText(root, 'SignedValue');
  if (info === undefined || references === undefined || valueLocation === undefined) throw structure();
  const seal = onlyChild(info, 'Seal');
  return {
    provider: onlyChild(info, 'Provider')?.attributes.get('ProviderName') ?? '',
    method: childText(info, 'SignatureMethod'),
    dateTime: childText(info, 'SignatureDateTime'),
    checkMethod: references.attributes.get('CheckMethod') ?? 'MD5',
    references: childrenNamed(references, 'Reference').map(readReference),
    stamps: childrenNamed(info, 'StampAnnot').map(readStamp),
    sealLocation: seal && childText(seal, 'BaseLoc'),
    valueLocation,
  };
}
