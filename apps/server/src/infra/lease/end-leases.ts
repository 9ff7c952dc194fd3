import { type Database, withTransaction } from '../database/database.ts';

/**
 * Takes back what a former process held. Only for a database that this process holds alone: whoever else had a claim is
 * gone, and waiting for it to lapse would serve nobody.
 */
export async function endLeases(database: Database): Promise<void> {
  await withTransaction(database, async (tx) => {
    await tx
      .updateTable('job')
      .set({ state: 'ready', lease_until: null })
      .where('state', '=', 'running')
      .execute();
    await tx.updateTable('periodic_task').set({ lease_until: null }).execute();
  });
}
