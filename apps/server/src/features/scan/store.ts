import type { ScanState } from '@hufu/contracts';
import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Db, Executor, Tx } from '../../infra/database/database.ts';
import { type ScanTable, scanTables } from './tables.ts';

export type ScanRow = Selectable<ScanTable>;

const OPEN: readonly ScanState[] = ['WAITING', 'SCANNED', 'READY', 'CONFIRMED'];

export async function insertScan(tx: Tx, row: Insertable<ScanTable>): Promise<ScanRow> {
  return scanTables(tx).insertInto('scan_session').values(row).returningAll().executeTakeFirstOrThrow();
}

export const scanById = (executor: Executor, id: string): Promise<ScanRow | undefined> =>
  scanTables(executor).selectFrom('scan_session').selectAll().where('id', '=', id).executeTakeFirst();

export async function idByToken(executor: Executor, tokenSha256: string): Promise<string | undefined> {
  const row = await scanTables(executor)
    .selectFrom('scan_session')
    .select('id')
    .where('token_sha256', '=', tokenSha256)
    .executeTakeFirst();
  return row?.id;
}

/** Held until the transaction ends: page and phone take their steps one after the other. */
export const lockScan = (tx: Tx, id: string): Promise<ScanRow | undefined> =>
  scanTables(tx).selectFrom('scan_session').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export async function updateScan(
  tx: Tx,
  { id, version }: Pick<ScanRow, 'id' | 'version'>,
  change: Updateable<ScanTable>,
): Promise<ScanRow> {
  return scanTables(tx)
    .updateTable('scan_session')
    .set({ ...change, version: version + 1 })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Of one browser, oldest first. */
export const openScansOf = (tx: Tx, browserSha256: string): Promise<ScanRow[]> =>
  scanTables(tx)
    .selectFrom('scan_session')
    .selectAll()
    .where('browser_sha256', '=', browserSha256)
    .where('ended_at', 'is', null)
    .orderBy('created_at')
    .forUpdate()
    .execute();

/** Open ones whose time is over. */
export const overdueScans = (db: Db, at: Date): Promise<Pick<ScanRow, 'id'>[]> =>
  scanTables(db)
    .selectFrom('scan_session')
    .select('id')
    .where('state', 'in', OPEN)
    .where('expires_at', '<=', at)
    .limit(500)
    .execute();

export async function purgeScans(db: Db, before: Date): Promise<void> {
  await scanTables(db)
    .deleteFrom('scan_session')
    .where('expires_at', '<', before)
    .where('ended_at', 'is not', null)
    .execute();
}
