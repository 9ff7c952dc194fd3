import { withTransaction } from '../../../infra/database/database.ts';
import type { Infra } from '../../../infra/infra.ts';
import type { LoginListener } from '../ports.ts';
import { applySteps, applyStepsAnd, applyStepsIn } from '../store/artefacts.ts';
import type { Commit } from './unit-of-work.ts';

/**
 * Requests write by one statement. A redeemed code opens a platform to an entity: the listener is told of it in
 * that statement or, where it has more to do, in one transaction.
 */
export function commitWith(infra: Infra, listener: LoginListener): Commit {
  return async ({ steps, entered }) => {
    if (!entered) {
      await applySteps(infra.database.pool, steps);
      if (steps.some((step) => step.do === 'job')) infra.outbox.poke();
      return;
    }
    const also = listener.inOneStatement(entered);
    if (also) return applyStepsAnd(infra.database.pool, steps, also);
    await withTransaction(infra.database, async (tx) => {
      await applyStepsIn(tx, steps);
      await listener.platformEntered(tx, entered);
    });
  };
}
