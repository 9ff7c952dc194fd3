import type { Tx } from '../../../infra/database/database.ts';
import { step } from '../../../infra/state-table.ts';
import { type Acting, BY_SYSTEM, type RaDeps } from '../deps.ts';
import { PAYMENT_STATES, type PaymentEvent } from '../domain/payment-states.ts';
import { raError } from '../errors.ts';
import { changeOrder } from '../orders/change-order.ts';
import { lockOrder, type OrderRow } from '../orders/order-store.ts';
import { lockPayment, type PaymentRow, paymentById, updatePayment } from './payment-store.ts';
import type { PaymentReport } from './provider.ts';

export const REFUND_QUEUE = 'ra-refund';
export const CLOSE_QUEUE = 'ra-close-payment';
export type PaymentOrder = { readonly paymentId: string };

const EVENTS = {
  CREATED: undefined,
  PAID: 'paid',
  EXPIRED: 'expired',
  CLOSED: 'closed',
  REFUNDED: 'refunded',
} as const satisfies Record<PaymentReport['state'], PaymentEvent | undefined>;

type Paying = Pick<RaDeps, 'audit' | 'clock' | 'outbox' | 'phone'>;

/**
 * Takes over what the provider says. The amount must be the one that was asked for. The order's row is held before the
 * payment's, as everywhere.
 * @throws RA_PAYMENT_MISMATCH, RA_PAYMENT_STATE
 */
export async function applyReport(deps: Paying, tx: Tx, report: PaymentReport): Promise<PaymentRow> {
  const { order, payment } = await lockBoth(tx, report.order);
  if (report.amount !== payment.amount) throw raError('RA_PAYMENT_MISMATCH');
  const event = EVENTS[report.state];
  return event === undefined ? payment : stepPayment(deps, tx, { order, payment, event, at: report.at });
}

async function lockBoth(tx: Tx, paymentId: string): Promise<{ order: OrderRow; payment: PaymentRow }> {
  const seen = await paymentById(tx, paymentId);
  if (seen === undefined) throw raError('RA_PAYMENT_MISMATCH');
  const order = await lockOrder(tx, seen.order_id);
  return { order, payment: await lockPayment(tx, paymentId) };
}

type Stepping = {
  readonly order: OrderRow;
  readonly payment: PaymentRow;
  readonly event: PaymentEvent;
  readonly at: Date;
  readonly reason?: string;
  readonly by?: Acting;
};

/** One step of a payment whose order is held, and what it does to the order. @throws RA_PAYMENT_STATE */
export async function stepPayment(deps: Paying, tx: Tx, stepping: Stepping): Promise<PaymentRow> {
  const { order, payment, event, at, reason, by = BY_SYSTEM } = stepping;
  const verdict = step(PAYMENT_STATES, { state: payment.state, event, facts: undefined });
  if (!verdict.allowed) throw raError(verdict.code);
  const state = verdict.next;
  if (state === payment.state) return payment;
  const changed = await updatePayment(tx, payment.id, {
    state,
    updated_at: new Date(deps.clock.now()),
    ...(state === 'PAID' ? { paid_at: at } : {}),
    ...(state === 'REFUNDED' ? { refunded_at: at } : {}),
    ...(state === 'REFUNDING' ? { refund_reason: reason ?? null } : {}),
  });
  await deps.audit.record(tx, {
    actor: by.actor,
    action: `ra.payment-${event}`,
    subject: { kind: 'ra-payment', id: payment.id },
    before: { state: payment.state },
    after: { state, order: order.id, amount: payment.amount },
    ...(order.entity_id === null ? {} : { entity: order.entity_id }),
  });
  if (state === 'REFUNDING') {
    const payload: PaymentOrder = { paymentId: payment.id };
    await deps.outbox.enqueue(tx, { queue: REFUND_QUEUE, payload, subject: payment.id, maxAttempts: 30 });
  }
  return state === 'PAID' ? moneyArrived(deps, tx, { order, payment: changed }) : changed;
}

/** An order that waits for it goes on; money that no order waits for goes back. */
async function moneyArrived(
  deps: Paying,
  tx: Tx,
  { order, payment }: { readonly order: OrderRow; readonly payment: PaymentRow },
): Promise<PaymentRow> {
  if (order.state === 'TO_PAY') {
    await changeOrder(deps, tx, { row: order, change: { event: 'pay', by: BY_SYSTEM } });
    return payment;
  }
  const at = new Date(deps.clock.now());
  return stepPayment(deps, tx, { order, payment, event: 'refund', at, reason: '订单已不需要支付' });
}
