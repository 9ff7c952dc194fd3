import type { Clock } from '@hufu/kernel';
import type { Book } from './book.ts';
import type { PaymentConfig } from './config.ts';
import { delivered, type Payment, postpone } from './payments.ts';
import { sign } from './signature.ts';

const TIMEOUT_MS = 5_000;

export type Notifier = {
  /** Sends what is due, one notice of each payment. */
  run(): Promise<void>;
};

export type NotifierDeps = {
  readonly book: Book;
  readonly clock: Clock;
  readonly config: Pick<PaymentConfig, 'merchant' | 'secret'>;
};

/** Tells the merchant what happened, signed, in order, again and again until it is accepted. */
export function createNotifier({ book, clock, config }: NotifierDeps): Notifier {
  async function send({ order, amount, notifyUrl, notices }: Payment): Promise<boolean> {
    const { eventId, state, at } = notices[0]!;
    const body = JSON.stringify({ eventId, order, amount, state, at: new Date(at).toISOString() });
    const time = String(clock.now());
    const path = new URL(notifyUrl).pathname;
    try {
      const answer = await fetch(notifyUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-payment-merchant': config.merchant,
          'x-payment-time': time,
          'x-payment-signature': sign(config.secret, { method: 'POST', path, time, body }),
          connection: 'close',
        },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await answer.body?.cancel();
      return answer.ok;
    } catch {
      return false;
    }
  }

  return {
    async run() {
      const now = clock.now();
      for (const due of book.all().filter(({ notices }) => (notices[0]?.next ?? Infinity) <= now)) {
        const accepted = await send(due);
        await book.change(() => {
          const current = book.byOrder(due.order)!;
          return accepted ? delivered(current) : postpone(current, clock.now());
        });
      }
    },
  };
}
