import { derNull, derOctetString, derOid, derSequence, derSet, readDer } from '@hufu/gm';
import { equalBytes } from '@hufu/kernel';
import type { CryptoEngine, DigestAlgorithm } from '../crypto-engine.ts';
import { keyIdentifier } from '../x509/identity.ts';
import { readAlgorithm } from '../x509/key.ts';
import type { AlgorithmIdentifier, Certificate } from '../x509/model.ts';
import { KEY_OID, PKCS9_OID, SIGNATURE_OID } from '../x509/oids.ts';
import { digestOfOid, signatureScheme } from '../x509/signature-algorithm.ts';
import type { SignedData, SignerInfo } from './model.ts';

export type CmsSignatureVerdict =
  | { readonly signed: true; readonly certificate: Certificate; readonly digest: DigestAlgorithm }
  | { readonly signed: false; readonly reason: CmsSignatureFailure };

/**
 * `no-certificate`: the signer's certificate is not at hand. `no-content`: detached, and no content was given.
 * `attributes`: the signed attributes do not belong to this content. `algorithm`: unknown or mixed algorithms.
 */
export type CmsSignatureFailure = 'no-certificate' | 'no-content' | 'attributes' | 'algorithm' | 'signature';

export type CmsSignatureQuestion = {
  readonly signedData: SignedData;
  readonly signer: SignerInfo;
  /** Content of a detached signature. */
  readonly content?: Uint8Array;
  /** Certificates to look in, beside those that came along. */
  readonly certificates?: readonly Certificate[];
};

const failed = (reason: CmsSignatureFailure): CmsSignatureVerdict => ({ signed: false, reason });

function isSigner({ sid }: SignerInfo, certificate: Certificate): boolean {
  if (sid.kind === 'issuerAndSerial') {
    return sid.serialHex === certificate.serialHex && sid.issuer.key === certificate.issuer.key;
  }
  const own = certificate.subjectKeyIdentifier ?? keyIdentifier(certificate.spki);
  return equalBytes(sid.keyIdentifier, own);
}

const algorithmOf = (oid: string, ...parameters: readonly Uint8Array[]): AlgorithmIdentifier =>
  readDer(derSequence(derOid(oid), ...parameters), (reader) => readAlgorithm(reader));

const RSA_BY_DIGEST: Readonly<Partial<Record<DigestAlgorithm, string>>> = {
  sha1: SIGNATURE_OID.rsaSha1,
  sha256: SIGNATURE_OID.rsaSha256,
  sha384: SIGNATURE_OID.rsaSha384,
  sha512: SIGNATURE_OID.rsaSha512,
};

const ECDSA_BY_DIGEST: Readonly<Partial<Record<DigestAlgorithm, string>>> = {
  sha1: SIGNATURE_OID.ecdsaSha1,
  sha256: SIGNATURE_OID.ecdsaSha256,
  sha384: SIGNATURE_OID.ecdsaSha384,
  sha512: SIGNATURE_OID.ecdsaSha512,
};

const RSA_NAMES: ReadonlySet<string> = new Set([KEY_OID.rsa, ...Object.values(RSA_BY_DIGEST)]);
const ECDSA_NAMES: ReadonlySet<string> = new Set([KEY_OID.ec, ...Object.values(ECDSA_BY_DIGEST)]);

/**
 * CMS may name the bare key algorithm (RFC 3370 §3.2; GM/T 0010 for SM2): then the digest beside it completes it. Writers
 * differ in the parameters, which say nothing here: NULL for RSA and none for ECDSA are put in place.
 */
function completeAlgorithm(signer: SignerInfo, digest: DigestAlgorithm): AlgorithmIdentifier | undefined {
  const { oid } = signer.signatureAlgorithm;
  const [rsa, ecdsa] = [RSA_BY_DIGEST[digest], ECDSA_BY_DIGEST[digest]];
  if (RSA_NAMES.has(oid)) {
    return rsa !== undefined && (oid === KEY_OID.rsa || oid === rsa)
      ? algorithmOf(rsa, derNull())
      : undefined;
  }
  if (ECDSA_NAMES.has(oid)) {
    return ecdsa !== undefined && (oid === KEY_OID.ec || oid === ecdsa) ? algorithmOf(ecdsa) : undefined;
  }
  if (oid === SIGNATURE_OID.sm2Signature) {
    return digest === 'sm3' ? algorithmOf(SIGNATURE_OID.sm2Sm3) : undefined;
  }
  const scheme = signatureScheme(signer.signatureAlgorithm);
  const own = scheme?.family === 'sm2' ? 'sm3' : scheme?.family === 'ed25519' ? 'sha512' : scheme?.digest;
  return own === digest ? signer.signatureAlgorithm : undefined;
}

/** The same SET OF in the order of DER (X.690 §11.6): writers that send it unordered may have signed it ordered. */
function ordered(set: Uint8Array): Uint8Array {
  const elements: Uint8Array[] = [];
  readDer(set, (reader) => {
    const inner = reader.set({ unordered: true });
    while (!inner.done) elements.push(inner.element());
  });
  return derSet(...elements);
}

/** RFC 5652 §5.3, §11.1, §11.2: both attributes there, once, and true of the content. */
function attributesFit(question: CmsSignatureQuestion, contentDigest: Uint8Array): boolean {
  const { signedAttributes } = question.signer;
  const only = (oid: string): Uint8Array => {
    const values = signedAttributes.get(oid);
    return values?.length === 1 ? values[0]! : new Uint8Array();
  };
  return (
    equalBytes(only(PKCS9_OID.contentType), derOid(question.signedData.contentType)) &&
    equalBytes(only(PKCS9_OID.messageDigest), derOctetString(contentDigest))
  );
}

/**
 * Whether one signer signed the content, and with which certificate. Says nothing about trust in that certificate,
 * its validity or its purpose.
 */
export async function verifySignerInfo(
  question: CmsSignatureQuestion,
  engine: CryptoEngine,
): Promise<CmsSignatureVerdict> {
  const { signedData, signer } = question;
  const content = signedData.content ?? question.content;
  if (content === undefined) return failed('no-content');
  const digest = digestOfOid(signer.digestAlgorithm.oid);
  const algorithm = digest === undefined ? undefined : completeAlgorithm(signer, digest);
  if (digest === undefined || algorithm === undefined) return failed('algorithm');
  if (signer.signedAttributesDer !== undefined && !attributesFit(question, engine.digest(digest, content))) {
    return failed('attributes');
  }
  const attributes = signer.signedAttributesDer;
  const inOrder = attributes && ordered(attributes);
  const messages =
    attributes === undefined || inOrder === undefined
      ? [content]
      : equalBytes(attributes, inOrder)
        ? [attributes]
        : [attributes, inOrder];
  const candidates = [...signedData.certificates, ...(question.certificates ?? [])];
  let failure: CmsSignatureFailure = 'no-certificate';
  for (const certificate of candidates.filter((candidate) => isSigner(signer, candidate))) {
    for (const message of messages) {
      if (await engine.verify(certificate.spki, algorithm, message, signer.signature)) {
        return { signed: true, certificate, digest };
      }
    }
    failure = 'signature';
  }
  return failed(failure);
}
