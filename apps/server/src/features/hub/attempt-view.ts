import type { Attempt } from '@hufu/contracts';
import { CodedError, type ErrorRegister } from '@hufu/kernel';
import type { Language } from '../../infra/http/language.ts';
import { failureOf, problemOf } from '../../infra/http/problem.ts';
import type { AttemptRow } from './store/attempts.ts';
import type { ActResult } from './usecases/act.ts';
import type { Beginning } from './usecases/run-attempt.ts';
import type { LoginView } from './views.ts';

type Outcome = NonNullable<Attempt['outcome']>;

const outcomeOf = (outcome: ActResult['outcome'] | null): Outcome | undefined =>
  outcome === null || outcome === 'LOGGED_IN' ? undefined : outcome;

const withOutcome = (outcome: ActResult['outcome'] | null) => {
  const told = outcomeOf(outcome);
  return told === undefined ? {} : { outcome: told };
};

/** An act that was done at once: there is nothing to come back to, but it answers in the same form. */
export function doneAtOnce(
  { id, request }: Pick<Beginning, 'id' | 'request'>,
  { result, login }: { result: ActResult; login?: LoginView },
): Attempt {
  return {
    attemptId: id,
    state: 'DONE',
    act: request.act,
    authorityName: request.certificate.authority?.name ?? null,
    step: 'BINDING',
    elapsedMs: 0,
    budgetMs: 0,
    ...withOutcome(result.outcome),
    ...login,
  };
}

export type AttemptContext = {
  readonly now: number;
  readonly register: ErrorRegister;
  readonly language: Language;
  readonly requestId: string;
  readonly login?: LoginView;
};

export function attemptView(row: AttemptRow, context: AttemptContext): Attempt {
  const until = row.finished_at?.getTime() ?? context.now;
  return {
    attemptId: row.id,
    state: row.state,
    act: row.act,
    authorityName: row.authority_name,
    step: row.state === 'DONE' ? 'BINDING' : 'REVOCATION',
    elapsedMs: Math.max(0, until - row.started_at.getTime()),
    budgetMs: row.budget_ms,
    ...(row.problem === null ? {} : { problem: problemDocument(row.problem, context) }),
    ...withOutcome(row.outcome),
    ...context.login,
  };
}

function problemDocument(problem: NonNullable<AttemptRow['problem']>, context: AttemptContext) {
  const error = new CodedError(problem.code, problem.fields);
  return problemOf(failureOf(error), context.register, context);
}
