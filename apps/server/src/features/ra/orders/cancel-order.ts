import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { Acting, RaDeps } from '../deps.ts';
import { abandonRunning } from '../issuance/run-issuance.ts';
import { CLOSE_QUEUE, type PaymentOrder, REFUND_QUEUE, stepPayment } from '../payments/apply-report.ts';
import { lockPayment, paymentsOf } from '../payments/payment-store.ts';
import { changeOrder, mustBeFresh } from './change-order.ts';
import type { OrderRow } from './order-store.ts';

export type Cancellation = {
  readonly version: number;
  readonly reason: string;
  readonly by: Acting;
  /** Holds the order, if the caller may give it up. */
  lock(tx: Tx): Promise<OrderRow>;
};

/**
 * Gives an order up before its certificate is issued. What was paid goes back; what is open at the provider is closed
 * there too; what an authority may have issued for a broken run is revoked. @throws RA_STATE, RA_STALE
 */
export async function cancelOrder(deps: RaDeps, asked: Cancellation): Promise<OrderRow> {
  const cancelled = await withTransaction(deps.database, async (tx) => {
    const row = await asked.lock(tx);
    mustBeFresh(row, asked.version);
    const now = new Date(deps.clock.now());
    const { by, reason } = asked;
    const order = await changeOrder(deps, tx, {
      row,
      change: { event: 'cancel', by, note: reason, set: { finished_at: row.finished_at ?? now } },
    });
    await abandonRunning(deps, tx, row.id);
    for (const { id } of await paymentsOf(tx, row.id)) {
      const payment = await lockPayment(tx, id);
      if (payment.state === 'PAID')
        await stepPayment(deps, tx, { order, payment, event: 'refund', at: now, reason, by });
      if (payment.state === 'CREATED') {
        // It is shown no more; should it have been paid all the same, the money goes back.
        await stepPayment(deps, tx, { order, payment, event: 'closed', at: now, by });
        const payload: PaymentOrder = { paymentId: id };
        await deps.outbox.enqueue(tx, { queue: CLOSE_QUEUE, payload, subject: id, maxAttempts: 30 });
      }
    }
    return order;
  });
  deps.outbox.poke(REFUND_QUEUE);
  deps.outbox.poke(CLOSE_QUEUE);
  return cancelled;
}
