import { hubRoutes } from '@hufu/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { withTransaction } from '../../../infra/database/database.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { holderOf, serve } from '../../access/index.ts';
import type { LiveSession } from '../../identity-provider/index.ts';
import { attemptView, doneAtOnce } from '../attempt-view.ts';
import { hubError } from '../errors.ts';
import { findLiveHolder } from '../find-holder.ts';
import { sessionFacts } from '../session-facts.ts';
import { type AttemptRow, handOver } from '../store/attempts.ts';
import { certificateById } from '../store/certificates.ts';
import type { ActRequest } from '../usecases/act.ts';
import { startAct } from '../usecases/start-act.ts';
import { loginView } from '../views.ts';
import { browserOf, languageFor, originOf, type RouteContext } from './context.ts';

/** Login, binding, activation: acts of a key, at once or as an attempt to be asked after. */
export function loginRoutes(app: HttpApp, context: RouteContext): void {
  const { deps, runner, browser } = context;
  const proofLimit = { limit: 'hub-proof', auditedInside: true } as const;

  serve(app, {
    route: hubRoutes.login,
    config: proofLimit,
    handler: async ({ body, request, reply }) => {
      let session: LiveSession | undefined;
      let act: ActRequest | undefined;
      const from = originOf(deps, request);
      // Locks say on which medium they are.
      const signer = body.mediaNo === null ? await deps.phones.signer(body.challengeId) : undefined;
      const begun = await startAct(deps, runner, {
        expectation: { proof: body, act: 'login', browserSha256: browserOf(browser, request) },
        from,
        request: (proved) => (act = { ...proved, act: 'login', from }),
        also: {
          draftSession: (certificate) => {
            const draft = deps.sessions.draft({ request, reply, facts: sessionFacts(certificate, signer) });
            session = draft?.session;
            return draft;
          },
          inTransaction: async (tx, { certificate }) => {
            session = await deps.sessions.create(tx, {
              request,
              reply,
              facts: sessionFacts(certificate!, signer),
            });
          },
        },
      });
      if (begun.state === 'CHECKING') return underWay(begun.attemptId, request, reply);
      return doneAtOnce(
        { id: body.challengeId, request: act! },
        {
          result: begun.result,
          login: await loginView(
            deps,
            { session: session!, language: languageFor(request) },
            begun.result.standing,
          ),
        },
      );
    },
  });

  serve(app, {
    route: hubRoutes.bind,
    config: proofLimit,
    handler: async ({ body, request, reply }) => {
      let act: ActRequest | undefined;
      const from = originOf(deps, request);
      const begun = await startAct(deps, runner, {
        expectation: { proof: body.proof, act: 'bind', browserSha256: browserOf(browser, request) },
        from,
        request: (proved) => (act = { ...proved, act: 'bind', fields: body.fields, from }),
      });
      if (begun.state === 'CHECKING') return underWay(begun.attemptId, request, reply);
      reply.code(begun.result.outcome === 'BOUND' ? 201 : 200);
      return doneAtOnce({ id: body.proof.challengeId, request: act! }, { result: begun.result });
    },
  });

  serve(app, {
    route: hubRoutes.activate,
    config: proofLimit,
    handler: async ({ body, request, reply }) => {
      let act: ActRequest | undefined;
      const from = originOf(deps, request);
      const holder = holderOf(request);
      const begun = await startAct(deps, runner, {
        expectation: {
          proof: body,
          act: 'activate',
          browserSha256: browserOf(browser, request),
          subject: holder.sessionId,
        },
        from,
        request: (proved) => (act = { ...proved, act: 'activate', holder, from }),
      });
      if (begun.state === 'CHECKING') return underWay(begun.attemptId, request, reply);
      return doneAtOnce({ id: body.challengeId, request: act! }, { result: begun.result });
    },
  });

  serve(app, {
    route: hubRoutes.attempt,
    handler: async ({ params, query, request, reply }) => {
      const key = { id: params.id, browserSha256: browserOf(browser, request) };
      const row = await runner.follow(key, query.wait * 1000);
      if (row === undefined || row.expires_at.getTime() <= deps.clock.now()) {
        throw hubError('HUB_CHALLENGE_UNKNOWN');
      }
      return shown(row, { request, reply });
    },
  });

  const underWay = async (id: string, request: FastifyRequest, reply: FastifyReply) => {
    reply.code(202);
    const row = await runner.follow({ id, browserSha256: browserOf(browser, request) }, 0);
    if (row === undefined) throw hubError('HUB_CHALLENGE_UNKNOWN');
    return shown(row, { request, reply });
  };

  const shown = async (row: AttemptRow, call: { request: FastifyRequest; reply: FastifyReply }) => {
    const { request } = call;
    const language = languageFor(request);
    const session = row.outcome === 'LOGGED_IN' ? await sessionFor(row, call) : undefined;
    const described = { now: deps.clock.now(), register: deps.register, language, requestId: request.id };
    if (session === undefined) return attemptView(row, described);
    return attemptView(row, { ...described, login: await loginView(deps, { session, language }) });
  };

  /**
   * The browser that began a slow login gets its session when it asks how the login went. Asked again with the
   * cookie in hand nothing changes; after a lost answer the session that nobody got is replaced. A session that has
   * ended stays ended: whoever sits down at the browser after a logout must not get in by asking again.
   */
  const sessionFor = async (row: AttemptRow, call: { request: FastifyRequest; reply: FastifyReply }) => {
    const live = await findLiveHolder(deps, call.request);
    if (live !== undefined && live.session.id === row.session_id) return live.session;
    const signer = await deps.phones.signer(row.id);
    return withTransaction(deps.database, async (tx) => {
      const certificate = await certificateById(tx, row.certificate_id!);
      if (certificate?.state !== 'BOUND') throw hubError('HUB_SESSION_REQUIRED');
      if (row.session_id !== null && !(await deps.sessions.endById(tx, row.session_id))) {
        throw hubError('HUB_SESSION_REQUIRED');
      }
      const session = await deps.sessions.create(tx, { ...call, facts: sessionFacts(certificate, signer) });
      await handOver(tx, { id: row.id, sessionId: session.id });
      return session;
    });
  };
}
