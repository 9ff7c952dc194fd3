import { contextTag, readDer, TAG } from '@hufu/gm';
import { CodedError, equalBytes } from '@hufu/kernel';
import type { SignatureAlgorithm } from '../crypto-engine.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { type CmsDialect, documentAttributes } from './document-attributes.ts';

const DIALECTS: readonly CmsDialect[] = ['cades', 'gm'];
const DIGEST_BYTES = 32;

export type DocumentMessage = {
  /** What is to be signed. */
  readonly message: Uint8Array;
  /** Of the document that the holder was shown. */
  readonly digest: Uint8Array;
  /** The signing certificate, DER. */
  readonly certificate: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
};

/**
 * Whether a message says nothing but this digest. Signed attributes are made here again and must be the same bytes;
 * TBS_Sign of GB/T 38540 §7 is read to the end. So a page can have a document signed, but no login, certificate
 * request or message of another protocol in its place.
 *
 * @throws what `parseCertificate` throws
 */
export function isDocumentMessage({ message, digest, certificate, algorithm }: DocumentMessage): boolean {
  const parsed = parseCertificate(certificate);
  const attributes = DIALECTS.map((dialect) =>
    documentAttributes({ dialect, certificate: parsed, algorithm, documentDigest: digest }),
  );
  return attributes.some((bytes) => equalBytes(bytes, message)) || isSealingOf(message, digest);
}

/** TBS_Sign ::= SEQUENCE { version, eseal, timeInfo, dataHash, propertyInfo, extDatas [0] OPTIONAL } */
function isSealingOf(message: Uint8Array, digest: Uint8Array): boolean {
  try {
    const dataHash = readDer(message, (outer) =>
      outer.within(TAG.sequence, (body) => {
        body.smallInteger();
        body.next(TAG.sequence);
        body.next(TAG.generalizedTime);
        const hash = body.bitStringBytes();
        body.next(TAG.ia5String);
        body.optional(contextTag(0), (extensions) => extensions.next());
        return hash;
      }),
    );
    return dataHash.length === DIGEST_BYTES && equalBytes(dataHash, digest);
  } catch (error) {
    if (error instanceof CodedError) return false;
    throw error;
  }
}
