import { CodedError, toHex } from '@hufu/kernel';
import type { Crl, CryptoEngine, VerifiedSignatures } from '@hufu/pki';
import type { StartDigest } from '../cms/document-digest.ts';
import type { PdfLimits } from '../pdf/limits.ts';
import { openPdf, type PdfFile } from '../pdf/open-pdf.ts';
import type { Trust } from '../trust-by-role.ts';
import { certificateTrust, type TrustOptions } from './certificate-trust.ts';
import { strayWidgets } from './changes/annotation-rules.ts';
import { documentModel } from './changes/document-model.ts';
import { checkOf, verdictOf } from './check-book.ts';
import { documentEvidence, joinEvidence } from './evidence.ts';
import { judgeChanges } from './judge-changes.ts';
import {
  type JudgeTools,
  judgeAcceptance,
  judgeDocumentStamp,
  judgeValue,
  openSignatures,
  type ProofOfExistence,
} from './judge-signatures.ts';
import type { JudgedSignature } from './judged-signature.ts';
import type { Check, ValidationReport } from './model.ts';
import { type RangeDigests, rangeDigests } from './range-digests.ts';
import { headlineOf, signatureReport } from './report.ts';
import { signaturesOf } from './signatures.ts';

export type ValidationOptions = {
  /** Our own anchors, for all or by role: what a document brings along is never trusted by being there. */
  readonly store: Trust;
  readonly engine: CryptoEngine;
  /** The present moment, ms UTC. */
  readonly now: number;
  /** Hashes without joining the file in memory, for example `nodeStartDigest`. */
  readonly start?: StartDigest;
  /** Evidence beside what the document carries. */
  readonly crls?: readonly Crl[];
  /** OCSPResponse, DER. */
  readonly ocspResponses?: readonly Uint8Array[];
  /** Asks elsewhere about one certificate of a path, for example a fresh list that is kept. */
  readonly askRevocation?: TrustOptions['ask'];
  readonly rules?: TrustOptions['rules'];
  /** Certificate signatures found true before, shared by many documents. */
  readonly verified?: VerifiedSignatures;
  readonly limits?: Partial<PdfLimits>;
};

/** More signatures than any document has; a hostile one could ask for as many verifications. */
const MAX_SIGNATURES = 400;

const isBlank = (bytes: Uint8Array): boolean =>
  bytes.every(
    (octet) => octet === 0 || octet === 9 || octet === 10 || octet === 12 || octet === 13 || octet === 32,
  );

function documentChecks(file: PdfFile, signatures: number): readonly Check[] {
  const model = documentModel(file.latest);
  const names = model.fields.filter(({ type }) => type === 'Sig').map(({ name }) => name);
  const all = model.fields.map(({ name }) => name);
  const reused = names.some((name) => all.filter((other) => other === name).length > 1);
  const trailing = file.trailing;
  // An end mark that leads back to the cross-reference of an older end leaves the bytes between them unread.
  const leadsBack = new Set(file.revisions.map(({ startxref }) => startxref)).size < file.revisions.length;
  const unread = leadsBack || !isBlank(trailing);
  return [
    checkOf('trailing-bytes', unread ? 'DOCUMENT_TRAILING_BYTES' : undefined, `${trailing.length}`),
    checkOf('one-cross-reference', file.hybrid ? 'DOCUMENT_HYBRID' : undefined),
    checkOf('fields-listed', strayWidgets(model).length > 0 ? 'DOCUMENT_STRAY_SIGNATURE' : undefined),
    checkOf('field-names', reused ? 'DOCUMENT_DUPLICATE_FIELD' : undefined),
    checkOf('signed', signatures === 0 ? 'DOCUMENT_UNSIGNED' : undefined),
    checkOf('number-of-signatures', signatures > MAX_SIGNATURES ? 'DOCUMENT_TOO_MANY' : undefined),
  ];
}

async function judgeAll(
  opened: readonly JudgedSignature[],
  tools: JudgeTools,
): Promise<{ readonly judged: readonly JudgedSignature[]; readonly proofs: readonly ProofOfExistence[] }> {
  const judged: JudgedSignature[] = [];
  for (const one of opened) judged.push(await judgeValue(one, tools));
  const proofs: ProofOfExistence[] = [];
  for (let i = judged.length - 1; i >= 0; i--) {
    const { judged: stamp, proof } = await judgeDocumentStamp(judged[i]!, proofs, tools);
    judged[i] = stamp;
    if (proof !== undefined) proofs.push(proof);
  }
  for (const [i, one] of judged.entries()) judged[i] = await judgeAcceptance(one, proofs, tools);
  return { judged, proofs };
}

type Finding = Pick<ValidationReport, 'verdict' | 'headline' | 'signatures'> & {
  readonly document: Pick<ValidationReport['document'], 'pages' | 'revisions' | 'checks'>;
};

function unreadable(checks: readonly Check[]): Finding {
  const document = { pages: 0, revisions: [], checks };
  return { verdict: verdictOf(checks), headline: 'UNREADABLE', document, signatures: [] };
}

async function judgeFile(file: PdfFile, digests: RangeDigests, options: ValidationOptions): Promise<Finding> {
  const { engine, now, store, rules, verified, askRevocation: ask } = options;
  const found = signaturesOf(file.latest);
  const checks = documentChecks(file, found.length);
  const evidence = joinEvidence([
    documentEvidence(file.latest),
    { certificates: [], crls: options.crls ?? [], ocspResponses: options.ocspResponses ?? [] },
  ]);
  const trust = certificateTrust({
    store,
    engine,
    now,
    ...(rules && { rules }),
    ...(ask && { ask }),
    ...(verified && { verified }),
  });
  const opened = openSignatures(file, found.slice(0, MAX_SIGNATURES));
  const { judged, proofs } = await judgeAll(opened, { file, engine, trust, evidence, now, digests });
  const changes = judgeChanges(file, judged);
  const signatures = judged.map((one, i) =>
    signatureReport(one, { id: `S${i + 1}`, file, changes: changes[i]!, proofs, evidence }),
  );
  const all = [...checks, ...signatures.flatMap(({ blocks }) => blocks.flatMap((block) => block.checks))];
  const verdict = verdictOf(all);
  const pages = documentModel(file.latest).pages.length;
  const document = { pages, revisions: file.revisions.map(({ end }) => end), checks };
  return { verdict, headline: headlineOf(verdict, signatures), document, signatures };
}

async function judgeBytes(
  bytes: Uint8Array,
  digests: RangeDigests,
  options: ValidationOptions,
): Promise<Finding> {
  let encrypted = false;
  try {
    const file = openPdf(bytes, options.limits);
    ({ encrypted } = file);
    return await judgeFile(file, digests, options);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const unread = encrypted ? 'DOCUMENT_ENCRYPTED' : 'DOCUMENT_UNREADABLE';
    const reason = error.code === 'PDF_LIMIT' ? 'DOCUMENT_TOO_COMPLEX' : unread;
    return unreadable([checkOf('readable', reason, error.code)]);
  }
}

/**
 * Validates every signature, seal and document time stamp of a PDF (ETSI EN 319 102-1, ISO 32000-2 §12.8, GB/T 38540).
 * Everything in the file is hostile: whatever it holds, the answer is a report with codes, within the limits. `bytes`
 * must not change meanwhile.
 */
export async function validatePdf(bytes: Uint8Array, options: ValidationOptions): Promise<ValidationReport> {
  const { engine, now, start } = options;
  const digests = rangeDigests(bytes, { engine, start });
  const { verdict, headline, document, signatures } = await judgeBytes(bytes, digests, options);
  const { length } = bytes;
  // Last of all, so that it goes on where the digest of the last signature stands.
  const sha256 = toHex(digests({ gapStart: length, gapEnd: length, end: length }, 'sha256'));
  return {
    format: 'hufu-validation-1',
    validatedAt: now,
    verdict,
    headline,
    document: { kind: 'pdf', bytes: length, sha256, ...document },
    signatures,
  };
}
