import { type CheckFailure, refuse } from './failure.ts';

/**
 * Hard bounds on the work for one verdict, so that no store and no certificate can make it run long. Our own stores
 * need a handful of each; the numbers leave room for cross-certified meshes and stop hostile ones in milliseconds.
 */
export type Limits = {
  /** Complete paths handed to validation. */
  readonly paths: number;
  /** Signature verifications that no cache answered. */
  readonly signatures: number;
  /** Certificates visited while building. */
  readonly nodes: number;
  /** Comparisons of a name with a name constraint. */
  readonly nameComparisons: number;
  /** Intermediate certificates in a path, self-issued ones not counted. */
  readonly intermediates: number;
};

export const DEFAULT_LIMITS: Limits = {
  paths: 64,
  signatures: 200,
  nodes: 2000,
  nameComparisons: 250_000,
  intermediates: 8,
};

export type BudgetKind = Exclude<keyof Limits, 'intermediates'>;

/** What is left of the limits during one verdict. */
export type Budget = {
  /** Takes `amount`, or says that it is not there; from then on the budget stays exceeded. */
  spend(kind: BudgetKind, amount?: number): CheckFailure | undefined;
  exceeded(): CheckFailure | undefined;
};

export function createBudget(limits: Limits): Budget {
  const left: Record<BudgetKind, number> = { ...limits };
  let exceeded: CheckFailure | undefined;
  return {
    spend(kind, amount = 1) {
      left[kind] -= amount;
      if (left[kind] < 0) exceeded ??= refuse('BUDGET_EXCEEDED', 'RFC 4158 §2.4.2', kind);
      return exceeded;
    },
    exceeded: () => exceeded,
  };
}
