import type { Crl } from '../../crl/model.ts';
import { ALL_REASONS } from './crl-scope.ts';
import type { CrlStatus, CrlUnknownReason } from './crl-status.ts';

/** Which unknown is told: signs of forgery before faults, faults before nobody to ask. */
const TELLING: readonly CrlUnknownReason[] = [
  'wrong-signer',
  'unsigned',
  'weak-algorithm',
  'malformed',
  'not-yet-valid',
  'stale',
  'wrong-scope',
  'no-source',
];

/** Gathers what lists say, until every reason for revocation is covered (reasons_mask of RFC 5280 §6.3.2). */
export type Tally = {
  /** All reasons are covered by current lists. */
  isComplete(): boolean;
  /** Whether a list that speaks for these reasons would add to what is known. */
  wouldAdd(reasons: ReadonlySet<number>): boolean;
  addGood(crl: Crl, reasons: ReadonlySet<number>): void;
  /** The list is genuine and does not name the certificate, but ran out. */
  addStale(crl: Crl, reasons: ReadonlySet<number>): void;
  addProblem(reason: CrlUnknownReason): void;
  status(): CrlStatus;
};

const coversAll = (reasons: ReadonlySet<number>): boolean =>
  [...ALL_REASONS].every((reason) => reasons.has(reason));

const endOf = (crls: ReadonlySet<Crl>): number => Math.min(...Array.from(crls, (crl) => crl.nextUpdate ?? 0));

export function createTally(): Tally {
  // Sets, as one list may speak by way of several distribution points.
  const current = { reasons: new Set<number>(), crls: new Set<Crl>() };
  const stale = { reasons: new Set<number>(), crls: new Set<Crl>() };
  const problems = new Set<CrlUnknownReason>(['no-source']);
  return {
    isComplete: () => coversAll(current.reasons),
    wouldAdd: (reasons) => [...reasons].some((reason) => !current.reasons.has(reason)),
    addGood(crl, reasons) {
      current.crls.add(crl);
      for (const reason of reasons) current.reasons.add(reason);
    },
    addStale(crl, reasons) {
      stale.crls.add(crl);
      for (const reason of reasons) stale.reasons.add(reason);
      problems.add('stale');
    },
    addProblem: (reason) => problems.add(reason),
    status() {
      if (coversAll(current.reasons)) {
        return { status: 'good', crls: [...current.crls], nextUpdate: endOf(current.crls) };
      }
      const crls = [...current.crls, ...stale.crls];
      if (coversAll(new Set([...current.reasons, ...stale.reasons]))) {
        return { status: 'unknown', reason: 'stale', goodUntil: endOf(stale.crls), crls };
      }
      const reason = TELLING.find((candidate) => problems.has(candidate)) ?? 'no-source';
      // Lists for some reasons only, all in order, leave a gap that no fault explains.
      return {
        status: 'unknown',
        reason: crls.length > 0 && reason === 'no-source' ? 'wrong-scope' : reason,
        crls,
      };
    },
  };
}
