import { toBase64Url } from '@hufu/kernel';
import { withTransaction } from '../../../infra/database/database.ts';
import { type AtPhone, byPhone, type RaDeps } from '../deps.ts';
import { raError } from '../errors.ts';
import { lockOwn } from '../orders/draft-order.ts';
import { stepPayment } from './apply-report.ts';
import { insertPayment, type PaymentRow, paymentsOf, updatePayment } from './payment-store.ts';
import type { PaymentProvider } from './provider.ts';

/** How long a payment page is of use. */
const LIFETIME_MS = 30 * 60_000;

/** @throws RA_PAYMENT_ABSENT */
export function providerOf({ payments }: Pick<RaDeps, 'payments'>): PaymentProvider {
  if (payments === undefined) throw raError('RA_PAYMENT_ABSENT');
  return payments;
}

/**
 * Opens the payment of an approved order (MOB-016), or takes up the one that is open.
 * @throws RA_UNKNOWN, RA_NOT_PAYABLE, RA_PAYMENT_ABSENT, RA_PAYMENT_SILENT
 */
export async function openPayment(deps: RaDeps, orderId: string, at: AtPhone): Promise<PaymentRow> {
  const provider = providerOf(deps);
  const payment = await withTransaction(deps.database, async (tx) => {
    const order = await lockOwn(tx, orderId, at);
    if (order.state !== 'TO_PAY' || order.amount === null) throw raError('RA_NOT_PAYABLE');
    const now = deps.clock.now();
    const open = (await paymentsOf(tx, order.id)).find((one) => one.state === 'CREATED');
    if (open !== undefined && open.expires_at.getTime() > now) return open;
    if (open !== undefined) {
      const end = { order, payment: open, event: 'expired', at: new Date(now), by: byPhone(at) } as const;
      await stepPayment(deps, tx, end);
    }
    return insertPayment(tx, {
      id: toBase64Url(deps.random(16)),
      order_id: order.id,
      state: 'CREATED',
      amount: order.amount,
      pay_url: null,
      created_at: new Date(now),
      expires_at: new Date(now + LIFETIME_MS),
      paid_at: null,
      refunded_at: null,
      refund_reason: null,
      updated_at: new Date(now),
    });
  });
  if (payment.pay_url !== null) return payment;
  // Repeated after a break, it is the same payment there.
  const { payUrl } = await provider.create({
    order: payment.id,
    amount: payment.amount,
    subject: '数字证书费用',
    expiresAt: payment.expires_at,
    returnUrl: `${deps.config.baseUrl}/phone/orders/${orderId}`,
  });
  return withTransaction(deps.database, (tx) => updatePayment(tx, payment.id, { pay_url: payUrl }));
}
