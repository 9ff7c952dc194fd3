import { contextTag, type DerReader, readDer, TAG } from '@hufu/gm';
import type { CryptoEngine } from '../crypto-engine.ts';
import { pkiError } from '../errors.ts';
import { readExtensions } from './extension.ts';
import { readAlgorithm, readPublicKeyInfo } from './key.ts';
import type { CertificationRequest, Extension } from './model.ts';
import { readName } from './name.ts';
import { PKCS9_OID } from './oids.ts';

const MAX_REQUEST_BYTES = 64 * 1024;
const NO_EXTENSIONS: ReadonlyMap<string, Extension> = new Map();

function readExtensionRequest(values: DerReader): ReadonlyMap<string, Extension> {
  const extensions = readExtensions(values, { malformed: 'CSR_ATTRIBUTE', duplicate: 'CSR_ATTRIBUTE' });
  values.finish();
  return extensions;
}

/** Attributes [0] IMPLICIT; some clients leave an empty set out, which RFC 2986 does not allow but harms nobody. */
function readAttributes(reader: DerReader): ReadonlyMap<string, Extension> {
  if (reader.done) return NO_EXTENSIONS;
  const attributes = reader.set({ tag: contextTag(0) });
  const seen = new Set<string>();
  let extensions = NO_EXTENSIONS;
  while (!attributes.done) {
    attributes.within(TAG.sequence, (attribute) => {
      const oid = attribute.oid();
      if (seen.has(oid)) throw pkiError('CSR_ATTRIBUTE', { oid });
      seen.add(oid);
      const values = attribute.set();
      if (oid === PKCS9_OID.extensionRequest) extensions = readExtensionRequest(values);
    });
  }
  return extensions;
}

type Info = Pick<CertificationRequest, 'subject' | 'spki' | 'requestedExtensions'>;

function readInfo(reader: DerReader): Info {
  const version = reader.smallInteger();
  if (version !== 0) throw pkiError('CSR_VERSION', { version });
  const subject = readName(reader);
  const spki = readPublicKeyInfo(reader);
  return { subject, spki, requestedExtensions: readAttributes(reader) };
}

/** CertificationRequest (RFC 2986) in strict DER; the signature is for `verifyCertificationRequest`. @throws CSR_*, KEY_*, CERT_NAME, DER_* */
export function parseCertificationRequest(input: Uint8Array): CertificationRequest {
  if (input.length > MAX_REQUEST_BYTES) throw pkiError('CERT_TOO_LARGE', { bytes: input.length });
  const der = new Uint8Array(input);
  return readDer(der, (reader) =>
    reader.within(TAG.sequence, (outer) => {
      const body = outer.within(TAG.sequence, readInfo);
      const info = der.subarray(outer.start, outer.contentEnd);
      const signatureAlgorithm = readAlgorithm(outer);
      return { der, info, ...body, signatureAlgorithm, signature: outer.bitStringBytes() };
    }),
  );
}

/** True when the requester holds the private key: the request is signed by the key that it carries. */
export const verifyCertificationRequest = (
  request: CertificationRequest,
  engine: CryptoEngine,
): Promise<boolean> =>
  engine.verify(request.spki, request.signatureAlgorithm, request.info, request.signature);
