import type { AuthorityContact } from '@hufu/contracts';

export type Health = AuthorityContact['health'];

/** What was seen of one authority lately. */
export type HealthFacts = {
  readonly crl: readonly ('FRESH' | 'STALE' | 'MISSING' | 'INVALID')[];
  readonly ocsp: {
    readonly answers: number;
    readonly failures: number;
    readonly p95Ms: number | undefined;
    readonly lastOk: boolean | undefined;
  };
  /** How long a login may wait for it. */
  readonly budgetMs: number;
};

/** Share of the budget above which an authority counts as slow: HUB-056 tells users what to expect. */
const SLOW_SHARE = 0.4;
const SLOW_MS = 2_000;

/** One word for one light on the board. The worst that a user would notice wins. */
export function healthOf({ crl, ocsp, budgetMs }: HealthFacts): Health {
  const fresh = crl.includes('FRESH');
  const asked = ocsp.answers + ocsp.failures > 0;
  if (asked && ocsp.lastOk === false && ocsp.failures >= ocsp.answers && !fresh) return 'UNREACHABLE';
  if (ocsp.p95Ms !== undefined && ocsp.p95Ms > Math.min(SLOW_MS, budgetMs * SLOW_SHARE)) return 'SLOW';
  if (crl.some((state) => state === 'STALE' || state === 'INVALID')) return 'STALE';
  if (crl.length > 0 && !fresh && !asked) return 'UNREACHABLE';
  return fresh || asked ? 'GOOD' : 'UNKNOWN';
}

/** State of one revocation list on the board. */
export function crlState(
  list: {
    readonly held: boolean;
    readonly nextUpdate: number | undefined;
    readonly problem: string | undefined;
  },
  at: number,
): HealthFacts['crl'][number] {
  if (!list.held)
    return list.problem === undefined || FETCH_PROBLEMS.has(list.problem) ? 'MISSING' : 'INVALID';
  return list.nextUpdate !== undefined && list.nextUpdate >= at ? 'FRESH' : 'STALE';
}

/** Problems of the way, not of the list. */
export const FETCH_PROBLEMS: ReadonlySet<string> = new Set([
  'unreachable',
  'timeout',
  'too-large',
  'http-status',
]);
