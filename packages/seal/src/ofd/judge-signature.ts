import { CodedError, equalBytes } from '@hufu/kernel';
import { judgeSesSignature, type SesSignatureJudgement } from '../ses/judge-signature.ts';
import type { SesSignature } from '../ses/model.ts';
import { parseSesSignature } from '../ses/parse-signature.ts';
import { conclude, failed, passed, unknown } from '../ses/verdict.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { judgeBareSignature } from './judge-bare-signature.ts';
import type { OfdPackage } from './package.ts';
import { checkReferences, type DigestOf, type OfdReferenceStatus, referenceDigest } from './references.ts';
import type { OfdOptions, OfdSignatureJudgement, OfdStamp } from './report.ts';
import type { OfdSignatureFile } from './signature-file.ts';
import type { SignatureParts } from './signature-parts.ts';
import type { OfdFinding } from './verdict.ts';

export type OfdContext = OfdOptions & {
  readonly pack: OfdPackage;
  readonly digestOf: DigestOf;
  /** Stored names of all files that only serve the signing. */
  readonly signingNames: ReadonlySet<string>;
};

type Whole = SignatureParts & { readonly bytes: Uint8Array; readonly file: OfdSignatureFile };

function trySes(der: Uint8Array): SesSignature | undefined {
  try {
    return parseSesSignature(der);
  } catch (error) {
    if (error instanceof CodedError) return undefined;
    throw error;
  }
}

type References = { readonly finding: OfdFinding; readonly statuses: readonly OfdReferenceStatus[] };

function judgeReferences(file: OfdSignatureFile, context: OfdContext): References {
  const step = 'references';
  const algorithm = referenceDigest(file.checkMethod);
  if (file.references.length === 0) return { finding: failed(step, 'NOTHING_COVERED'), statuses: [] };
  if (algorithm === undefined) return { finding: failed(step, 'REFERENCE_DIGEST_WEAK'), statuses: [] };
  const statuses = checkReferences(file.references, algorithm, context);
  if (statuses.some(({ status }) => status === 'changed')) {
    return { finding: failed(step, 'REFERENCE_CHANGED'), statuses };
  }
  const missing = statuses.some(({ status }) => status === 'missing');
  return { finding: missing ? failed(step, 'REFERENCE_MISSING') : passed(step), statuses };
}

function judgeCoverage(coverage: Coverage): OfdFinding {
  return coverage.unprotected.length === 0
    ? passed('coverage')
    : unknown('coverage', 'CONTENT_NOT_COVERED', String(coverage.unprotected.length));
}

/** Readers may draw the seal from its own file: it has to be the one that is signed. */
function judgeSealFile(parts: Whole, ses: SesSignature, pack: OfdPackage): OfdFinding[] {
  if (parts.file.sealLocation === undefined) return [];
  const same = parts.sealPath !== undefined && equalBytes(pack.read(parts.sealPath), ses.seal.der);
  return [same ? passed('seal-file') : failed('seal-file', 'SEAL_FILE_DIFFERS')];
}

const stampsOf = ({ file, document }: Whole): OfdStamp[] =>
  file.stamps.map(({ id, pageId, boundary, clip }) => ({
    id,
    page: document.pages.find((page) => page.id === pageId),
    boundary,
    clip,
  }));

const judgeStamps = (stamps: readonly OfdStamp[]): OfdFinding =>
  stamps.every(({ page }) => page !== undefined) ? passed('stamps') : unknown('stamps', 'STAMP_PAGE_UNKNOWN');

type Value = {
  readonly findings: readonly OfdFinding[];
  readonly ses?: SesSignature;
  readonly judgement?: SesSignatureJudgement;
};

async function judgeValue(parts: Whole, context: OfdContext): Promise<Value> {
  const { valuePath, bytes: signed, entry } = parts;
  if (valuePath === undefined) return { findings: [failed('signed-value', 'SIGNED_VALUE_MISSING')] };
  const value = context.pack.read(valuePath);
  const ses = trySes(value);
  if (ses === undefined) {
    return entry.kind === 'seal'
      ? { findings: [failed('signed-value', 'SIGNED_VALUE_MALFORMED')] }
      : { findings: await judgeBareSignature({ value, signed, now: context.now }, context) };
  }
  const documentDigest = (algorithm: Parameters<typeof context.engine.digest>[0]) =>
    context.engine.digest(algorithm, signed);
  const judgement = await judgeSesSignature(ses, { now: context.now, documentDigest }, context);
  const sealFile = judgeSealFile(parts, ses, context.pack);
  return { findings: [passed('signed-value'), ...judgement.findings, ...sealFile], ses, judgement };
}

function unreadable(parts: SignatureParts): OfdSignatureJudgement {
  const reason = parts.bytes === undefined ? 'SIGNATURE_FILE_MISSING' : 'SIGNATURE_FILE_MALFORMED';
  const findings: readonly OfdFinding[] = [failed('signature-file', reason)];
  return {
    id: parts.entry.id,
    kind: parts.entry.kind,
    document: parts.documentIndex,
    order: parts.order,
    verdict: conclude(findings),
    findings,
    provider: '',
    stated: undefined,
    stamps: [],
    references: [],
    unprotected: [],
    openForSigning: [],
    ses: undefined,
    judgement: undefined,
  };
}

const isWhole = (parts: SignatureParts): parts is Whole =>
  parts.bytes !== undefined && parts.file !== undefined;

/** Judges one signature of an OFD document. @throws OFD_ZIP when a file of the container is damaged */
export async function judgeOfdSignature(
  parts: SignatureParts,
  context: OfdContext,
): Promise<OfdSignatureJudgement> {
  if (!isWhole(parts)) return unreadable(parts);
  const { file, entry } = parts;
  const references = judgeReferences(file, context);
  const unchanged = references.statuses.filter(({ status }) => status === 'unchanged');
  const coverage = coverageOf({
    names: context.pack.names,
    protectedNames: new Set(unchanged.map(({ path }) => path)),
    ownNames: new Set([entry.path, parts.valuePath].flatMap((name) => name ?? [])),
    signingNames: context.signingNames,
  });
  const value = await judgeValue(parts, context);
  const stamps = stampsOf(parts);
  const findings: OfdFinding[] = [
    passed('signature-file'),
    ...value.findings,
    references.finding,
    judgeStamps(stamps),
    judgeCoverage(coverage),
  ];
  return {
    id: entry.id,
    kind: entry.kind,
    document: parts.documentIndex,
    order: parts.order,
    verdict: conclude(findings),
    findings,
    provider: file.provider,
    stated: file.dateTime,
    stamps,
    references: references.statuses,
    ...coverage,
    ses: value.ses,
    judgement: value.judgement,
  };
}
