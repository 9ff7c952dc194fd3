import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { type EntityTables, entityTables } from '../tables.ts';

export type SyncCodeRow = Selectable<EntityTables['library_sync_code']>;

export const activeCode = (executor: Executor, entityId: string): Promise<SyncCodeRow | undefined> =>
  entityTables(executor)
    .selectFrom('library_sync_code')
    .selectAll()
    .where('entity_id', '=', entityId)
    .where('state', '=', 'ACTIVE')
    .executeTakeFirst();

export const codeByHash = (executor: Executor, hash: string): Promise<SyncCodeRow | undefined> =>
  entityTables(executor)
    .selectFrom('library_sync_code')
    .selectAll()
    .where('code_hash', '=', hash)
    .executeTakeFirst();

export async function insertCode(tx: Tx, row: SyncCodeRow): Promise<void> {
  await entityTables(tx).insertInto('library_sync_code').values(row).execute();
}

type Ending = {
  readonly id: string;
  readonly state: 'CONSUMED' | 'REPLACED';
  readonly platformCode?: string;
  readonly at: Date;
};

/** @returns false when it is in force no more */
export async function endCode(tx: Tx, { id, state, platformCode, at }: Ending): Promise<boolean> {
  const ended = await entityTables(tx)
    .updateTable('library_sync_code')
    .set({ state, ended_at: at, platform_code: platformCode ?? null })
    .where('id', '=', id)
    .where('state', '=', 'ACTIVE')
    .returning('id')
    .executeTakeFirst();
  return ended !== undefined;
}

type User = { readonly platformCode: string; readonly userHash: string };

export const lockOf = (tx: Tx, { platformCode, userHash }: User) =>
  entityTables(tx)
    .selectFrom('library_sync_failure')
    .selectAll()
    .where('platform_code', '=', platformCode)
    .where('user_hash', '=', userHash)
    .forUpdate()
    .executeTakeFirst();

/**
 * Counts a wrong entry. A lock that has passed, like a quarter of an hour without one, begins the count anew.
 * @returns until when entering is locked now; null when it is not
 */
export async function failed(
  tx: Tx,
  { platformCode, userHash }: User,
  { at, most, lockedUntil }: { at: Date; most: number; lockedUntil: Date },
): Promise<Date | null> {
  const idle = new Date(at.getTime() - (lockedUntil.getTime() - at.getTime()));
  const { rows } = await sql<{ locked_until: Date | null }>`
    insert into library_sync_failure as f (platform_code, user_hash, failures, last_at, locked_until)
    values (${platformCode}, ${userHash}, 1, ${at}, null)
    on conflict (platform_code, user_hash) do update set
      failures = case when f.locked_until is not null or f.last_at <= ${idle} then 1 else f.failures + 1 end,
      locked_until = case
        when f.locked_until is null and f.last_at > ${idle} and f.failures + 1 >= ${most}
        then ${lockedUntil}::timestamptz end,
      last_at = excluded.last_at
    returning locked_until`.execute(tx);
  return rows[0]?.locked_until ?? null;
}

/** A right code: what was wrong before it does not count any more. */
export async function forgive(tx: Tx, { platformCode, userHash }: User): Promise<void> {
  await entityTables(tx)
    .deleteFrom('library_sync_failure')
    .where('platform_code', '=', platformCode)
    .where('user_hash', '=', userHash)
    .execute();
}
