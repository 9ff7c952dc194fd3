import type { Clock } from '@hufu/kernel';
import {
  algorithmsOf,
  type Certificate,
  type CertificatePath,
  type CryptoEngine,
  combineVerdicts,
  judgeCrls,
  type RevocationVerdict,
  type TrustedAuthority,
} from '@hufu/pki';
import type { TrustSnapshot, TrustState } from '../state/trust-state.ts';
import type { OcspClient, OcspSubject } from './ocsp-client.ts';

export type StatusQuestion = {
  readonly path: CertificatePath;
  readonly authority: TrustedAuthority;
  /** A response that the holder handed over with the certificate. */
  readonly stapled?: Uint8Array | undefined;
  /** Told once, before anybody outside is asked. */
  readonly onWait?: (() => void) | undefined;
};

export type StatusChecker = {
  /** One verdict for each certificate of the path, the holder's first. */
  check(question: StatusQuestion): Promise<readonly RevocationVerdict[]>;
};

export type StatusCheckerParts = {
  readonly state: TrustState;
  readonly ocsp: OcspClient;
  readonly engine: CryptoEngine;
  readonly clock: Clock;
  /** Fetches lists that the certificate names and that are not held yet, within the authority's budget. */
  readonly fetchMissing: (certificate: Certificate, authority: TrustedAuthority) => Promise<boolean>;
};

/**
 * Asks what is free first: lists and answers in memory, then what came along, then the database, and only then the
 * authority itself, when its policy's sources call for it. Whatever the order, a known revocation wins.
 */
export function createStatusChecker(parts: StatusCheckerParts): StatusChecker {
  const { state, ocsp, engine, clock } = parts;

  const byLists = (snapshot: TrustSnapshot, { path, authority }: StatusQuestion, index: number) => {
    const store = snapshot.index.storeOf(authority.id);
    if (store === undefined) return Promise.resolve<RevocationVerdict>(NO_SOURCE);
    const { policy } = authority;
    return judgeCrls({
      path,
      certificateIndex: index,
      crls: snapshot.crlsOf(authority.id),
      store,
      engine,
      at: clock.now(),
      algorithms: algorithmsOf(policy),
      verified: state.verified,
      clockSkewMs: policy.clockSkewSeconds * 1000,
      maxAgeMs: policy.maxAgeSeconds === undefined ? undefined : policy.maxAgeSeconds * 1000,
    });
  };

  const checkOne = async (question: StatusQuestion, index: number): Promise<RevocationVerdict> => {
    const { authority, path } = question;
    const { sources } = authority.policy;
    const certificate = path.certificates[index]!;
    const subject = subjectOf(question, index, state.current());
    const lists = sources.includes('crl') ? await byLists(state.current(), question, index) : NO_SOURCE;
    const remembered =
      sources.includes('ocsp') && subject !== undefined ? ocsp.remembered(subject) : undefined;
    const known = joined(lists, remembered);
    if (isEnough(known, sources, remembered)) return known;

    const handed = index === 0 ? question.stapled : undefined;
    const asks = sources.includes('ocsp') && subject !== undefined;
    if (!asks || (handed === undefined && !ocsp.hasAddress(subject))) {
      return afterFetching(known, question, { certificate, index });
    }
    const stapled = handed === undefined ? undefined : await ocsp.stapled(handed, subject);
    const stored = await ocsp.stored(subject);
    const recalled = joined(known, stapled, stored);
    if (isEnough(recalled, sources, conclusive(stapled) ?? stored)) return recalled;
    question.onWait?.();
    const [asked, fetched] = await Promise.all([
      ocsp.ask(subject),
      sources.includes('crl') ? parts.fetchMissing(certificate, authority) : false,
    ]);
    const fresh = fetched ? await byLists(state.current(), question, index) : undefined;
    return joined(fresh ?? lists, remembered, stapled, asked);
  };

  const afterFetching = async (
    known: RevocationVerdict,
    question: StatusQuestion,
    { certificate, index }: { readonly certificate: Certificate; readonly index: number },
  ): Promise<RevocationVerdict> => {
    if (known.status !== 'unknown' || !question.authority.policy.sources.includes('crl')) return known;
    question.onWait?.();
    const fetched = await parts.fetchMissing(certificate, question.authority);
    return fetched ? byLists(state.current(), question, index) : known;
  };

  return {
    check: (question) => Promise.all(question.path.certificates.map((_, index) => checkOne(question, index))),
  };
}

const NO_SOURCE: RevocationVerdict = { status: 'unknown', reason: 'no-source', evidence: [] };

const joined = (...verdicts: readonly (RevocationVerdict | undefined)[]): RevocationVerdict =>
  combineVerdicts(verdicts.filter((verdict) => verdict !== undefined));

const conclusive = (verdict: RevocationVerdict | undefined): RevocationVerdict | undefined =>
  verdict === undefined || verdict.status === 'unknown' ? undefined : verdict;

/** A revocation ends the search; a good word ends it when it comes from the source that the policy asks first. */
function isEnough(
  verdict: RevocationVerdict,
  sources: TrustedAuthority['policy']['sources'],
  answer: RevocationVerdict | undefined,
): boolean {
  if (verdict.status === 'revoked') return true;
  if (verdict.status === 'unknown') return false;
  return sources[0] === 'crl' || conclusive(answer) !== undefined;
}

/** The certificate with the one above it; undefined when that is a bare key, which OCSP cannot name. */
function subjectOf(
  { path, authority }: StatusQuestion,
  index: number,
  snapshot: TrustSnapshot,
): OcspSubject | undefined {
  const certificate = path.certificates[index]!;
  const issuer = path.certificates[index + 1] ?? path.anchor.certificate;
  if (issuer === undefined) return undefined;
  const crls = snapshot.crlsOf(authority.id);
  return {
    certificate,
    issuer,
    authority,
    isRevoked: (responder) =>
      crls.some(
        (crl) => crl.issuer.key === responder.issuer.key && crl.find(responder.serialHex) !== undefined,
      ),
  };
}
