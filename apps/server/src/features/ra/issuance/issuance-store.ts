import type { Selectable } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { type RaTables, raTables } from '../tables.ts';

export type IssuanceRow = Selectable<RaTables['ra_issuance']>;

export const issuancesOf = (executor: Executor, orderId: string): Promise<IssuanceRow[]> =>
  raTables(executor)
    .selectFrom('ra_issuance')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('started_at')
    .execute();

export const runningOf = (executor: Executor, orderId: string): Promise<IssuanceRow | undefined> =>
  raTables(executor)
    .selectFrom('ra_issuance')
    .selectAll()
    .where('order_id', '=', orderId)
    .where('state', '=', 'STARTED')
    .executeTakeFirst();

export type NewRun = Pick<IssuanceRow, 'reference' | 'order_id' | 'authority_id' | 'digest'> & {
  readonly at: Date;
};

export async function insertRun(tx: Tx, { at, ...row }: NewRun): Promise<void> {
  await raTables(tx)
    .insertInto('ra_issuance')
    .values({ ...row, state: 'STARTED', started_at: at, ended_at: null })
    .execute();
}

export async function endRun(
  tx: Tx,
  end: { readonly reference: string; readonly state: 'DONE' | 'ABANDONED'; readonly at: Date },
): Promise<void> {
  await raTables(tx)
    .updateTable('ra_issuance')
    .set({ state: end.state, ended_at: end.at })
    .where('reference', '=', end.reference)
    .execute();
}
