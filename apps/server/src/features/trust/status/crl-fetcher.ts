import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Clock, toHex, utf8 } from '@hufu/kernel';
import {
  algorithmsOf,
  type Crl,
  type CryptoEngine,
  digest,
  isCrlGenuine,
  parseCrlInSteps,
  type TrustedAuthority,
  type TrustStore,
} from '@hufu/pki';
import { type Database, withTransaction } from '../../../infra/database/database.ts';
import type { TrustState } from '../state/trust-state.ts';
import { type CrlRow, noteCrlProblem, noteCrlUnchanged, storeCrl } from '../store/crl-store.ts';
import type { HealthSample } from '../store/health-store.ts';
import { type BoundedAnswer, type BoundedRequest, type FetchProblem, fetchBounded } from './fetch-bounded.ts';

export type CrlProblem = FetchProblem | 'malformed' | 'unsigned' | 'older' | 'not-yet-valid';

export type CrlFetcherParts = {
  readonly database: Database;
  readonly engine: CryptoEngine;
  readonly clock: Clock;
  readonly sample: (sample: HealthSample) => void;
  readonly state: Pick<TrustState, 'offer' | 'verified'>;
  readonly fetch?: (request: BoundedRequest) => Promise<BoundedAnswer>;
};

export type CrlTarget = {
  readonly row: CrlRow;
  readonly authority: TrustedAuthority;
  readonly store: TrustStore;
  readonly timeoutMs: number;
};

/** RFC 5280 lists of a few million entries; more is an attack or a mistake. */
const MAX_CRL_BYTES = 64 * 1024 * 1024;

/**
 * Fetches one list if it is new and takes it only when it is genuine and not older than what is held: a bad answer
 * leaves things as they are, with its reason on the board.
 *
 * @returns the problem, or undefined when the held list is now the newest
 */
export async function fetchCrl(target: CrlTarget, parts: CrlFetcherParts): Promise<CrlProblem | undefined> {
  const { row, authority } = target;
  const { database, clock, sample } = parts;
  const startedAt = clock.now();
  const answer = await (parts.fetch ?? fetchBounded)({
    url: row.url,
    method: 'GET',
    headers: conditions(row),
    maxBytes: MAX_CRL_BYTES,
    timeoutMs: target.timeoutMs,
  });
  const problem = await take(answer, target, parts);
  const at = clock.now();
  if (problem !== undefined) await noteCrlProblem(database.db, { url: row.url, problem, at });
  sample({
    authorityId: authority.id,
    kind: 'crl',
    at: startedAt,
    ok: problem === undefined,
    latencyMs: at - startedAt,
    reason: problem,
  });
  return problem;
}

/** RFC 9110 §13: asks for the list only if it changed. */
const conditions = ({ sha256, etag, lastModified }: CrlRow): Record<string, string> =>
  sha256 === undefined
    ? {}
    : {
        ...(etag === undefined ? {} : { 'if-none-match': etag }),
        ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
      };

async function take(
  answer: BoundedAnswer,
  target: CrlTarget,
  parts: CrlFetcherParts,
): Promise<CrlProblem | undefined> {
  const { row, authority, store } = target;
  const { database, engine, clock } = parts;
  if (answer.outcome === 'not-modified') {
    await noteCrlUnchanged(database.db, row.url, clock.now());
    return undefined;
  }
  if (answer.outcome !== 'ok') return answer.outcome;
  const der = answer.bytes;
  const sha256 = toHex(engine.digest('sha256', der));
  if (sha256 === row.sha256) {
    await noteCrlUnchanged(database.db, row.url, clock.now());
    return undefined;
  }
  const crl = await parse(der);
  if (crl === undefined) return 'malformed';
  const algorithms = algorithmsOf(authority.policy);
  const { verified } = parts.state;
  if (!(await isCrlGenuine(crl, { store, engine, algorithms, verified }))) return 'unsigned';
  if (crl.thisUpdate > clock.now() + authority.policy.clockSkewSeconds * 1000) return 'not-yet-valid';
  if (isOlder(crl, row)) return 'older';
  parts.state.offer(sha256, crl);
  await withTransaction(database, (tx) =>
    storeCrl(tx, {
      url: row.url,
      der,
      sha256,
      issuerHash: toHex(digest('sha256', utf8(crl.issuer.key))),
      crlNumber: crl.crlNumber,
      thisUpdate: crl.thisUpdate,
      nextUpdate: crl.nextUpdate,
      entries: crl.size,
      etag: answer.etag,
      lastModified: answer.lastModified,
      at: clock.now(),
    }),
  );
  return undefined;
}

async function parse(der: Uint8Array): Promise<Crl | undefined> {
  try {
    return await parseCrlInSteps(der, nextTurn);
  } catch {
    return undefined;
  }
}

/** An old list, played back by whoever sits on the way, would bring revoked certificates to life. */
function isOlder(crl: Crl, held: CrlRow): boolean {
  if (held.thisUpdate === undefined) return false;
  if (crl.thisUpdate !== held.thisUpdate) return crl.thisUpdate < held.thisUpdate;
  return crl.crlNumber !== undefined && held.crlNumber !== undefined && crl.crlNumber < held.crlNumber;
}
