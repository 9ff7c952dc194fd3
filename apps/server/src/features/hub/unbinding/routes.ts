import { hubRoutes, unbindRoutes } from '@hufu/contracts';
import { shanghaiParts, unbindingDueDate } from '@hufu/kernel';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { holderOf, serve } from '../../access/index.ts';
import { hubError } from '../errors.ts';
import { originOf } from '../routes/context.ts';
import { objectToApplication } from './decide-application.ts';
import type { UnbindDeps } from './deps.ts';
import { receiveScans } from './receive-scans.ts';
import { applicationByToken } from './store.ts';
import { resubmitApplication, type Submitted, submitApplication, tokenDigest } from './submit-application.ts';
import { applicationView } from './views.ts';

/** CA证书解绑 for applicants, who cannot log in; and the objection of those who can. */
export function unbindingRoutes(app: HttpApp, deps: UnbindDeps): void {
  const { db } = deps.database;
  const receipt = async ({ token, row }: Submitted) => ({
    statusUrl: `${deps.origin}/unbind/status/${token}`,
    token,
    application: await applicationView(db, row),
  });

  serve(app, {
    route: unbindRoutes.submit,
    config: { limit: 'unbind-submit' },
    handler: async ({ request }) => {
      const received = await receiveScans(request, deps.attachments);
      return receipt(await submitApplication(deps, { received, from: originOf(deps, request) }));
    },
  });

  serve(app, {
    route: unbindRoutes.resubmit,
    config: { limit: 'unbind-submit' },
    handler: async ({ params, request }) => {
      const received = await receiveScans(request, deps.attachments);
      const from = originOf(deps, request);
      return receipt(await resubmitApplication(deps, { token: params.token, received, from }));
    },
  });

  serve(app, {
    route: unbindRoutes.status,
    config: { limit: 'unbind-status' },
    handler: async ({ params }) => {
      const row = await applicationByToken(db, tokenDigest(params.token));
      if (row === undefined) throw hubError('UNBIND_UNKNOWN');
      return applicationView(db, row);
    },
  });

  serve(app, {
    route: unbindRoutes.deadline,
    handler: async () => {
      const now = deps.clock.now();
      const due = unbindingDueDate(now, deps.calendar);
      const { date, time } = shanghaiParts(now);
      const withinHours = due.date === date && time >= '09:00:00';
      return { dueAt: due.date, withinHours, calendarComplete: due.complete };
    },
  });

  serve(app, {
    route: hubRoutes.object,
    handler: async ({ params, body, request }) => {
      const from = originOf(deps, request);
      await objectToApplication(deps, {
        id: params.id,
        holder: holderOf(request),
        reason: body.reason,
        from,
      });
      return undefined;
    },
  });
}
