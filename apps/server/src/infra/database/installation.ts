import { randomUUID } from 'node:crypto';
import { infraError } from '../errors.ts';
import type { Database } from './database.ts';

export type InstallationMode = 'demo' | 'configured';

/**
 * Marks a fresh database with the mode that made it; afterwards only that mode may use it, so that demo data
 * never enters a configured installation.
 * @returns the installation's id
 * @throws INSTALLATION_MODE
 */
export async function claimInstallation(database: Database, mode: InstallationMode): Promise<string> {
  await database.db
    .insertInto('installation')
    .values({ id: randomUUID(), mode })
    .onConflict((conflict) => conflict.column('one').doNothing())
    .execute();
  const found = await database.db.selectFrom('installation').select(['id', 'mode']).executeTakeFirstOrThrow();
  if (found.mode !== mode) throw infraError('INSTALLATION_MODE', { database: found.mode, server: mode });
  return found.id;
}
