import { type Certificate, type CryptoEngine, digestOfOid, PKCS9_OID } from '@hufu/pki';
import type { PdfFile } from '../pdf/open-pdf.ts';
import type { CertificateTrust, KeyUse } from './certificate-trust.ts';
import { CheckBook } from './check-book.ts';
import { checkFormat, relationReason } from './check-format.ts';
import { archivedEvidence, type Evidence, joinEvidence, REVOCATION_ARCHIVAL_OID } from './evidence.ts';
import { judgeCms } from './judge-cms.ts';
import { judgeSealSignature } from './judge-seal-signature.ts';
import { judgeSignatureStamp, judgeStamp } from './judge-stamp.ts';
import type { JudgedSignature } from './judged-signature.ts';
import { readPdfDate } from './pdf-date.ts';
import type { RangeDigests } from './range-digests.ts';
import { readContainer } from './read-container.ts';
import type { FoundSignature } from './signatures.ts';

export type JudgeTools = {
  readonly file: PdfFile;
  readonly engine: CryptoEngine;
  readonly trust: CertificateTrust;
  readonly digests: RangeDigests;
  readonly evidence: Evidence;
  /** ms UTC */
  readonly now: number;
};

/** Time stamps of one value that are looked at until one proves a time. */
const MAX_STAMPS = 4;

/** Clocks of signers differ a little. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** Form of every signature, oldest first: what a broken one covers cannot be said, so it comes last. */
export function openSignatures(file: PdfFile, found: readonly FoundSignature[]): readonly JudgedSignature[] {
  const ranged = found.map((signature) => {
    const book = new CheckBook();
    return { found: signature, book, range: checkFormat(file, signature, book) };
  });
  for (const one of ranged) {
    const reason = relationReason(one, ranged);
    one.book.note('format', 'alone', reason === undefined ? {} : { reason });
  }
  const end = ({ range }: (typeof ranged)[number]): number => range?.end ?? Number.POSITIVE_INFINITY;
  return ranged
    .toSorted((a, b) => (end(a) === end(b) ? 0 : end(a) - end(b)))
    .map((one) => {
      const container = one.range && readContainer(one.range.contents, one.found.subFilter, one.book);
      const stamped = one.found.subFilter === 'ETSI.RFC3161';
      const kind = container?.kind ?? (stamped ? 'time-stamp' : 'signature');
      return { ...one, container, kind, genuine: false };
    });
}

/** Reads the file once: the digest of every range, oldest first, and the signature value over it. */
export async function judgeValue(one: JudgedSignature, tools: JudgeTools): Promise<JudgedSignature> {
  const { container, range, book, found } = one;
  const { file, engine, digests, evidence } = tools;
  const stated = readPdfDate(file.latest.get(found.dict, 'M'));
  if (container === undefined || range === undefined) return { ...one, claimed: stated };
  if (container.kind === 'time-stamp') {
    const digest = digestOfOid(container.token.info.imprint.hashOid);
    if (digest !== undefined) digests(range, digest);
    return { ...one, claimed: container.token.info.time };
  }
  if (container.kind === 'seal') return { ...one, claimed: container.signature.signedAt ?? stated };
  const { signedData } = container;
  const companions = evidence.certificates;
  const question = { signedData, range, subFilter: found.subFilter, companions };
  const judged = await judgeCms(question, { engine, digests, bytes: file.bytes }, book);
  const { signer, certificate, digest } = judged ?? {};
  const claimed = judged?.claimed ?? stated;
  return { ...one, signer, certificate, digest, claimed, genuine: certificate !== undefined };
}

/** The earliest moment at which a later, trusted document time stamp shows that these bytes existed. */
export type ProofOfExistence = { readonly end: number; readonly at: number };

const provenBefore = (proofs: readonly ProofOfExistence[], end: number): number | undefined =>
  proofs
    .filter((proof) => proof.end > end)
    .reduce<number | undefined>(
      (earliest, { at }) => (earliest === undefined || at < earliest ? at : earliest),
      undefined,
    );

/** One document time stamp; `proofs` are those of the later ones (ETSI EN 319 102-1 §5.6.2.3). */
export async function judgeDocumentStamp(
  one: JudgedSignature,
  proofs: readonly ProofOfExistence[],
  tools: JudgeTools,
): Promise<{ readonly judged: JudgedSignature; readonly proof: ProofOfExistence | undefined }> {
  const { container, range, book } = one;
  if (container?.kind !== 'time-stamp' || range === undefined) return { judged: one, proof: undefined };
  const proven = provenBefore(proofs, range.end);
  const judged = await judgeStamp(
    {
      token: container.token,
      imprint: (algorithm) => tools.digests(range, algorithm),
      at: proven ?? tools.now,
      proven: proven !== undefined,
      evidence: tools.evidence,
    },
    tools,
  );
  const { reason, detail, certificate, digest, time, sound } = judged;
  if (sound) book.note('cryptography', 'time-stamp-value');
  book.note(sound ? 'x509' : 'cryptography', 'time-stamp', reason === undefined ? {} : { reason, detail });
  const holds = time !== undefined && book.isSound;
  return {
    judged: { ...one, certificate, digest, genuine: sound },
    proof: holds ? { end: range.end, at: time } : undefined,
  };
}

async function judgeTrust(
  certificate: Certificate,
  use: KeyUse,
  tools: { trust: CertificateTrust; book: CheckBook },
) {
  const { trust, book } = tools;
  const { verdict, finding } = await trust.path({ ...use, certificate });
  book.note('x509', 'certificate-path', finding ?? {});
  if (!verdict.ok) return;
  const findings = await trust.revocation(verdict, use);
  if (findings.length === 0) book.note('revocation-freshness', 'revocation');
  for (const found of findings) book.note('revocation-freshness', 'revocation', found);
}

function checkClaimedTime(one: JudgedSignature, proven: number | undefined, now: number): void {
  const { claimed, book } = one;
  if (claimed === undefined) return;
  book.require('context', 'claimed-time', {
    holds: claimed <= now + CLOCK_SKEW_MS,
    reason: 'TIME_IN_FUTURE',
  });
  if (proven === undefined) return;
  const fits = claimed <= proven + CLOCK_SKEW_MS;
  book.require('acceptance', 'claimed-before-proven-time', { holds: fits, reason: 'TIME_CONTRADICTS' });
}

async function judgeSeal(
  one: JudgedSignature,
  evidence: Evidence,
  tools: JudgeTools,
): Promise<JudgedSignature> {
  const { container, range, book } = one;
  if (container?.kind !== 'seal' || range === undefined) return one;
  const { signature } = container;
  const { now } = tools;
  const judged = await judgeSealSignature({ signature, range, evidence, companions: [], now }, tools, book);
  const proven =
    judged.time?.source === 'time-stamp'
      ? ({ at: judged.time.at, by: 'signature-time-stamp' } as const)
      : undefined;
  const { signer: certificate } = judged;
  const genuine = judged.findings.every(
    ({ step, status }) => status === 'passed' || (step !== 'signature-value' && step !== 'document-hash'),
  );
  return { ...one, certificate, proven, genuine };
}

/** Time, certificate and revocation of one signature or seal, after all document time stamps are known. */
export async function judgeAcceptance(
  one: JudgedSignature,
  proofs: readonly ProofOfExistence[],
  tools: JudgeTools,
): Promise<JudgedSignature> {
  const { range, container, book, signer, certificate } = one;
  if (range === undefined || container === undefined || container.kind === 'time-stamp') return one;
  if (container.kind === 'seal') return judgeSeal(one, tools.evidence, tools);
  const { now } = tools;
  const byDocument = provenBefore(proofs, range.end);
  const archived = archivedEvidence(signer?.signedAttributes.get(REVOCATION_ARCHIVAL_OID)?.[0]);
  const evidence = joinEvidence([tools.evidence, archived]);
  const existing = { at: byDocument ?? now, proven: byDocument !== undefined, evidence };
  const stamps = signer?.unsignedAttributes.get(PKCS9_OID.signatureTimeStamp) ?? [];
  const signature = signer?.signature ?? new Uint8Array();
  let byStamp: number | undefined;
  for (const der of stamps.slice(0, MAX_STAMPS)) {
    byStamp ??= await judgeSignatureStamp({ ...existing, der, signature }, tools, book);
  }
  const times = [
    ...(byStamp === undefined ? [] : [{ at: byStamp, by: 'signature-time-stamp' } as const]),
    ...(byDocument === undefined ? [] : [{ at: byDocument, by: 'document-time-stamp' } as const]),
  ];
  const [proven] = times.toSorted((a, b) => a.at - b.at);
  checkClaimedTime(one, proven?.at, now);
  if (certificate !== undefined) {
    const companions = container.signedData.certificates;
    const { claimed } = one;
    const at = proven?.at ?? now;
    const use = {
      certificate,
      role: 'signer',
      at,
      proven: proven !== undefined,
      claimed,
      companions,
      evidence,
    } as const;
    await judgeTrust(certificate, use, { trust: tools.trust, book });
  }
  return { ...one, proven };
}
