import { type Clock, CodedError, systemClock } from '@hufu/kernel';
import Fastify, { type FastifyInstance, type FastifyPluginAsync } from 'fastify';
import { openBook } from './book.ts';
import type { PaymentConfig } from './config.ts';
import { PAYMENT_ERRORS } from './errors.ts';
import { merchantRoutes } from './merchant-routes.ts';
import { createNotifier } from './notifier.ts';
import { payerRoutes } from './payer-routes.ts';

export type PaymentApp = {
  readonly http: FastifyInstance;
  /** Tells the merchant what is due now. */
  notify(): Promise<void>;
  close(): Promise<void>;
};

const NOTIFY_EVERY_MS = 500;

const isKnown = (code: string): code is keyof typeof PAYMENT_ERRORS => Object.hasOwn(PAYMENT_ERRORS, code);

/** The sandbox: a payment provider that moves no money. The caller listens. */
export async function createPaymentApp(
  config: PaymentConfig,
  clock: Clock = systemClock,
): Promise<PaymentApp> {
  const book = await openBook(config.dataDir);
  const sandbox = { book, clock, config };
  const notifier = createNotifier(sandbox);
  const http = Fastify({ logger: false, bodyLimit: 16 * 1024, forceCloseConnections: true });
  http.setErrorHandler((error, _request, reply) => {
    const code = error instanceof CodedError && isKnown(error.code) ? error.code : undefined;
    const status =
      code === undefined
        ? ((error as { statusCode?: number }).statusCode ?? 500)
        : PAYMENT_ERRORS[code].status;
    return reply
      .code(status)
      .send({ code: code ?? 'PAYMENT_INTERNAL', title: code && PAYMENT_ERRORS[code].zh });
  });
  http.get('/healthz', async () => ({ ok: true }));
  const merchantSide: FastifyPluginAsync = async (own) => {
    own.removeAllContentTypeParsers();
    own.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    merchantRoutes(own, sandbox);
  };
  const payerSide: FastifyPluginAsync = async (own) => payerRoutes(own, sandbox);
  await http.register(merchantSide);
  await http.register(payerSide);

  let running: Promise<void> = Promise.resolve();
  const notify = (): Promise<void> => {
    running = running.then(() => notifier.run()).catch((error: unknown) => console.error('notices', error));
    return running;
  };
  const timer = setInterval(() => void notify(), NOTIFY_EVERY_MS);
  return {
    http,
    notify,
    async close() {
      clearInterval(timer);
      await running;
      await http.close();
    },
  };
}
