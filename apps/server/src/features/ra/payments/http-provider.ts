import type { Clock } from '@hufu/kernel';
import { z } from 'zod';
import type { PaymentConfig } from '../../../infra/config/counter-settings.ts';
import { raError } from '../errors.ts';
import { isGenuine, signatureOf } from './message-signature.ts';
import type { PaymentNotice, PaymentProvider, PaymentReport } from './provider.ts';

const Report = z.object({
  order: z.string().max(64),
  state: z.enum(['CREATED', 'PAID', 'EXPIRED', 'CLOSED', 'REFUNDED']),
  amount: z.int().min(0),
  at: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  payUrl: z.url({ protocol: /^https?$/ }).optional(),
});
const Notice = Report.extend({ eventId: z.string().min(8).max(80) });

const TIMEOUT_MS = 10_000;

type Asking = { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: unknown };

/** A provider that speaks JSON over HTTP with signed messages; the sandbox is one. */
export function httpProvider(
  { url, merchant, secret }: PaymentConfig,
  { clock, notifyUrl }: { readonly clock: Clock; readonly notifyUrl: string },
): PaymentProvider {
  async function ask({ method, path, body }: Asking): Promise<z.infer<typeof Report> | undefined> {
    const text = body === undefined ? '' : JSON.stringify(body);
    const time = String(clock.now());
    const signature = signatureOf(secret, { method, path, time, body: Buffer.from(text) });
    try {
      const answer = await fetch(url + path, {
        method,
        headers: {
          'x-payment-merchant': merchant,
          'x-payment-time': time,
          'x-payment-signature': signature,
          connection: 'close',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: text }),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (answer.status === 404) return undefined;
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      return Report.parse(await answer.json());
    } catch (error) {
      throw raError('RA_PAYMENT_SILENT', {}, error);
    }
  }

  /** About the payment that was asked for, or it is worth nothing. */
  const reportOn = async (order: string, asking: Asking): Promise<PaymentReport | undefined> => {
    const report = await ask(asking);
    if (report !== undefined && report.order !== order) throw raError('RA_PAYMENT_SILENT');
    return report;
  };
  const pathOf = (order: string, act = ''): string => `/v1/payments/${order}${act}`;

  return {
    async create({ order, amount, subject, expiresAt, returnUrl }) {
      const report = await ask({
        method: 'POST',
        path: '/v1/payments',
        body: { order, amount, subject, expiresAt: expiresAt.toISOString(), returnUrl, notifyUrl },
      });
      if (report?.payUrl === undefined || report.order !== order || report.amount !== amount) {
        throw raError('RA_PAYMENT_SILENT');
      }
      return { payUrl: report.payUrl };
    },
    query: (order) => reportOn(order, { method: 'GET', path: pathOf(order) }),
    close: (order) => reportOn(order, { method: 'POST', path: pathOf(order, '/closure'), body: {} }),
    refund: ({ order, amount, reason }) =>
      reportOn(order, { method: 'POST', path: pathOf(order, '/refund'), body: { amount, reason } }),
    readNotice({ path, headers, body }): PaymentNotice {
      const header = (name: string): string => {
        const value = headers[name];
        return typeof value === 'string' ? value : '';
      };
      const parts = { method: 'POST', path, time: header('x-payment-time'), body };
      const genuine =
        header('x-payment-merchant') === merchant &&
        isGenuine(secret, parts, { signature: header('x-payment-signature'), now: clock.now() });
      if (!genuine) throw raError('RA_PAYMENT_FORGED');
      try {
        return Notice.parse(JSON.parse(Buffer.from(body).toString('utf8')));
      } catch (error) {
        throw raError('RA_PAYMENT_MISMATCH', {}, error);
      }
    },
  };
}
