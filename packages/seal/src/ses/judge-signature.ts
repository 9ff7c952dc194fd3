import { equalBytes } from '@hufu/kernel';
import type { Certificate, CryptoEngine, DigestAlgorithm } from '@hufu/pki';
import { judgeCertificate, tryCertificate } from './judge-certificate.ts';
import { judgeSeal, type SesTools } from './judge-seal.ts';
import { judgeTimeStamp } from './judge-time-stamp.ts';
import type { SesSignature } from './model.ts';
import { digestOfSignature, isAlgorithmOf, isSealedBy } from './signature-algorithm.ts';
import { isSignerListed } from './signer-list.ts';
import { conclude, failed, inOrder, passed, type SesFinding, type SesVerdict, unknown } from './verdict.ts';

export type SesSignatureQuestion = {
  /** The present moment, ms UTC. */
  readonly now: number;
  /** Digest of what the signature stands for; undefined when the document is not at hand. */
  readonly documentDigest: ((algorithm: DigestAlgorithm) => Uint8Array) | undefined;
  /** Certificates that came along. */
  readonly companions?: readonly Certificate[];
};

/** The moment that certificates and seal were judged at. */
export type SigningTime = { readonly at: number; readonly source: 'time-stamp' | 'stated' };

export type SesSignatureJudgement = {
  readonly verdict: SesVerdict;
  readonly findings: readonly SesFinding[];
  readonly signer: Certificate | undefined;
  readonly maker: Certificate | undefined;
  readonly time: SigningTime | undefined;
};

/** Clocks of signers and of time-stamp services differ a little. */
const CLOCK_SKEW_MS = 5 * 60_000;

async function judgeSignatureValue(
  signature: SesSignature,
  signer: Certificate | undefined,
  engine: CryptoEngine,
): Promise<SesFinding> {
  const { signed: message, signatureOid: oid } = signature;
  if (signer === undefined) return failed('signature-value', 'SIGNER_CERTIFICATE_MALFORMED');
  if (!isAlgorithmOf(signer, oid)) return failed('signature-value', 'SIGNATURE_ALGORITHM', oid);
  const right = await isSealedBy(signer, { message, oid, signature: signature.signature }, engine);
  return right ? passed('signature-value') : failed('signature-value', 'SIGNATURE_WRONG');
}

function judgeListing(signature: SesSignature): SesFinding {
  return isSignerListed(signature.seal, signature.signerCertificate)
    ? passed('signer-listed')
    : failed('signer-listed', 'SIGNER_NOT_IN_SEAL');
}

function judgeDocument(signature: SesSignature, question: SesSignatureQuestion): SesFinding {
  const { documentDigest } = question;
  if (documentDigest === undefined) return unknown('document-hash', 'DOCUMENT_NOT_GIVEN');
  const algorithm = digestOfSignature(signature.signatureOid);
  if (algorithm === undefined) return failed('document-hash', 'SIGNATURE_ALGORITHM', signature.signatureOid);
  return equalBytes(signature.dataHash, documentDigest(algorithm))
    ? passed('document-hash')
    : failed('document-hash', 'DOCUMENT_CHANGED');
}

function judgeStatedTime(stated: number | undefined, stamped: number | undefined, now: number): SesFinding {
  if (stated === undefined) return unknown('signing-time', 'SIGNING_TIME_MISSING');
  if (stated > now + CLOCK_SKEW_MS) return failed('signing-time', 'SIGNED_IN_FUTURE');
  return stamped !== undefined && stated > stamped + CLOCK_SKEW_MS
    ? unknown('signing-time', 'SIGNING_TIME_CONTRADICTS')
    : passed('signing-time');
}

function timeOf(signature: SesSignature, stamped: number | undefined): SigningTime | undefined {
  if (stamped !== undefined) return { at: stamped, source: 'time-stamp' };
  return signature.signedAt === undefined ? undefined : { at: signature.signedAt, source: 'stated' };
}

async function judgeStamp(signature: SesSignature, tools: SesTools) {
  const { timeStamp: token } = signature;
  if (token === undefined) return undefined;
  return judgeTimeStamp({ step: 'time-stamp', token, signature: signature.signature }, tools);
}

/**
 * Judges a seal signature (GB/T 38540-2020, verification of a seal signature): signature value, signer's certificate in
 * the seal's list, the seal itself, dates, signer's certificate at the time of signing, hash of the document, time
 * stamp. The time is that of a valid time stamp, else the one that the signer states; a revocation after a merely
 * stated time leaves the verdict open. Every step is taken, so that a report can show them all.
 */
export async function judgeSesSignature(
  signature: SesSignature,
  question: SesSignatureQuestion,
  tools: SesTools,
): Promise<SesSignatureJudgement> {
  const { engine, judge } = tools;
  const companions = question.companions ?? [];
  const signer = tryCertificate(signature.signerCertificate);
  const stamp = await judgeStamp(signature, tools);
  const time = timeOf(signature, stamp?.time);
  const at = time?.at ?? question.now;
  const proven = time?.source === 'time-stamp';
  const seal = await judgeSeal(signature.seal, { at, proven, companions }, tools);
  const findings = [
    await judgeSignatureValue(signature, signer, engine),
    judgeListing(signature),
    ...seal.findings,
    judgeStatedTime(signature.signedAt, stamp?.time, question.now),
    judgeDocument(signature, question),
    ...(stamp === undefined ? [] : [stamp.finding]),
  ];
  if (signer !== undefined) {
    findings.push(
      await judgeCertificate({ certificate: signer, role: 'signer', at, proven, companions }, judge),
    );
  }
  const ordered = inOrder(findings);
  return { verdict: conclude(ordered), findings: ordered, signer, maker: seal.maker, time };
}
