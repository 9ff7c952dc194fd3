import { contextTag, type DerReader, derRetag, primitiveContextTag, readDer, TAG } from '@hufu/gm';
import { CodedError } from '@hufu/kernel';
import { pkiError } from '../errors.ts';
import { parseCertificate, serialToHex } from '../x509/certificate.ts';
import { readAlgorithm } from '../x509/key.ts';
import type { Certificate } from '../x509/model.ts';
import { readName } from '../x509/name.ts';
import { CONTENT_OID } from '../x509/oids.ts';
import type { CmsAttributes, SignedData, SignerIdentifier, SignerInfo } from './model.ts';

const MAX_CERTIFICATES = 32;
const MAX_SIGNERS = 64;
const NO_ATTRIBUTES: CmsAttributes = new Map();

const refuse = (of: string): never => {
  throw pkiError('CMS_MALFORMED', { of });
};

/**
 * Attributes in a SET OF. A signed type that occurs twice is refused (RFC 5652 §5.3); unsigned ones may be repeated, as
 * time stamps are (ETSI EN 319 122-1 §5.3): their values are joined.
 */
function readAttributes(set: DerReader, kind: 'signed' | 'unsigned'): CmsAttributes {
  const attributes = new Map<string, Uint8Array[]>();
  while (!set.done) {
    set.within(TAG.sequence, (attribute) => {
      const oid = attribute.oid();
      const known = attributes.get(oid);
      if (known !== undefined && kind === 'signed') refuse('attribute');
      const values = known ?? [];
      const list = attribute.set({ unordered: kind === 'unsigned' });
      while (!list.done) values.push(list.element());
      attributes.set(oid, values);
    });
  }
  return attributes;
}

function readSignerIdentifier(reader: DerReader): SignerIdentifier {
  if (reader.peek() === primitiveContextTag(0)) {
    return { kind: 'subjectKeyIdentifier', keyIdentifier: reader.octetString(primitiveContextTag(0)) };
  }
  return reader.within(TAG.sequence, (inner) => ({
    kind: 'issuerAndSerial' as const,
    issuer: readName(inner),
    serialHex: serialToHex(inner.integerBytes()),
  }));
}

function readSignedAttributes(
  reader: DerReader,
): Pick<SignerInfo, 'signedAttributesDer' | 'signedAttributes'> {
  if (reader.peek() !== contextTag(0)) {
    return { signedAttributesDer: undefined, signedAttributes: NO_ATTRIBUTES };
  }
  // Not every writer puts them in the order of DER; whether they hold as they are is for the signature to say.
  const attributes = readAttributes(reader.set({ tag: contextTag(0), unordered: true }), 'signed');
  const raw = reader.bytes.subarray(reader.start, reader.contentEnd);
  // RFC 5652 §5.4: what is signed carries the SET OF tag in place of [0].
  return { signedAttributesDer: derRetag(TAG.set, raw), signedAttributes: attributes };
}

function readSigner(reader: DerReader): SignerInfo {
  return reader.within(TAG.sequence, (inner) => {
    inner.smallInteger();
    const sid = readSignerIdentifier(inner);
    const digestAlgorithm = readAlgorithm(inner);
    const signed = readSignedAttributes(inner);
    const signatureAlgorithm = readAlgorithm(inner);
    const signature = inner.octetString();
    const unsignedAttributes =
      inner.peek() === contextTag(1)
        ? readAttributes(inner.set({ tag: contextTag(1), unordered: true }), 'unsigned')
        : NO_ATTRIBUTES;
    return { sid, digestAlgorithm, ...signed, signatureAlgorithm, signature, unsignedAttributes };
  });
}

/** A certificate, or undefined for one that is not in strict DER: what came along is help, and is not signed. */
function tryCertificate(der: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (error instanceof CodedError) return undefined;
    throw error;
  }
}

/**
 * CertificateSet; attribute certificates, other choices and what cannot be read are passed over: without the signer's own
 * the signature has no certificate. Writers often leave the set unordered.
 */
function readCertificates(reader: DerReader): Certificate[] {
  const set = reader.set({ tag: contextTag(0), unordered: true });
  const certificates: Certificate[] = [];
  for (let count = 0; !set.done; count++) {
    if (count >= MAX_CERTIFICATES) refuse('certificates');
    const isCertificate = set.peek() === TAG.sequence;
    const der = set.element();
    const certificate = isCertificate ? tryCertificate(der) : undefined;
    if (certificate !== undefined) certificates.push(certificate);
  }
  return certificates;
}

function readSigners(reader: DerReader): SignerInfo[] {
  const set = reader.set({ unordered: true });
  const signers: SignerInfo[] = [];
  while (!set.done) signers.push(readSigner(set));
  return signers.length <= MAX_SIGNERS ? signers : refuse('signers');
}

function readContent(reader: DerReader): Pick<SignedData, 'contentType' | 'content'> {
  return reader.within(TAG.sequence, (inner) => ({
    contentType: inner.oid(),
    content: inner.optional(contextTag(0), (r) =>
      r.within(contextTag(0), (content) => content.octetString()),
    ),
  }));
}

function readBody(reader: DerReader): Omit<SignedData, 'der'> {
  reader.smallInteger();
  reader.set({ unordered: true });
  const content = readContent(reader);
  const certificates = reader.peek() === contextTag(0) ? readCertificates(reader) : [];
  if (reader.peek() === contextTag(1)) reader.next();
  return { ...content, certificates, signers: readSigners(reader) };
}

/** ContentInfo with SignedData (RFC 5652 §3, §5; GM/T 0010 under its own type) in strict DER. @throws CMS_*, DER_* */
export function parseSignedData(input: Uint8Array): SignedData {
  const der = new Uint8Array(input);
  return readDer(der, (reader) =>
    reader.within(TAG.sequence, (outer) => {
      const type = outer.oid();
      if (type !== CONTENT_OID.signedData && type !== CONTENT_OID.gmSignedData) {
        throw pkiError('CMS_CONTENT_TYPE', { type });
      }
      const body = outer.within(contextTag(0), (tagged) => tagged.within(TAG.sequence, readBody));
      return { der, ...body };
    }),
  );
}
