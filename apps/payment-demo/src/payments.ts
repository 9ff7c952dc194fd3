import { z } from 'zod';
import { paymentError } from './errors.ts';

export const PAYMENT_STATES = ['CREATED', 'PAID', 'EXPIRED', 'CLOSED', 'REFUNDED'] as const;

/** One payment in the book. Times in milliseconds since the epoch, money in 分. */
export const Payment = z.strictObject({
  order: z.string(),
  /** In the address of the pay page: whoever has it may pay. */
  token: z.string(),
  amount: z.int().min(1),
  subject: z.string(),
  notifyUrl: z.string(),
  returnUrl: z.string(),
  expiresAt: z.int(),
  state: z.enum(PAYMENT_STATES),
  /** When it came into this state. */
  at: z.int(),
  /** What the merchant has still to be told, the oldest first. */
  notices: z.array(
    z.strictObject({
      eventId: z.string(),
      state: z.enum(PAYMENT_STATES),
      at: z.int(),
      tries: z.int(),
      next: z.int(),
    }),
  ),
});
export type Payment = z.infer<typeof Payment>;

export type PaymentEvent = 'pay' | 'expire' | 'close' | 'refund';

type Row = { readonly from: Payment['state']; readonly to: Payment['state'] };

/** created → paid → refunded, or expired, or closed by the merchant. Nothing else. */
const STEPS: Readonly<Record<PaymentEvent, Row>> = {
  pay: { from: 'CREATED', to: 'PAID' },
  expire: { from: 'CREATED', to: 'EXPIRED' },
  close: { from: 'CREATED', to: 'CLOSED' },
  refund: { from: 'PAID', to: 'REFUNDED' },
};

export type Happening = { readonly event: PaymentEvent; readonly at: number; readonly eventId: string };

/** A payment whose time is over is expired before anything else can happen to it. @throws PAYMENT_STATE */
export function step(payment: Payment, { event, at, eventId }: Happening): Payment {
  const { from, to } = STEPS[event];
  if (payment.state !== from) throw paymentError('PAYMENT_STATE');
  if (event === 'pay' && at >= payment.expiresAt) throw paymentError('PAYMENT_STATE');
  const notice = { eventId, state: to, at, tries: 0, next: at };
  return { ...payment, state: to, at, notices: [...payment.notices, notice] };
}

export const isOver = ({ state, expiresAt }: Payment, now: number): boolean =>
  state === 'CREATED' && now >= expiresAt;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10 * 60_000;
const MOST_TRIES = 60;

/** After a notice was not accepted: later, ever later, and one day no more (the merchant asks by itself). */
export function postpone(payment: Payment, now: number): Payment {
  const [first, ...rest] = payment.notices;
  if (first === undefined) return payment;
  const tries = first.tries + 1;
  if (tries >= MOST_TRIES) return { ...payment, notices: rest };
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(tries - 1, 20));
  return { ...payment, notices: [{ ...first, tries, next: now + pause }, ...rest] };
}

export const delivered = (payment: Payment): Payment => ({ ...payment, notices: payment.notices.slice(1) });
