import type { UseTime } from './certificate-judge.ts';
import type { ElectronicSeal } from './model.ts';
import { failed, passed, type SesFinding, unknown } from './verdict.ts';

/**
 * What the register that issued a seal says of it. `frozen` may be lifted again; `replaced` says nothing against what
 * the seal did before. `since` in ms UTC.
 */
export type SealStatus =
  | { readonly status: 'good' }
  | { readonly status: 'unknown' }
  | { readonly status: 'frozen' | 'revoked' | 'replaced'; readonly since: number };

/** Asks a register about a seal; undefined when it is not one of its own, and nothing is known or asked. */
export type AskSealStatus = (seal: ElectronicSeal) => Promise<SealStatus | undefined>;

const STEP = 'seal-status';

/** Reads the register's answer for a use of the seal. A merely stated time does not precede a revocation for certain. */
export function judgeSealStatus(answer: SealStatus, use: UseTime): SesFinding {
  if (answer.status === 'good') return passed(STEP);
  if (answer.status === 'unknown') return unknown(STEP, 'SEAL_STATUS_UNKNOWN');
  const { status, since } = answer;
  const before = use.at < since;
  if (before && (use.proven || status === 'replaced')) return passed(STEP);
  if (status === 'frozen') return unknown(STEP, 'SEAL_FROZEN');
  if (status === 'replaced') return failed(STEP, 'SEAL_REPLACED');
  return before ? unknown(STEP, 'SEAL_REVOKED_LATER') : failed(STEP, 'SEAL_REVOKED');
}
