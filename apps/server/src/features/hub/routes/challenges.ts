import { type Challenge, hubRoutes } from '@hufu/contracts';
import type { FastifyRequest } from 'fastify';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { can, type Holder, serve } from '../../access/index.ts';
import { hubError } from '../errors.ts';
import { findHolder } from '../find-holder.ts';
import { issueChallenge } from '../usecases/issue-challenge.ts';
import type { RouteContext } from './context.ts';

/** What a challenge is about, and what its holder reads above the PIN field. */
export type ChallengeSubject = { readonly subject: string; readonly summary: string };

/**
 * Acts of other features whose challenges the hub issues. Throws when the caller may not ask for one.
 */
export type ChallengeSubjects = Partial<
  Record<Challenge['act'], (request: FastifyRequest, subject: string) => Promise<ChallengeSubject>>
>;

export function challengeRoutes(
  app: HttpApp,
  { deps, browser }: RouteContext,
  others: ChallengeSubjects,
): void {
  const subjectOf = async (
    act: Challenge['act'],
    subject: string | undefined,
    request: FastifyRequest,
  ): Promise<ChallengeSubject | undefined> => {
    if (act === 'activate') {
      const holder = await primaryOf(request);
      return { subject: holder.sessionId, summary: '激活本单位的副锁' };
    }
    return others[act]?.(request, subject ?? '');
  };

  const primaryOf = async (request: FastifyRequest): Promise<Holder> => {
    const caller = await findHolder(deps, request);
    const permission = can(caller, hubRoutes.activate);
    if (permission.allowed && caller.kind === 'holder') return caller;
    throw hubError(caller.kind === 'holder' ? 'HUB_PRIMARY_ONLY' : 'HUB_SESSION_REQUIRED');
  };

  serve(app, {
    route: hubRoutes.createChallenge,
    config: { limit: 'hub-challenge' },
    handler: async ({ body, request, reply }) => {
      const about = await subjectOf(body.act, body.subject, request);
      return issueChallenge(deps, deps.database.db, {
        act: body.act,
        browserSha256: browser.ensure(request, reply),
        subject: about?.subject ?? null,
        summary: about?.summary ?? null,
      });
    },
  });
}
