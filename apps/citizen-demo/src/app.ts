import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { errors } from 'oidc-provider';
import { z } from 'zod';
import { citizenBy } from './citizens.ts';
import type { CitizenConfig } from './config.ts';
import { loginPage, noticePage, STYLE_HASH } from './pages.ts';
import { createProvider } from './provider.ts';

const LoginForm = z.object({ account: z.string().max(40), password: z.string().max(100) });
/** Wrong passwords of one login; then it starts anew. */
const MOST_TRIES = 5;

/** The provider with its login page. The caller listens. */
export async function createCitizenApp(config: CitizenConfig) {
  const provider = await createProvider(config);
  const handle = provider.callback();
  const origin = new URL(config.baseUrl).origin;
  const answerOrigins = [...new Set(config.clients.map(({ redirectUri }) => new URL(redirectUri).origin))];
  const nameOf = (id: unknown) => config.clients.find((one) => one.id === id)?.name ?? '';
  const tries = new Map<string, number>();
  const app = Fastify({ logger: false, bodyLimit: 16 * 1024 });

  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  const isOwn = (url: string) => /^\/(interaction\/|healthz$)/.test(url);
  // The provider reads its requests itself, before anybody parses them.
  app.addHook('onRequest', async (request, reply) => {
    if (isOwn(request.url)) return;
    reply.hijack();
    await handle(request.raw, reply.raw);
  });

  const html = (reply: FastifyReply, text: string, status = 200) =>
    reply
      .code(status)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header(
        'content-security-policy',
        `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self' ${answerOrigins.join(' ')}; frame-ancestors 'none'; base-uri 'none'`,
      )
      .send(text);

  /** Whose login it is says the cookie that the provider has set for it. */
  const detailsOf = async ({ raw }: FastifyRequest, reply: FastifyReply) => {
    try {
      return await provider.interactionDetails(raw, reply.raw);
    } catch (error) {
      if (error instanceof errors.SessionNotFound) return undefined;
      throw error;
    }
  };
  const gone = (reply: FastifyReply) =>
    html(reply, noticePage('登录已过期', '请返回原来的应用重新登录。'), 410);

  app.get('/healthz', async () => ({ ok: true }));
  app.get<{ Params: { uid: string } }>('/interaction/:uid', async (request, reply) => {
    const details = await detailsOf(request, reply);
    if (details === undefined) return gone(reply);
    return html(reply, loginPage({ uid: details.uid, client: nameOf(details.params['client_id']) }));
  });
  app.post<{ Params: { uid: string } }>('/interaction/:uid', async (request, reply) => {
    if (request.headers.origin !== origin) {
      return html(reply, noticePage('已拒绝', '请求来自其他网站，已拒绝。'), 403);
    }
    const details = await detailsOf(request, reply);
    if (details === undefined) return gone(reply);
    const { uid } = details;
    const form = LoginForm.safeParse(request.body);
    const citizen = form.success ? citizenBy(form.data) : undefined;
    if (citizen === undefined) {
      const wrong = (tries.get(uid) ?? 0) + 1;
      tries.set(uid, wrong);
      if (wrong < MOST_TRIES) {
        const account = form.success ? form.data.account : '';
        const client = nameOf(details.params['client_id']);
        return html(reply, loginPage({ uid, client, account, problem: '手机号或密码错误' }), 403);
      }
    }
    tries.delete(uid);
    reply.hijack();
    const result =
      citizen === undefined
        ? { error: 'access_denied', error_description: 'too many wrong passwords' }
        : { login: { accountId: citizen.account } };
    await provider.interactionFinished(request.raw, reply.raw, result, { mergeWithLastSubmission: false });
  });
  return app;
}
