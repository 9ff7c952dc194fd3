import { randomBytes } from 'node:crypto';
import type { Clock } from '@hufu/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Book } from './book.ts';
import type { PaymentConfig } from './config.ts';
import { paymentError } from './errors.ts';
import { isOver, type Payment, type PaymentEvent, step } from './payments.ts';
import { isSigned } from './signature.ts';

const Order = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

const NewPayment = z.strictObject({
  order: Order,
  amount: z.int().min(1).max(100_000_000),
  subject: z.string().trim().min(1).max(100),
  expiresAt: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  notifyUrl: z.url(),
  returnUrl: z.url(),
});
const Refund = z.strictObject({ amount: z.int().min(1), reason: z.string().max(200) });
const Named = z.strictObject({ order: Order });

export type Sandbox = { readonly book: Book; readonly clock: Clock; readonly config: PaymentConfig };

export const newEventId = (): string => randomBytes(16).toString('hex');

/** @throws PAYMENT_INPUT */
function read<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success)
    throw paymentError('PAYMENT_INPUT', { paths: parsed.error.issues.map(({ path }) => path.join('.')) });
  return parsed.data;
}

const header = (request: FastifyRequest, name: string): string => String(request.headers[name] ?? '');

/** The payment as it is now: one whose time is over has expired, whoever looks. */
export async function current({ book, clock }: Sandbox, found: Payment | undefined): Promise<Payment> {
  if (found === undefined) throw paymentError('PAYMENT_UNKNOWN');
  if (!isOver(found, clock.now())) return found;
  return book.change(() => {
    const now = book.byOrder(found.order)!;
    return isOver(now, clock.now())
      ? step(now, { event: 'expire', at: clock.now(), eventId: newEventId() })
      : now;
  });
}

/** The merchant's side: every request is signed. Called below a parser that leaves bodies as they came. */
export function merchantRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  const { book, clock, config } = sandbox;
  app.addHook('preHandler', async (request) => {
    const body = request.body instanceof Uint8Array ? request.body : '';
    const message = {
      method: request.method,
      path: request.url,
      time: header(request, 'x-payment-time'),
      body,
    };
    const signature = header(request, 'x-payment-signature');
    const genuine =
      header(request, 'x-payment-merchant') === config.merchant &&
      isSigned(config.secret, message, { signature, now: clock.now() });
    if (!genuine) throw paymentError('PAYMENT_SIGNATURE');
  });

  const json = (request: FastifyRequest): unknown => {
    try {
      return JSON.parse(Buffer.from(request.body as Uint8Array).toString('utf8'));
    } catch {
      throw paymentError('PAYMENT_INPUT');
    }
  };
  const view = ({ order, state, amount, at, token }: Payment) => ({
    order,
    state,
    amount,
    at: new Date(at).toISOString(),
    ...(state === 'CREATED' ? { payUrl: `${config.baseUrl}/pay/${token}` } : {}),
  });
  const named = async (request: FastifyRequest): Promise<Payment> =>
    current(sandbox, book.byOrder(read(Named, request.params).order));

  /** Done once already is done. */
  const act = async (payment: Payment, event: PaymentEvent, done: readonly Payment['state'][]) =>
    book.change(() => {
      const now = book.byOrder(payment.order)!;
      return done.includes(now.state) ? now : step(now, { event, at: clock.now(), eventId: newEventId() });
    });

  app.post('/v1/payments', async (request) => {
    const asked = read(NewPayment, json(request));
    const own = [asked.notifyUrl, asked.returnUrl].every(
      (url) => new URL(url).origin === config.merchantOrigin,
    );
    if (!own) throw paymentError('PAYMENT_INPUT', { paths: ['notifyUrl', 'returnUrl'] });
    const made = await book.change(() => {
      const known = book.byOrder(asked.order);
      if (known !== undefined) {
        if (known.amount !== asked.amount || known.subject !== asked.subject)
          throw paymentError('PAYMENT_DIFFERS');
        return known;
      }
      const token = randomBytes(24).toString('base64url');
      return { ...asked, token, state: 'CREATED', at: clock.now(), notices: [] };
    });
    return view(await current(sandbox, made));
  });
  app.get('/v1/payments/:order', async (request) => view(await named(request)));
  app.post('/v1/payments/:order/closure', async (request) => {
    const payment = await named(request);
    // What is paid stays paid: the merchant is told so.
    return view(await act(payment, 'close', ['CLOSED', 'EXPIRED', 'PAID', 'REFUNDED']));
  });
  app.post('/v1/payments/:order/refund', async (request) => {
    const { amount } = read(Refund, json(request));
    const payment = await named(request);
    if (amount !== payment.amount) throw paymentError('PAYMENT_DIFFERS');
    return view(await act(payment, 'refund', ['REFUNDED']));
  });
}
