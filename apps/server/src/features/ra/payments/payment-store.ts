import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { type RaTables, raTables } from '../tables.ts';

export type PaymentRow = Selectable<RaTables['ra_payment']>;

export const insertPayment = (tx: Tx, row: Insertable<RaTables['ra_payment']>): Promise<PaymentRow> =>
  raTables(tx).insertInto('ra_payment').values(row).returningAll().executeTakeFirstOrThrow();

export const paymentById = (executor: Executor, id: string): Promise<PaymentRow | undefined> =>
  raTables(executor).selectFrom('ra_payment').selectAll().where('id', '=', id).executeTakeFirst();

/** One that is there, held until the transaction ends. */
export const lockPayment = (tx: Tx, id: string): Promise<PaymentRow> =>
  raTables(tx)
    .selectFrom('ra_payment')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();

export const updatePayment = (
  tx: Tx,
  id: string,
  change: Updateable<RaTables['ra_payment']>,
): Promise<PaymentRow> =>
  raTables(tx)
    .updateTable('ra_payment')
    .set(change)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** The newest first. */
export const paymentsOf = (executor: Executor, orderId: string): Promise<PaymentRow[]> =>
  raTables(executor)
    .selectFrom('ra_payment')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();

/** Those about which the provider is to be asked: the one that was asked about longest ago first. */
export const unsettledPayments = (executor: Executor, before: Date): Promise<PaymentRow[]> =>
  raTables(executor)
    .selectFrom('ra_payment')
    .selectAll()
    .where('state', 'in', ['CREATED', 'REFUNDING'])
    .where('updated_at', '<', before)
    .orderBy('updated_at')
    .limit(50)
    .execute();

export async function touchPayment(tx: Tx, id: string, at: Date): Promise<void> {
  await raTables(tx).updateTable('ra_payment').set({ updated_at: at }).where('id', '=', id).execute();
}

/** @returns false when this notice was accepted before */
export async function insertNotice(
  tx: Tx,
  notice: { readonly eventId: string; readonly paymentId: string; readonly state: string; readonly at: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await raTables(tx)
    .insertInto('ra_payment_notice')
    .values({ event_id: notice.eventId, payment_id: notice.paymentId, state: notice.state, at: notice.at })
    .onConflict((conflict) => conflict.column('event_id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
