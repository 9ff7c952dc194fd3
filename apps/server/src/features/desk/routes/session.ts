import { deskRoutes } from '@hufu/contracts';
import { CodedError, shanghaiInstant, shanghaiParts } from '@hufu/kernel';
import { withTransaction } from '../../../infra/database/database.ts';
import { auditOrigin } from '../../../infra/http/caller-facts.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { serve } from '../../access/index.ts';
import { operatorActor } from '../deps.ts';
import { deskError } from '../errors.ts';
import { countOpen } from '../store/approvals.ts';
import { countOverview, loginsByHour } from '../store/overview.ts';
import { endDeskSession } from '../store/sessions.ts';
import { logInOperator } from '../usecases/log-in-operator.ts';
import { certificateView, iso, nameOf } from '../views.ts';
import { atDesk, type DeskContext } from './context.ts';

const DAY_MS = 86_400_000;

export function sessionRoutes(app: HttpApp, context: DeskContext): void {
  const { deps, peers, sessions } = context;
  const { db } = deps.database;
  const waiting = async () => ({
    approvals: await countOpen(db),
    unbind: await peers.hub.unbinding.countOpen(),
  });

  serve(app, {
    route: deskRoutes.login,
    config: { limit: 'desk-login' },
    handler: async ({ body, request, reply }) => {
      const browserSha256 = peers.hub.browser.read(request);
      if (browserSha256 === undefined) throw new CodedError('HUB_CHALLENGE_FOREIGN');
      const { operator, certificate, expiresAt } = await logInOperator(deps, sessions, {
        expectation: { proof: body, act: 'desk-login', browserSha256 },
        reply,
        from: auditOrigin(request, deps.sourceHash),
      });
      return {
        operator: { id: operator.id, name: nameOf(deps, operator), roles: operator.roles },
        certificate: certificateView(certificate),
        expiresAt: iso(expiresAt),
        waiting: await waiting(),
      };
    },
  });

  serve(app, {
    route: deskRoutes.session,
    handler: async ({ request }) => {
      const live = await sessions.find(request);
      if (live === undefined) throw deskError('DESK_SESSION_REQUIRED');
      const certificate = await deps.judge.read(new Uint8Array(live.certificate));
      return {
        operator: {
          id: live.operatorId,
          name: nameOf(deps, { id: live.operatorId, name_sealed: live.nameSealed }),
          roles: live.roles,
        },
        certificate: certificateView(certificate),
        expiresAt: iso(live.expiresAt),
        waiting: await waiting(),
      };
    },
  });

  serve(app, {
    route: deskRoutes.logout,
    handler: async ({ request, reply }) => {
      const at = atDesk(context, request);
      await withTransaction(deps.database, async (tx) => {
        await endDeskSession(tx, { id: at.operator.sessionId, at: new Date(deps.clock.now()) });
        await deps.audit.record(tx, {
          actor: operatorActor(at),
          action: 'desk.logout',
          subject: { kind: 'operator', id: at.operator.operatorId },
          origin: at.from,
        });
      });
      sessions.forget(reply);
      return undefined;
    },
  });

  serve(app, {
    route: deskRoutes.overview,
    handler: async () => {
      const now = deps.clock.now();
      const dayStart = new Date(shanghaiInstant(shanghaiParts(now).date));
      const [counts, hours, open, authorities] = await Promise.all([
        countOverview(db, dayStart),
        loginsByHour(db, new Date(now - DAY_MS)),
        waiting(),
        peers.trust.contacts(),
      ]);
      return {
        enterprises: counts.enterprises,
        certificates: counts.certificates,
        loginsToday: counts.logins_today,
        refusalsToday: counts.refusals_today,
        unbindOpen: open.unbind,
        approvalsOpen: open.approvals,
        deadLetters: counts.dead_letters,
        loginsByHour: hours.map(({ hour, logins, refusals }) => ({ hour: iso(hour), logins, refusals })),
        authorities,
      };
    },
  });
}
