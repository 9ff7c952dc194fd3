import type {
  GoodVerdict,
  RevocationEvidence,
  RevocationVerdict,
  RevokedVerdict,
  UnknownReason,
  UnknownVerdict,
} from './verdict.ts';
import { unknownVerdict } from './verdict.ts';

/**
 * Which unknown is told when several sources failed: the one that says most about what to do. Signs of a forged or
 * misdirected answer come before faults, faults before "nobody to ask". Lower is told first.
 */
const TELLING: Readonly<Record<UnknownReason, number>> = {
  'wrong-certificate': 0,
  'wrong-signer': 1,
  'wrong-nonce': 2,
  unsigned: 3,
  'weak-algorithm': 4,
  'not-issued': 5,
  malformed: 6,
  timeout: 7,
  unreachable: 8,
  'responder-error': 9,
  'try-later': 10,
  'too-large': 11,
  stale: 12,
  'not-yet-valid': 13,
  'wrong-scope': 14,
  'no-source': 15,
};

/**
 * Joins what several sources say about one certificate. Precedence: revoked, then good, then unknown. A hold gives
 * way to a final revocation, and of two equal ones the earlier counts. Order of the arguments never matters for the
 * outcome. All evidence is kept, for and against.
 */
export function combineVerdicts(verdicts: readonly RevocationVerdict[]): RevocationVerdict {
  const evidence = verdicts.flatMap((verdict) => verdict.evidence);
  const revoked = verdicts.filter((verdict) => verdict.status === 'revoked');
  if (revoked.length > 0) return { ...revoked.reduce(graverOf), evidence };
  const good = verdicts.filter((verdict) => verdict.status === 'good');
  if (good.length > 0) return { ...good.reduce(longerOf), evidence };
  const unknown = verdicts.filter((verdict) => verdict.status === 'unknown');
  return tellingOf(unknown, evidence);
}

function graverOf(a: RevokedVerdict, b: RevokedVerdict): RevokedVerdict {
  const holdA = a.reason === 'certificateHold';
  const holdB = b.reason === 'certificateHold';
  if (holdA !== holdB) return holdA ? b : a;
  return b.time < a.time ? b : a;
}

const longerOf = (a: GoodVerdict, b: GoodVerdict): GoodVerdict => (b.nextUpdate > a.nextUpdate ? b : a);

function tellingOf(
  unknown: readonly UnknownVerdict[],
  evidence: readonly RevocationEvidence[],
): UnknownVerdict {
  const first = unknown.reduce<UnknownVerdict | undefined>(
    (best, next) => (best === undefined || TELLING[next.reason] < TELLING[best.reason] ? next : best),
    undefined,
  );
  const ends = unknown.flatMap((verdict) => (verdict.goodUntil === undefined ? [] : [verdict.goodUntil]));
  const verdict = unknownVerdict(first?.reason ?? 'no-source', evidence);
  return ends.length === 0 ? verdict : { ...verdict, goodUntil: Math.max(...ends) };
}
