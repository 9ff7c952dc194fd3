import { deskRoutes } from '@hufu/contracts';
import { CodedError } from '@hufu/kernel';
import type { FastifyRequest } from 'fastify';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { can, serve } from '../../access/index.ts';
import type { ChallengeSubjects } from '../../hub/index.ts';
import { contentDigest } from '../domain/content-digest.ts';
import { deskError } from '../errors.ts';
import { approvalById, pageOfApprovals } from '../store/approvals.ts';
import { type Decision, decideApproval, withdrawApproval } from '../usecases/approvals.ts';
import { approvalView, operatorNames } from '../views.ts';
import { atDesk, type DeskContext, offsetOf } from './context.ts';

const SUBJECT = /^(APPROVE|REJECT):([A-Za-z0-9_-]{1,64})$/;
const VERBS: Readonly<Record<Decision, string>> = { APPROVE: '同意', REJECT: '不同意' };

/** What a decision's challenge says above the PIN field; its subject is `APPROVE:<id>` or `REJECT:<id>`. */
export function approvalSubjects({
  deps,
  sessions,
}: Pick<DeskContext, 'deps' | 'sessions'>): ChallengeSubjects {
  return {
    'desk-approve': async (request: FastifyRequest, subject: string) => {
      const permission = can(await sessions.caller(request), deskRoutes.decideApproval);
      if (!permission.allowed) throw new CodedError(permission.code);
      const [, decision, id = ''] = SUBJECT.exec(subject) ?? [];
      const row = await approvalById(deps.database.db, id);
      if (row === undefined) throw deskError('DESK_UNKNOWN');
      if (row.state !== 'OPEN') throw deskError('DESK_APPROVAL_CLOSED');
      const said = visible(`${VERBS[decision as Decision]}：${row.summary}`);
      return { subject, summary: `${said}（内容摘要 ${contentDigest(row)}）` };
    },
  };
}

/** A statement shows and signs visible characters only, 500 at most. */
const visible = (text: string): string =>
  [...text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ')].slice(0, 400).join('');

export function approvalRoutes(app: HttpApp, context: DeskContext): void {
  const { deps, kinds, peers } = context;

  serve(app, {
    route: deskRoutes.approvals,
    handler: async ({ query, request }) => {
      const { operator } = atDesk(context, request);
      const page = { open: query.state === 'OPEN', ...offsetOf(query) };
      const { items, total } = await pageOfApprovals(deps.database.db, page);
      const names = await operatorNames(deps);
      return {
        items: items.map((row) => approvalView(row, { names, operatorId: operator.operatorId })),
        total,
        page: query.page,
        pageSize: query.pageSize,
      };
    },
  });

  serve(app, {
    route: deskRoutes.decideApproval,
    config: { limit: 'desk-login' },
    handler: async ({ params, body, request }) => {
      const at = atDesk(context, request);
      const browserSha256 = peers.hub.browser.read(request);
      if (browserSha256 === undefined) throw new CodedError('HUB_CHALLENGE_FOREIGN');
      const row = await decideApproval(deps, kinds, { id: params.id, body, browserSha256, at });
      return approvalView(row, {
        names: await operatorNames(deps),
        operatorId: at.operator.operatorId,
      });
    },
  });

  serve(app, {
    route: deskRoutes.withdrawApproval,
    handler: async ({ params, request }) => {
      const at = atDesk(context, request);
      const row = await withdrawApproval(deps, kinds, { id: params.id, at });
      return approvalView(row, {
        names: await operatorNames(deps),
        operatorId: at.operator.operatorId,
      });
    },
  });
}
