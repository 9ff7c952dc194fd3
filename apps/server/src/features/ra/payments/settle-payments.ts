import { CodedError } from '@hufu/kernel';
import { withTransaction } from '../../../infra/database/database.ts';
import type { Job } from '../../../infra/outbox/job.ts';
import type { RaDeps } from '../deps.ts';
import { raError } from '../errors.ts';
import { lockOrder } from '../orders/order-store.ts';
import { applyReport, type PaymentOrder, REFUND_QUEUE, stepPayment } from './apply-report.ts';
import { providerOf } from './open-payment.ts';
import {
  insertNotice,
  lockPayment,
  type PaymentRow,
  paymentById,
  touchPayment,
  unsettledPayments,
} from './payment-store.ts';
import type { PaymentProvider, PaymentReport } from './provider.ts';

type Message = Parameters<PaymentProvider['readNotice']>[0];

/** A notice of the provider: genuine, about this payment and this amount, and taken once. @throws RA_PAYMENT_* */
export async function takeNotice(deps: RaDeps, message: Message): Promise<void> {
  const notice = providerOf(deps).readNotice(message);
  await withTransaction(deps.database, async (tx) => {
    if ((await paymentById(tx, notice.order)) === undefined) throw raError('RA_PAYMENT_MISMATCH');
    const { eventId, order: paymentId, state } = notice;
    const isNew = await insertNotice(tx, { eventId, paymentId, state, at: new Date(deps.clock.now()) });
    if (isNew) await applyReport(deps, tx, notice);
  });
  deps.outbox.poke(REFUND_QUEUE);
}

/** Before it is asked about: a notice is usually faster. */
const PATIENCE_MS = 20_000;

/** Asks the provider about everything that is not settled: a notice may be lost, and a page may be left. */
export async function settlePayments(deps: RaDeps): Promise<void> {
  if (deps.payments === undefined) return;
  const { payments: provider } = deps;
  const before = new Date(deps.clock.now() - PATIENCE_MS);
  for (const payment of await unsettledPayments(deps.database.db, before)) {
    try {
      await settle(deps, payment, await standing(deps, provider, payment));
    } catch (error) {
      deps.log.warn(
        { payment: payment.id, code: error instanceof CodedError ? error.code : 'INTERNAL' },
        'payment not settled',
      );
    }
  }
  deps.outbox.poke(REFUND_QUEUE);
}

/** One whose time is over is closed at the provider first, so that it cannot be paid any more. */
async function standing(
  deps: RaDeps,
  provider: PaymentProvider,
  payment: PaymentRow,
): Promise<PaymentReport | undefined> {
  const over = payment.state === 'CREATED' && payment.expires_at.getTime() <= deps.clock.now();
  return over ? provider.close(payment.id) : provider.query(payment.id);
}

async function settle(deps: RaDeps, payment: PaymentRow, report: PaymentReport | undefined): Promise<void> {
  const now = new Date(deps.clock.now());
  await withTransaction(deps.database, async (tx) => {
    if (report !== undefined) {
      await applyReport(deps, tx, report);
    } else if (payment.state === 'CREATED' && payment.expires_at <= now) {
      // The provider never heard of it.
      const order = await lockOrder(tx, payment.order_id);
      const held = await lockPayment(tx, payment.id);
      await stepPayment(deps, tx, { order, payment: held, event: 'expired', at: now });
    }
    await touchPayment(tx, payment.id, now);
  });
}

/** Closes one that nobody waits for any more; if it was paid meanwhile, the answer says so and the money goes back. */
export async function closePayment(deps: RaDeps, { payload }: Pick<Job, 'payload'>): Promise<void> {
  const report = await providerOf(deps).close((payload as PaymentOrder).paymentId);
  if (report === undefined) return;
  await withTransaction(deps.database, (tx) => applyReport(deps, tx, report));
  deps.outbox.poke(REFUND_QUEUE);
}

/** Gives money back; asked again until the provider says that it is done. */
export async function refundPayment(deps: RaDeps, { payload }: Pick<Job, 'payload'>): Promise<void> {
  const { paymentId } = payload as PaymentOrder;
  const payment = await paymentById(deps.database.db, paymentId);
  if (payment?.state !== 'REFUNDING') return;
  const report = await providerOf(deps).refund({
    order: payment.id,
    amount: payment.amount,
    reason: payment.refund_reason ?? '',
  });
  if (report === undefined) throw raError('RA_PAYMENT_SILENT');
  await withTransaction(deps.database, (tx) => applyReport(deps, tx, report));
}
