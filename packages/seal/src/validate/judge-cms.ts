import { DerReader, derOid, readDer } from '@hufu/gm';
import { concatBytes, equalBytes } from '@hufu/kernel';
import {
  type Certificate,
  CONTENT_OID,
  type CryptoEngine,
  type DigestAlgorithm,
  digestOfOid,
  namesCertificate,
  PKCS9_OID,
  type SignedData,
  type SignerInfo,
  verifySignerInfo,
} from '@hufu/pki';
import type { CheckBook } from './check-book.ts';
import type { SignedRange } from './check-format.ts';
import { attempt } from './evidence.ts';
import type { RangeDigests } from './range-digests.ts';

export type CmsTools = {
  readonly engine: CryptoEngine;
  readonly digests: RangeDigests;
  readonly bytes: Uint8Array;
};

export type CmsJudgement = {
  readonly signer: SignerInfo;
  /** Whose key signed; undefined when that is not known or the signature does not hold. */
  readonly certificate: Certificate | undefined;
  readonly digest: DigestAlgorithm | undefined;
  /** signing-time attribute, ms UTC. */
  readonly claimed: number | undefined;
};

/** OD-36: SHA-2 of at least 256 bits, and SM3. What is weaker is verified all the same, to tell altered from outdated. */
const STRONG: ReadonlySet<DigestAlgorithm> = new Set(['sha256', 'sha384', 'sha512', 'sm3']);

/** Content types of a detached signature: data, under either arc (RFC 5652 §4; GM/T 0010). */
const DATA_TYPES: ReadonlySet<string> = new Set([CONTENT_OID.data, CONTENT_OID.gmData]);

/**
 * The document stands in for its digest: an engine that answers for one empty message with what was hashed beforehand,
 * so that a large file is not joined in memory for every signature.
 */
function engineFor(tools: CmsTools, content: Uint8Array, range: SignedRange): CryptoEngine {
  const { engine, digests } = tools;
  return {
    verify: (key, algorithm, message, signature) => engine.verify(key, algorithm, message, signature),
    digest: (algorithm, message) =>
      message === content ? digests(range, algorithm) : engine.digest(algorithm, message),
  };
}

function singleAttribute(signer: SignerInfo, oid: string): Uint8Array | undefined {
  const values = signer.signedAttributes.get(oid);
  return values?.length === 1 ? values[0] : undefined;
}

function claimedTime(signer: SignerInfo): number | undefined {
  const value = singleAttribute(signer, PKCS9_OID.signingTime);
  return value && attempt(() => readDer(value, (reader) => reader.time()));
}

/** Both attributes that tie the signed attributes to the document (RFC 5652 §11.1, §11.2). */
function checkAttributes(
  signer: SignerInfo,
  question: { contentType: string; digest: Uint8Array },
  book: CheckBook,
): boolean {
  const type = singleAttribute(signer, PKCS9_OID.contentType);
  const typeHolds = type !== undefined && equalBytes(type, derOid(question.contentType));
  const stated = singleAttribute(signer, PKCS9_OID.messageDigest);
  const digest = stated && attempt(() => new DerReader(stated).octetString());
  const digestHolds = digest !== undefined && equalBytes(digest, question.digest);
  return [
    book.require('cryptography', 'content-type', { holds: typeHolds, reason: 'CONTENT_TYPE' }),
    book.require('cryptography', 'message-digest', {
      holds: digestHolds,
      reason: digest === undefined ? 'CONTENT_TYPE' : 'DIGEST_MISMATCH',
    }),
  ].every(Boolean);
}

/** ESS signing certificate (RFC 5035): CAdES demands it, and whoever gives it must mean the certificate that signed. */
function checkNamedCertificate(
  judged: { signer: SignerInfo; certificate: Certificate; demanded: boolean },
  engine: CryptoEngine,
  book: CheckBook,
): void {
  const { signer, certificate, demanded } = judged;
  const named = [PKCS9_OID.signingCertificateV2, PKCS9_OID.signingCertificate].some((oid) =>
    signer.signedAttributes.has(oid),
  );
  if (!named) {
    if (demanded) book.note('identification', 'signing-certificate-attribute', { reason: 'ESS_MISSING' });
    return;
  }
  book.require('identification', 'signing-certificate-attribute', {
    holds: namesCertificate(signer, certificate, engine),
    reason: 'ESS_MISMATCH',
  });
}

/** Format that signs the SHA-1 of the document as its own content (ISO 32000-1 §12.8.3.3.1). */
const SHA1_FILTER = 'adbe.pkcs7.sha1';

/** Whether the structure holds what it should hold of the document: nothing, or its digest in the obsolete format. */
function checkContent(
  question: { signedData: SignedData; range: SignedRange; subFilter: string },
  tools: CmsTools,
  book: CheckBook,
): boolean {
  const { content } = question.signedData;
  if (question.subFilter !== SHA1_FILTER) {
    return book.require('format', 'detached', { holds: content === undefined, reason: 'SIG_NOT_DETACHED' });
  }
  const holds = content !== undefined && equalBytes(content, tools.digests(question.range, 'sha1'));
  return book.require('cryptography', 'message-digest', { holds, reason: 'DIGEST_MISMATCH' });
}

/** Identification of the signing certificate and cryptographic verification (ETSI EN 319 102-1 §5.2.3, §5.2.7). */
export async function judgeCms(
  question: {
    signedData: SignedData;
    range: SignedRange;
    subFilter: string;
    companions: readonly Certificate[];
  },
  tools: CmsTools,
  book: CheckBook,
): Promise<CmsJudgement | undefined> {
  const { signedData, range, subFilter, companions } = question;
  const [signer] = signedData.signers;
  const single = signer !== undefined && signedData.signers.length === 1;
  book.require('format', 'one-signer', { holds: single, reason: 'SIG_SIGNERS' });
  const fitting = checkContent(question, tools, book);
  book.require('cryptography', 'signed-content-type', {
    holds: DATA_TYPES.has(signedData.contentType),
    reason: 'CONTENT_TYPE',
  });
  if (!single || !fitting) return undefined;
  const digest = digestOfOid(signer.digestAlgorithm.oid);
  const strong = digest !== undefined && STRONG.has(digest);
  const claimed = claimedTime(signer);
  const weak = { signer, certificate: undefined, digest, claimed };
  const detail = signer.digestAlgorithm.oid;
  book.require('acceptance', 'digest-algorithm', { holds: strong, reason: 'ALGORITHM_REFUSED', detail });
  if (digest === undefined) return weak;
  const { contentType, content: own } = signedData;
  const documentDigest = own === undefined ? tools.digests(range, digest) : tools.engine.digest(digest, own);
  const fits =
    signer.signedAttributesDer === undefined ||
    checkAttributes(signer, { contentType, digest: documentDigest }, book);
  if (!fits) return weak;
  // Signed directly, the bytes themselves go to the verification.
  const content =
    signer.signedAttributesDer === undefined && own === undefined
      ? concatBytes(tools.bytes.subarray(0, range.gapStart), tools.bytes.subarray(range.gapEnd, range.end))
      : new Uint8Array();
  const engine = engineFor(tools, content, range);
  const verdict = await verifySignerInfo({ signedData, signer, content, certificates: companions }, engine);
  if (!verdict.signed) {
    const reasons = { 'no-certificate': 'CERT_MISSING', algorithm: 'ALGORITHM_REFUSED' } as const;
    const reason =
      verdict.reason in reasons ? reasons[verdict.reason as keyof typeof reasons] : 'SIGNATURE_WRONG';
    book.note(reason === 'CERT_MISSING' ? 'identification' : 'cryptography', 'signature-value', { reason });
    return weak;
  }
  book.note('cryptography', 'signature-value');
  const { certificate } = verdict;
  const demanded = subFilter === 'ETSI.CAdES.detached';
  checkNamedCertificate({ signer, certificate, demanded }, tools.engine, book);
  return { signer, certificate, digest, claimed };
}
