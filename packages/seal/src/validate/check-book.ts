import {
  type BlockReport,
  type Check,
  type CheckStatus,
  VALIDATION_BLOCKS,
  type ValidationBlock,
  type ValidationVerdict,
} from './model.ts';
import { type ReasonCode, VALIDATION_REASONS } from './reasons.ts';
import type { CheckCode } from './titles.ts';

const STATUS = { invalid: 'failed', indeterminate: 'unknown', note: 'note' } as const;
const RANK: readonly CheckStatus[] = ['passed', 'note', 'unknown', 'failed'];

const worst = (checks: readonly Check[]): CheckStatus =>
  checks.reduce<CheckStatus>(
    (found, { status }) => (RANK.indexOf(status) > RANK.indexOf(found) ? status : found),
    'passed',
  );

/** A check with what it found: no reason means passed. */
export function checkOf(check: CheckCode, reason?: ReasonCode, detail = ''): Check {
  if (reason === undefined) return { check, status: 'passed' };
  const status = STATUS[VALIDATION_REASONS[reason].means];
  return detail === '' ? { check, status, reason } : { check, status, reason, detail };
}

/** One verdict from all checks: what failed, else what is open, else valid. */
export function verdictOf(checks: readonly Check[]): ValidationVerdict {
  const reasonsOf = (status: CheckStatus): readonly ReasonCode[] => [
    ...new Set(checks.flatMap((check) => (check.status === status && check.reason ? [check.reason] : []))),
  ];
  const failed = reasonsOf('failed');
  const unknown = reasonsOf('unknown');
  if (failed.length > 0) return { status: 'invalid', reasons: [...failed, ...unknown] };
  return unknown.length > 0 ? { status: 'indeterminate', reasons: unknown } : { status: 'valid' };
}

/** Collects the checks of one signature, by block. */
export class CheckBook {
  readonly #blocks = new Map<ValidationBlock, Check[]>();

  /** Writes a check down. Returns whether it passed. */
  note(
    block: ValidationBlock,
    check: CheckCode,
    finding: { reason?: ReasonCode | undefined; detail?: string } = {},
  ): boolean {
    this.enter(block, checkOf(check, finding.reason, finding.detail));
    return finding.reason === undefined;
  }

  /** Writes down a check whose weight was decided elsewhere. */
  enter(block: ValidationBlock, entry: Check): void {
    const known = this.#blocks.get(block);
    if (known) known.push(entry);
    else this.#blocks.set(block, [entry]);
  }

  /** Writes a check that is true or has this reason. Returns the truth. */
  require(
    block: ValidationBlock,
    check: CheckCode,
    finding: { holds: boolean; reason: ReasonCode; detail?: string },
  ): boolean {
    const { holds, reason, detail = '' } = finding;
    return this.note(block, check, holds ? {} : { reason, detail });
  }

  get checks(): readonly Check[] {
    return [...this.#blocks.values()].flat();
  }

  get isSound(): boolean {
    return this.checks.every(({ status }) => status !== 'failed');
  }

  blocks(): readonly BlockReport[] {
    return VALIDATION_BLOCKS.flatMap((block) => {
      const checks = this.#blocks.get(block);
      return checks ? [{ block, status: worst(checks), checks }] : [];
    });
  }

  verdict(): ValidationVerdict {
    return verdictOf(this.checks);
  }
}
