import { equalBytes } from '@hufu/kernel';
import type { Crl, CrlEntry } from '../../crl/model.ts';
import type { CryptoEngine } from '../../crypto-engine.ts';
import type { Certificate, DistributionPoint } from '../../x509/model.ts';
import type { CertificatePath } from '../certificate-path.ts';
import { type CheckFailure, refuse } from '../failure.ts';
import type { PathObjection, PathRules } from '../path-options.ts';
import type { StepTools } from '../path-state.ts';
import type { TrustStore } from '../trust-store.ts';
import { createTools, findPath } from '../validate-path.ts';
import type { VerifiedSignatures } from '../verified-signatures.ts';
import { isUnderstood, keepsProfile } from './crl-profile.ts';
import { distributionPointsOf, reasonsCovered } from './crl-scope.ts';
import { checkCrlSigner, type Subject } from './crl-signer.ts';
import type { CrlStatus, CrlUnknownReason } from './crl-status.ts';
import { deltasFor, isDelta } from './delta-crl.ts';
import { createTally, type Tally } from './tally.ts';

/** The rules of the path carry over to the paths of those who sign lists; what the end certificate is for does not. */
export type CrlCheckOptions = Pick<PathRules, 'time' | 'algorithms' | 'limits' | 'waivedProfileRules'> & {
  /** A path that `validatePath` found. */
  readonly path: CertificatePath;
  /** Which of its certificates is asked about; 0 is the end certificate. */
  readonly certificateIndex: number;
  /** Every list that may bear on it: complete, partial, indirect and delta ones, in any order. */
  readonly crls: readonly Crl[];
  readonly store: TrustStore;
  readonly engine: CryptoEngine;
  readonly verified?: VerifiedSignatures;
  /** How far a list may be dated ahead of our clock, ms. Default 0. */
  readonly clockSkew?: number;
};

/**
 * RFC 5280 §6.3: what revocation lists say about one certificate of a valid path. Complete and delta lists, lists for
 * some reasons or some certificates, and lists signed by others are combined as the clause says. Lists are judged, not
 * fetched. Never throws; whatever cannot be relied on leaves the status unknown, with a reason.
 */
export const checkCrl = (options: CrlCheckOptions): Promise<CrlStatus> =>
  statusOf(
    { path: options.path, index: options.certificateIndex },
    { options, tools: createTools(options), pending: [] },
  );

type Run = {
  readonly options: CrlCheckOptions;
  readonly tools: StepTools;
  /** Lists whose signers are being looked into. One may vouch for its own signer: PKITS 4.14.30, no other way exists. */
  readonly pending: readonly Crl[];
};

/** A signer's certificate may itself need lists of other signers; so far, and no further. */
const MAX_PENDING = 3;

async function statusOf(subject: Subject, run: Run): Promise<CrlStatus> {
  const certificate = subject.path.certificates[subject.index]!;
  const tally = createTally();
  for (const point of distributionPointsOf(certificate)) {
    for (const crl of run.options.crls) {
      if (tally.isComplete()) return tally.status();
      const revoked = await consult(crl, { certificate, point, subject, tally }, run);
      if (revoked) return revoked;
    }
  }
  return tally.status();
}

type Question = {
  readonly certificate: Certificate;
  readonly point: DistributionPoint;
  readonly subject: Subject;
  readonly tally: Tally;
};

/** One complete list on one certificate by way of one distribution point: revoked, or a line in the tally. */
async function consult(crl: Crl, question: Question, run: Run): Promise<CrlStatus | undefined> {
  const { certificate, point, subject, tally } = question;
  if (isDelta(crl)) return undefined;
  const reasons = reasonsCovered(certificate, point, crl);
  if (reasons.size === 0) {
    if (crl.issuer.key === certificate.issuer.key) tally.addProblem('wrong-scope');
    return undefined;
  }
  if (!tally.wouldAdd(reasons)) return undefined;
  const problem = await problemOf(crl, subject, run);
  if (problem) {
    tally.addProblem(problem);
    return undefined;
  }
  const current = isCurrent(crl, run);
  const entry = await entryFor(crl, question, run);
  if (entry === undefined) {
    if (current) tally.addGood(crl, reasons);
    else tally.addStale(crl, reasons);
    return undefined;
  }
  // A list that ran out still proves a final revocation; a hold may have been lifted since.
  if (current || entry.reason !== 'certificateHold') {
    return { status: 'revoked', reason: entry.reason, time: entry.revokedAt, crls: [crl] };
  }
  tally.addProblem('stale');
  return undefined;
}

/** Why the list cannot be relied on, whatever its age. */
async function problemOf(crl: Crl, subject: Subject, run: Run): Promise<CrlUnknownReason | undefined> {
  const { options } = run;
  if (!isUnderstood(crl) || !keepsProfile(crl, options.waivedProfileRules ?? new Set())) return 'malformed';
  if (crl.thisUpdate > options.time + (options.clockSkew ?? 0)) return 'not-yet-valid';
  if (run.pending.includes(crl)) return undefined;
  return checkCrlSigner(crl, subject, {
    store: options.store,
    signatures: run.tools.signatures,
    validate: (certificate, accept) => validateSigner(certificate, accept, run),
    objectTo: (path) => objectionTo(path, subject, { ...run, pending: [...run.pending, crl] }),
  });
}

const isCurrent = (crl: Crl, { options }: Run): boolean =>
  crl.nextUpdate !== undefined && options.time <= crl.nextUpdate;

/** §6.3.3(i) to (k): the newest delta that may be relied on has the word, then the list itself. */
async function entryFor(crl: Crl, question: Question, run: Run): Promise<CrlEntry | undefined> {
  const { certificate, subject } = question;
  let entry = crl.find(certificate.serialHex, certificate.issuer);
  for (const delta of deltasFor(crl, run.options.crls)) {
    if (!isCurrent(delta, run) || (await problemOf(delta, subject, run))) continue;
    entry = delta.find(certificate.serialHex, certificate.issuer) ?? entry;
    break;
  }
  return entry?.reason === 'removeFromCRL' ? undefined : entry;
}

function validateSigner(
  certificate: Certificate,
  accept: (path: CertificatePath) => Promise<PathObjection | undefined>,
  run: Run,
) {
  const { store, engine, time, algorithms, limits, waivedProfileRules } = run.options;
  return findPath(
    {
      certificate,
      store,
      engine,
      time,
      purpose: 'sign-revocation-lists',
      accept,
      ...(algorithms && { algorithms }),
      ...(limits && { limits }),
      ...(waivedProfileRules && { waivedProfileRules }),
    },
    run.tools,
  );
}

/** The signer's certificates must be good themselves; those shared with the path in question are asked about there. */
async function objectionTo(
  path: CertificatePath,
  subject: Subject,
  run: Run,
): Promise<PathObjection | undefined> {
  if (run.pending.length > MAX_PENDING) return { certificateIndex: 0, failure: TOO_DEEP };
  const shared = subject.path.certificates.slice(subject.index + 1);
  for (const [index, certificate] of path.certificates.entries()) {
    if (shared.some((other) => equalBytes(other.der, certificate.der))) continue;
    const { status } = await statusOf({ path, index }, run);
    if (status !== 'good') {
      return { certificateIndex: index, failure: status === 'revoked' ? REVOKED : UNKNOWN };
    }
  }
  return undefined;
}

const CLAUSE = 'RFC 5280 §6.3.3(f)';
const TOO_DEEP: CheckFailure = refuse('REVOCATION_UNKNOWN', CLAUSE, 'depth');
const REVOKED: CheckFailure = refuse('REVOKED', CLAUSE);
const UNKNOWN: CheckFailure = refuse('REVOCATION_UNKNOWN', CLAUSE);
