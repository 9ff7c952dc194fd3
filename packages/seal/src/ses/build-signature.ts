import { type DigestAlgorithm, parseCertificate } from '@hufu/pki';
import { sealError } from '../errors.ts';
import { encodeSesSignature, encodeToSign } from './encode.ts';
import type { SealExtension } from './model.ts';
import { parseSeal } from './parse-seal.ts';
import { hashToSign, sealAlgorithm } from './signature-algorithm.ts';

export type SesSignatureSpec = {
  /** The seal, DER as issued. */
  readonly seal: Uint8Array;
  /** The signer's certificate, DER. It has to be in the seal's list to be accepted later. */
  readonly signerCertificate: Uint8Array;
  /** Milliseconds since the epoch, cut to seconds. */
  readonly signedAt: number;
  /** Digest of the document: SM3 with an SM2 certificate, else SHA-256. 32 bytes. */
  readonly dataHash: Uint8Array;
  /** What was hashed; ASCII. In OFD the path of Signature.xml. */
  readonly propertyInfo: string;
  readonly extensions?: readonly SealExtension[];
};

/** Everything that has to be kept between the two phases. Only `hash` needs to go to the key. */
export type PreparedSesSignature = {
  readonly toSign: Uint8Array;
  /** 32 bytes: what the key signs. */
  readonly hash: Uint8Array;
  readonly signerCertificate: Uint8Array;
  readonly signatureOid: string;
};

const DIGEST_BYTES = 32;

/** Digest algorithm of `dataHash` for a signer's certificate (DER). @throws SES_KEY, CERT_*, DER_* */
export const dataDigestOf = (signerCertificate: Uint8Array): DigestAlgorithm =>
  sealAlgorithm(parseCertificate(signerCertificate).spki.kind).digest;

/**
 * First phase of a seal signature by GB/T 38540-2020: fixes what is signed and gives its hash.
 * @throws SES_SPEC, SES_VERSION, SES_KEY, CERT_*, DER_*
 */
export function prepareSesSignature(spec: SesSignatureSpec): PreparedSesSignature {
  const { signerCertificate, dataHash } = spec;
  const seal = parseSeal(spec.seal);
  if (seal.version === 1) throw sealError('SES_VERSION');
  if (dataHash.length !== DIGEST_BYTES) throw sealError('SES_SPEC');
  const { spki } = parseCertificate(signerCertificate);
  const signatureOid = sealAlgorithm(spki.kind).oid;
  const toSign = encodeToSign({
    version: seal.version,
    statedVersion: seal.version,
    seal,
    signedAt: Math.floor(spec.signedAt / 1000) * 1000,
    timeInfo: undefined,
    dataHash,
    propertyInfo: spec.propertyInfo,
    extensions: spec.extensions,
    signerCertificate,
    signatureOid,
  });
  return { toSign, hash: hashToSign(spki, toSign), signerCertificate, signatureOid };
}

/** What comes back from the key's place, and a time-stamp token over it when one was fetched. */
export type SesSignatureValue = {
  /** SM2 and ECDSA in DER, RSA as is. */
  readonly signature: Uint8Array;
  readonly timeStamp?: Uint8Array;
};

/** Second phase: SES_Signature in DER, ready for `/Contents` of a PDF or SignedValue.dat of an OFD document. */
export const completeSesSignature = (prepared: PreparedSesSignature, value: SesSignatureValue): Uint8Array =>
  encodeSesSignature({ version: 4, timeStamp: undefined, ...prepared, ...value }, prepared.toSign);
