import { derNull, derOctetString, derOid, derSequence, readDer } from '@hufu/gm';
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

/** CMS may name the bare key algorithm (RFC 3370 §3.2; GM/T 0010 for SM2): then the digest beside it completes it. */
function completeAlgorithm(signer: SignerInfo, digest: DigestAlgorithm): AlgorithmIdentifier | undefined {
  const { oid } = signer.signatureAlgorithm;
  if (oid === KEY_OID.rsa) {
    const rsa = RSA_BY_DIGEST[digest];
    return rsa === undefined ? undefined : algorithmOf(rsa, derNull());
  }
  if (oid === SIGNATURE_OID.sm2Signature) {
    return digest === 'sm3' ? algorithmOf(SIGNATURE_OID.sm2Sm3) : undefined;
  }
  const scheme = signatureScheme(signer.signatureAlgorithm);
  const own = scheme?.family === 'sm2' ? 'sm3' : scheme?.family === 'ed25519' ? 'sha512' : scheme?.digest;
  return own === digest ? signer.signatureAlgorithm : undefined;
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
  const message = signer.signedAttributesDer ?? content;
  const candidates = [...signedData.certificates, ...(question.certificates ?? [])];
  let failure: CmsSignatureFailure = 'no-certificate';
  for (const certificate of candidates.filter((candidate) => isSigner(signer, candidate))) {
    if (await engine.verify(certificate.spki, algorithm, message, signer.signature)) {
      return { signed: true, certificate, digest };
    }
    failure = 'signature';
  }
  return failed(failure);
}
