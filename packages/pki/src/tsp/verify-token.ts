import { type DerReader, readDer, TAG } from '@hufu/gm';
import { CodedError, equalBytes } from '@hufu/kernel';
import type { SignerInfo } from '../cms/model.ts';
import { type CmsSignatureFailure, verifySignerInfo } from '../cms/verify-signed-data.ts';
import type { CryptoEngine, DigestAlgorithm } from '../crypto-engine.ts';
import { readAlgorithm } from '../x509/key.ts';
import type { Certificate } from '../x509/model.ts';
import { DIGEST_OID, EXTENDED_KEY_USAGE_OID, EXTENSION_OID, PKCS9_OID } from '../x509/oids.ts';
import { digestOfOid } from '../x509/signature-algorithm.ts';
import type { TimeStampToken } from './model.ts';

export type TimeStampVerdict =
  | { readonly valid: true; readonly certificate: Certificate; readonly time: number }
  | { readonly valid: false; readonly reason: TimeStampRefusal };

/**
 * `imprint`: made for other data. `nonce`: made for another request. `signing-certificate`: the token does not name
 * its signer's certificate. `purpose`: that certificate is not for time-stamping alone. `expired`: it was out of date
 * at the stated time. Others as in `CmsSignatureFailure`.
 */
export type TimeStampRefusal =
  | CmsSignatureFailure
  | 'imprint'
  | 'nonce'
  | 'signing-certificate'
  | 'purpose'
  | 'expired';

export type TimeStampQuestion = {
  readonly token: TimeStampToken;
  /** Digest of the data, by the algorithm that was asked for. */
  readonly imprint: { readonly digest: DigestAlgorithm; readonly hash: Uint8Array };
  readonly nonce?: bigint;
  /** Certificates to look in, when the token carries none. */
  readonly certificates?: readonly Certificate[];
};

const refused = (reason: TimeStampRefusal): TimeStampVerdict => ({ valid: false, reason });

/** Digest of the first ESSCertID: SHA-1 in the old attribute, named or SHA-256 in the new one (RFC 5035 §3, §4). */
function readEssCertId(reader: DerReader, version: 1 | 2): { oid: string; hash: Uint8Array } {
  const certificates = reader.enter(TAG.sequence).enter(TAG.sequence);
  const first = certificates.enter(TAG.sequence);
  if (version === 1) return { oid: DIGEST_OID.sha1, hash: first.octetString() };
  const oid = first.optional(TAG.sequence, (r) => readAlgorithm(r).oid) ?? DIGEST_OID.sha256;
  return { oid, hash: first.octetString() };
}

/** Whether the signer's attributes name this certificate (RFC 5035 §3, RFC 2634 §5.4); false when they name none. */
export function namesCertificate(
  signer: SignerInfo,
  certificate: Certificate,
  engine: CryptoEngine,
): boolean {
  const versions = [
    [PKCS9_OID.signingCertificateV2, 2],
    [PKCS9_OID.signingCertificate, 1],
  ] as const;
  for (const [attribute, version] of versions) {
    const value = signer.signedAttributes.get(attribute)?.[0];
    if (value === undefined) continue;
    try {
      const id = readDer(value, (reader) => readEssCertId(reader, version));
      const digest = digestOfOid(id.oid);
      return digest !== undefined && equalBytes(id.hash, engine.digest(digest, certificate.der));
    } catch (error) {
      if (error instanceof CodedError) return false;
      throw error;
    }
  }
  return false;
}

/** RFC 3161 §2.3: the purpose is time-stamping, alone and critical. */
function isForTimeStamping(certificate: Certificate): boolean {
  const purposes = certificate.extendedKeyUsage ?? [];
  const critical = certificate.extensions.get(EXTENSION_OID.extendedKeyUsage)?.critical === true;
  return critical && purposes.length === 1 && purposes[0] === EXTENDED_KEY_USAGE_OID.timeStamping;
}

/**
 * Checks a time-stamp token against the data that it is for (RFC 3161 §2.4.2). Whether its signer is trusted is for
 * the path: validate `certificate` at `time`.
 */
export async function verifyTimeStampToken(
  question: TimeStampQuestion,
  engine: CryptoEngine,
): Promise<TimeStampVerdict> {
  const { token, imprint, nonce, certificates = [] } = question;
  const { info, signedData } = token;
  const sameData =
    info.imprint.hashOid === DIGEST_OID[imprint.digest] && equalBytes(info.imprint.hash, imprint.hash);
  if (!sameData) return refused('imprint');
  if (nonce !== undefined && info.nonce !== nonce) return refused('nonce');
  const signer = signedData.signers[0]!;
  const signature = await verifySignerInfo({ signedData, signer, certificates }, engine);
  if (!signature.signed) return refused(signature.reason);
  const { certificate } = signature;
  if (!namesCertificate(signer, certificate, engine)) return refused('signing-certificate');
  if (!isForTimeStamping(certificate)) return refused('purpose');
  if (info.time < certificate.notBefore || info.time > certificate.notAfter) return refused('expired');
  return { valid: true, certificate, time: info.time };
}
