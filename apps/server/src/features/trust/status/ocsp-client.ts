import type { Clock, RandomBytes } from '@hufu/kernel';
import {
  algorithmsOf,
  buildCertId,
  buildOcspRequest,
  type Certificate,
  type CryptoEngine,
  certificateFingerprint,
  judgeOcsp,
  type RevocationVerdict,
  type TrustedAuthority,
  unknownVerdict,
} from '@hufu/pki';
import type { Database } from '../../../infra/database/database.ts';
import { registeredHosts } from '../domain/registered-hosts.ts';
import type { HealthSample } from '../store/health-store.ts';
import { findOcspAnswer, storeOcspAnswer } from '../store/ocsp-store.ts';
import { BoundedMap } from './bounded-map.ts';
import { type BoundedAnswer, type BoundedRequest, fetchBounded } from './fetch-bounded.ts';
import { singleFlight } from './single-flight.ts';

export type OcspSubject = {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly authority: TrustedAuthority;
  /** A delegated responder that the held lists name as revoked may not speak. */
  readonly isRevoked?: (responder: Certificate) => boolean;
};

export type OcspClient = {
  /** Whether there is anybody to ask. */
  hasAddress(subject: OcspSubject): boolean;
  /** What is remembered in this process: costs nothing. */
  remembered(subject: OcspSubject): RevocationVerdict | undefined;
  /** What another server was told, or this one before a restart. */
  stored(subject: OcspSubject): Promise<RevocationVerdict | undefined>;
  /** Judges a response that came with the certificate. */
  stapled(response: Uint8Array, subject: OcspSubject): Promise<RevocationVerdict>;
  /** Asks the authority, waiting as long as its budget and no longer. An answer that comes later serves the next. */
  ask(subject: OcspSubject): Promise<RevocationVerdict>;
  forget(): void;
};

export type OcspClientParts = {
  readonly database: Database;
  readonly engine: CryptoEngine;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly sample: (sample: HealthSample) => void;
  readonly fetch?: (request: BoundedRequest) => Promise<BoundedAnswer>;
};

const MAX_RESPONSE_BYTES = 64 * 1024;
const NONCE_BYTES = 16;
const MAX_REMEMBERED = 50_000;
/** A slow authority may finish its answer for the next attempt; so much longer than the budget, and no more. */
const PATIENCE = 4;
const MAX_PATIENCE_MS = 120_000;

type Remembered = { readonly verdict: RevocationVerdict; readonly until: number };

export function createOcspClient(parts: OcspClientParts): OcspClient {
  const { database, engine, clock, random, sample } = parts;
  const fetch = parts.fetch ?? fetchBounded;
  const memory = new BoundedMap<Remembered>(MAX_REMEMBERED);
  const flight = singleFlight<RevocationVerdict>();

  const judge = (
    response: Uint8Array,
    subject: OcspSubject,
    source: 'ocsp-cached' | 'ocsp-live' | 'ocsp-stapled',
    nonce?: Uint8Array,
  ) => {
    const { policy } = subject.authority;
    return judgeOcsp(response, {
      certificate: subject.certificate,
      issuer: subject.issuer,
      engine,
      at: clock.now(),
      source,
      nonce,
      clockSkewMs: policy.clockSkewSeconds * 1000,
      maxAgeMs: policy.maxAgeSeconds === undefined ? undefined : policy.maxAgeSeconds * 1000,
      algorithms: algorithmsOf(policy),
      isRevoked: subject.isRevoked,
    });
  };

  const remember = (subject: OcspSubject, verdict: RevocationVerdict, until: number): void =>
    memory.set(keyOf(subject), { verdict: asCached(verdict), until });

  const keep = async (subject: OcspSubject, response: Uint8Array, verdict: RevocationVerdict) => {
    const until = usableUntil(verdict, subject, clock.now());
    if (until === undefined) return;
    remember(subject, verdict, until);
    await storeOcspAnswer(database.db, {
      fingerprint: certificateFingerprint(subject.certificate),
      authorityId: subject.authority.id,
      response,
      fetchedAt: clock.now(),
      expiresAt: until,
    });
  };

  const askAddress = async (url: string, subject: OcspSubject): Promise<RevocationVerdict> => {
    const { certificate, issuer, authority } = subject;
    const nonce = random(NONCE_BYTES);
    const certId = buildCertId({ issuer, serial: certificate.serial }, engine);
    const startedAt = clock.now();
    const answer = await fetch({
      url,
      method: 'POST',
      body: buildOcspRequest({ certIds: [certId], nonce }),
      headers: { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' },
      maxBytes: MAX_RESPONSE_BYTES,
      timeoutMs: Math.min(authority.policy.ocspBudgetMs * PATIENCE, MAX_PATIENCE_MS),
    });
    const latencyMs = clock.now() - startedAt;
    const verdict =
      answer.outcome === 'ok'
        ? await judge(answer.bytes, subject, 'ocsp-live', nonce)
        : unknownVerdict(reasonOf(answer.outcome), [noBytes(url)]);
    const ok = verdict.status !== 'unknown' || verdict.reason === 'not-issued';
    sample({
      authorityId: authority.id,
      kind: 'ocsp',
      at: startedAt,
      ok,
      latencyMs,
      reason: ok ? undefined : verdict.reason,
    });
    if (answer.outcome === 'ok') await keep(subject, answer.bytes, verdict);
    return verdict;
  };

  return {
    hasAddress: (subject) => addressFor(subject) !== undefined,
    remembered(subject) {
      const known = memory.get(keyOf(subject));
      return known !== undefined && known.until > clock.now() ? known.verdict : undefined;
    },
    async stored(subject) {
      const fingerprint = certificateFingerprint(subject.certificate);
      const answer = await findOcspAnswer(database.db, fingerprint, clock.now());
      if (answer === undefined) return undefined;
      const verdict = await judge(answer.response, subject, 'ocsp-cached');
      if (verdict.status === 'unknown') return undefined;
      remember(subject, verdict, answer.expiresAt);
      return verdict;
    },
    stapled: (response, subject) => judge(response, subject, 'ocsp-stapled'),
    async ask(subject) {
      const url = addressFor(subject);
      if (url === undefined) return unknownVerdict('no-source');
      const asked = flight(`${url} ${keyOf(subject)}`, () => askAddress(url, subject));
      return withinBudget(asked, { url, budgetMs: subject.authority.policy.ocspBudgetMs });
    },
    forget: () => memory.clear(),
  };
}

const noBytes = (address: string) => ({
  source: 'ocsp-live' as const,
  sha256: undefined,
  thisUpdate: undefined,
  nextUpdate: undefined,
  producedAt: undefined,
  address,
});

const keyOf = ({ certificate, issuer }: OcspSubject): string =>
  `${certificateFingerprint(certificate)}:${certificateFingerprint(issuer)}`;

/**
 * An address of the certificate when its host is registered, since it names the right responder; else the authority's.
 * About a CA certificate only its own word counts: the authority's responder speaks for what that CA issued.
 */
function addressFor({ certificate, authority }: OcspSubject): string | undefined {
  const hosts = registeredHosts([...authority.ocspAddresses, ...authority.crlAddresses]);
  const named = certificate.ocspAddresses.find((address) => hosts.allows(address));
  return named ?? (certificate.basicConstraints?.ca === true ? undefined : authority.ocspAddresses[0]);
}

const reasonOf = (outcome: Exclude<BoundedAnswer['outcome'], 'ok'>) => {
  if (outcome === 'timeout' || outcome === 'too-large') return outcome;
  return outcome === 'unreachable' ? 'unreachable' : 'responder-error';
};

const asCached = (verdict: RevocationVerdict): RevocationVerdict =>
  verdict.status === 'unknown' ? verdict : { ...verdict, source: 'ocsp-cached' };

/** Only what was said is kept, and never beyond its own end; a fault is asked about again. */
function usableUntil(verdict: RevocationVerdict, { authority }: OcspSubject, at: number): number | undefined {
  const cached = at + authority.policy.ocspCacheSeconds * 1000;
  if (authority.policy.ocspCacheSeconds === 0 || verdict.status === 'unknown') return undefined;
  return verdict.status === 'good' ? Math.min(cached, verdict.nextUpdate) : cached;
}

type Waiting = { readonly url: string; readonly budgetMs: number };

async function withinBudget(
  asked: Promise<RevocationVerdict>,
  { url, budgetMs }: Waiting,
): Promise<RevocationVerdict> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<RevocationVerdict>((resolve) => {
    timer = setTimeout(() => resolve(unknownVerdict('timeout', [noBytes(url)])), budgetMs);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
    // Whoever stops waiting must not leave a rejection behind.
    asked.catch(() => undefined);
  }
}
