import { withTransaction } from '../../../infra/database/database.ts';
import type { Infra } from '../../../infra/infra.ts';
import type { LoginListener } from '../ports.ts';
import { applySteps, applyStepsIn } from '../store/artefacts.ts';
import type { Commit } from './unit-of-work.ts';

/**
 * Most requests write by one statement. A redeemed code opens a platform to an entity: that is told to the
 * listener and the audit log in the same transaction.
 */
export function commitWith(infra: Infra, listener: LoginListener): Commit {
  return async ({ steps, entered }) => {
    if (!entered) {
      await applySteps(infra.database.pool, steps);
      if (steps.some((step) => step.do === 'job')) infra.outbox.poke();
      return;
    }
    await withTransaction(infra.database, async (tx) => {
      await applyStepsIn(tx, steps);
      await listener.platformEntered(tx, entered);
    });
  };
}
