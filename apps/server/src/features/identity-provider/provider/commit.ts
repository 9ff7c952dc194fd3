import { auditFragments } from '../../../infra/audit/audit-fragment.ts';
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
  const { pool } = infra.database;
  return async ({ steps, audits, entered }) => {
    if (audits.length > 0) {
      const fragment = auditFragments(audits, '(select) one');
      return applyStepsAnd(pool, steps, { name: `noted-${audits.length}`, fragment });
    }
    if (!entered) {
      await applySteps(pool, steps);
      if (steps.some((step) => step.do === 'job')) infra.outbox.poke();
      return;
    }
    const also = listener.inOneStatement(entered);
    if (also) return applyStepsAnd(pool, steps, { name: 'entered', fragment: also });
    await withTransaction(infra.database, async (tx) => {
      await applyStepsIn(tx, steps);
      await listener.platformEntered(tx, entered);
    });
  };
}
