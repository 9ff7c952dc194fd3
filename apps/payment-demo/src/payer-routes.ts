import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { paymentError } from './errors.ts';
import { current, newEventId, type Sandbox } from './merchant-routes.ts';
import { noticePage, payPage, STYLE_HASH } from './pages.ts';
import { step } from './payments.ts';

const Act = z.object({ act: z.enum(['pay', 'leave']) });

/** The pay page. Whoever has its address may pay; only the page itself can send the form. */
export async function payerRoutes(app: FastifyInstance, sandbox: Sandbox): Promise<void> {
  const { book, clock, config } = sandbox;
  const origin = new URL(config.baseUrl).origin;
  await app.register(formbody, { bodyLimit: 1024 });

  const html = (reply: FastifyReply, text: string, status = 200) =>
    reply
      .code(status)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'same-origin')
      .header(
        'content-security-policy',
        `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self' ${config.merchantOrigin}; frame-ancestors 'none'; base-uri 'none'`,
      )
      .send(text);
  const gone = (reply: FastifyReply) =>
    html(reply, noticePage('页面已失效', '请返回标证通重新发起支付。'), 404);

  app.get<{ Params: { token: string } }>('/pay/:token', async (request, reply) => {
    const found = book.byToken(request.params.token);
    return found === undefined ? gone(reply) : html(reply, payPage(await current(sandbox, found)));
  });

  app.post<{ Params: { token: string } }>('/pay/:token', async (request, reply) => {
    if (request.headers.origin !== origin) throw paymentError('PAYMENT_FOREIGN');
    const found = book.byToken(request.params.token);
    if (found === undefined) return gone(reply);
    const payment = await current(sandbox, found);
    const form = Act.safeParse(request.body);
    if (!form.success) throw paymentError('PAYMENT_INPUT');
    if (form.data.act === 'leave') return reply.redirect(payment.returnUrl, 303);
    if (payment.state !== 'CREATED') return html(reply, payPage(payment));
    const paid = await book.change(() => {
      const now = book.byOrder(payment.order)!;
      return now.state === 'CREATED'
        ? step(now, { event: 'pay', at: clock.now(), eventId: newEventId() })
        : now;
    });
    return html(reply, payPage(paid));
  });
}
