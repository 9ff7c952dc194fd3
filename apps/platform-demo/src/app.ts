import { randomBytes, timingSafeEqual } from 'node:crypto';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import files from '@fastify/static';
import {
  type DirectLogin,
  exchangeRefusal,
  type HubLogin,
  type HufuIdentity,
  type PendingLogin,
  sdkErrorEntry,
} from '@hufu/sdk';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { PlatformConfig } from './config.ts';
import { type FilingEvent, nextFiling } from './filing.ts';
import type { Library } from './library.ts';
import { libraryRoutes } from './library-routes.ts';
import { directLoginPage, loginPage, memberPage } from './pages/member.tsx';
import { noticePage, reviewLoginPage, reviewPage } from './pages/review.tsx';
import { READ_ONLY } from './pages/unit.tsx';
import type { Store } from './store.ts';

type Deps = {
  readonly config: PlatformConfig;
  readonly hub: HubLogin;
  readonly direct: DirectLogin;
  readonly store: Store;
  readonly library: Library;
  readonly publicDir: string;
};

const FilingForm = z.object({
  contact: z.string().trim().min(1).max(50),
  phone: z
    .string()
    .trim()
    .regex(/^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$/),
  scope: z.string().trim().min(1).max(200),
});
const DirectProof = z.object({ challengeId: z.string(), certificate: z.base64(), signature: z.base64() });
const LogoutBody = z.object({ logout_token: z.string().max(10_000) });

const sameText = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
const newId = () => randomBytes(24).toString('base64url');
/** Addresses that the hub posts to. */
const FROM_HUB = new Set(['/oidc/backchannel-logout', '/hufu/notices']);
/** How long a reviewer stays logged in; a restart ends it, too. */
const REVIEWER_MS = 8 * 3_600_000;

export async function createPlatform({ config, hub, direct, store, library, publicDir }: Deps) {
  const app = Fastify({ logger: false, bodyLimit: 64 * 1024, trustProxy: false });
  const names = {
    session: `p_${config.code}_s`,
    pending: `p_${config.code}_l`,
    reviewer: `p_${config.code}_r`,
  };
  const secure = config.baseUrl.startsWith('https:');
  const cookies = { httpOnly: true, sameSite: 'lax', path: '/', secure, signed: true } as const;
  const html = (reply: FastifyReply, text: string, status = 200) =>
    reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(text);

  await app.register(cookie, { secret: config.clientSecret });
  await app.register(formbody);
  await app.register(files, { root: publicDir, prefix: '/public/' });

  const readCookie = (request: FastifyRequest, name: string) => {
    const raw = request.cookies[name];
    return raw === undefined ? undefined : (request.unsignCookie(raw).value ?? undefined);
  };
  const current = (request: FastifyRequest) => store.session(readCookie(request, names.session) ?? '');
  const reviewers = new Map<string, number>();
  const isReviewer = (request: FastifyRequest) =>
    (reviewers.get(readCookie(request, names.reviewer) ?? '') ?? 0) > Date.now();

  app.addHook('onRequest', async (request, reply) => {
    reply.header(
      'content-security-policy',
      `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'; form-action 'self' ${new URL(config.hubUrl).origin}; ` +
        `connect-src 'self' ${config.keyBridgePorts.map((port) => `http://127.0.0.1:${port}`).join(' ')}; ` +
        `frame-src ${config.keyBridgePorts.map((port) => `http://127.0.0.1:${port}`).join(' ')}; frame-ancestors 'none'; base-uri 'none'`,
    );
    // The hub's servers are the one caller that is not a page of ours; what they post is signed.
    const unsafe = request.method === 'POST' && !FROM_HUB.has(request.url);
    if (unsafe && request.headers.origin !== new URL(config.baseUrl).origin) {
      return html(reply, noticePage(config, '已拒绝', '请求来自其他网站，已拒绝。'), 403);
    }
  });

  app.setErrorHandler((error: unknown, request, reply) => {
    const refusal = exchangeRefusal(error);
    if (refusal !== undefined)
      return html(reply, noticePage(config, '主体信息库没有接受', refusal.message), 409);
    const known = sdkErrorEntry(error);
    if (known !== undefined) {
      if (request.headers.accept?.includes('application/json')) {
        return reply.code(known.status).send({ code: known.code, title: known.zh });
      }
      return html(reply, loginPage(config, known.zh), known.status);
    }
    if (error instanceof z.ZodError) {
      return html(
        reply,
        noticePage(config, '填写内容有误', '请检查联系人、联系电话和主营业务后重新提交。'),
        422,
      );
    }
    return html(reply, noticePage(config, '系统出错', '您的信息没有改动，请稍后再试。'), 500);
  });

  function openSession(reply: FastifyReply, identity: HufuIdentity, isDirect: boolean) {
    const id = newId();
    store.putSession(id, { identity, since: new Date().toISOString(), direct: isDirect });
    reply.setCookie(names.session, id, cookies);
  }

  async function sendToHub(reply: FastifyReply) {
    const { url, pending } = await hub.begin();
    reply.setCookie(names.pending, JSON.stringify(pending), { ...cookies, maxAge: 600 });
    return reply.redirect(url, 303);
  }

  app.get('/', (request, reply) => {
    const session = current(request);
    const member = session && store.member(session.identity.uscc);
    return html(reply, session && member ? memberPage(config, session, member) : loginPage(config));
  });
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/login/hub', (_request, reply) => sendToHub(reply));

  // The hub sends a browser here after its two confirmations (OpenID Connect third-party initiated login).
  app.get('/oidc/initiate', (request, reply) => {
    const { iss } = z.object({ iss: z.string() }).parse(request.query);
    if (iss !== config.issuer) return html(reply, loginPage(config, '登录请求不是来自CA互认系统。'), 403);
    return sendToHub(reply);
  });

  app.get('/oidc/callback', async (request, reply) => {
    const kept = readCookie(request, names.pending);
    reply.clearCookie(names.pending, cookies);
    const pending = kept === undefined ? undefined : (JSON.parse(kept) as PendingLogin);
    const identity = await hub.complete(new URL(request.url, config.baseUrl), pending);
    store.activate(identity, new Date().toISOString());
    openSession(reply, identity, false);
    return reply.redirect('/', 303);
  });

  app.post('/oidc/backchannel-logout', async (request, reply) => {
    const notice = await hub.readLogoutToken(LogoutBody.parse(request.body).logout_token);
    store.endSessions(({ identity }) =>
      notice.sid === undefined ? identity.subject === notice.subject : identity.sid === notice.sid,
    );
    return reply.code(200).header('cache-control', 'no-store').send();
  });

  app.post('/logout', async (request, reply) => {
    const session = current(request);
    store.endSessions((_session, id) => id === readCookie(request, names.session));
    reply.clearCookie(names.session, cookies);
    if (session === undefined || session.direct) return reply.redirect('/', 303);
    return reply.redirect(await hub.logoutUrl(session.identity, `${config.baseUrl}/`), 303);
  });

  app.get('/login/direct', (_request, reply) => html(reply, directLoginPage(config)));
  app.post('/login/direct/challenge', () => direct.challenge());
  app.post('/login/direct', async (request, reply) => {
    const holder = await direct.verify(DirectProof.parse(request.body));
    openSession(reply, store.knownIdentity(holder), true);
    return { redirectTo: '/' };
  });

  app.post('/filing', (request, reply) => {
    const uscc = current(request)?.identity.uscc;
    if (uscc === undefined) return reply.redirect('/', 303);
    if (config.filingMode === 'MIRROR') return html(reply, noticePage(config, '不能修改', READ_ONLY), 409);
    return applyFiling(reply, uscc, { kind: 'submit', form: FilingForm.parse(request.body) });
  });

  async function applyFiling(reply: FastifyReply, uscc: string, event: FilingEvent) {
    const member = store.member(uscc);
    const next = member && nextFiling(member.filing, event);
    if (next === undefined) return html(reply, noticePage(config, '不能办理', '当前状态不允许此操作。'), 409);
    const changed = store.change(uscc, { filing: next });
    if (changed !== undefined && event.kind !== 'submit') {
      const decision = event.kind === 'approve' ? 'APPROVED' : 'REJECTED';
      // An entity that is not in the library has nothing there that others could recognise.
      await library.tellDecision(changed, decision).catch((error: unknown) => {
        if (exchangeRefusal(error) === undefined) throw error;
      });
    }
    return reply.redirect(event.kind === 'submit' ? '/' : '/review', 303);
  }

  app.get('/review', (request, reply) => {
    if (!isReviewer(request)) return html(reply, reviewLoginPage(config, false));
    const waiting = store.members().filter(({ filing }) => filing.state === 'UNDER_REVIEW');
    return html(reply, reviewPage({ config, waiting, members: store.members() }));
  });
  libraryRoutes(app, { config, store, library, html, current, isReviewer });
  app.post('/review/login', (request, reply) => {
    const { password } = z.object({ password: z.string().max(200) }).parse(request.body);
    if (!sameText(password, config.reviewerPassword)) return html(reply, reviewLoginPage(config, true), 403);
    const id = newId();
    reviewers.set(id, Date.now() + REVIEWER_MS);
    reply.setCookie(names.reviewer, id, cookies);
    return reply.redirect('/review', 303);
  });
  app.post('/review/:uscc/:decision', (request, reply) => {
    if (!isReviewer(request)) return html(reply, reviewLoginPage(config, false), 403);
    const { uscc, decision } = z
      .object({ uscc: z.string(), decision: z.enum(['approve', 'reject']) })
      .parse(request.params);
    if (decision === 'approve') return applyFiling(reply, uscc, { kind: 'approve' });
    const { reason } = z.object({ reason: z.string().trim().min(1).max(200) }).parse(request.body);
    return applyFiling(reply, uscc, { kind: 'reject', reason });
  });

  return app;
}
