import { hubRoutes } from '@hufu/contracts';
import { withTransaction } from '../../../infra/database/database.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { actorOf, holderOf, serve } from '../../access/index.ts';
import { hubError } from '../errors.ts';
import { authorisePlatform, confirmLogin, showAuthorisation } from '../usecases/authorise-platform.ts';
import { listTargets } from '../usecases/list-targets.ts';
import { sessionView } from '../views.ts';
import { languageFor, originOf, type RouteContext } from './context.ts';

/** The logged-in certificate, the chooser and the two confirmations. */
export function sessionRoutes(app: HttpApp, { deps }: RouteContext): void {
  serve(app, {
    route: hubRoutes.session,
    handler: async ({ request }) => {
      const session = await deps.sessions.find(request);
      if (session === undefined) throw hubError('HUB_SESSION_REQUIRED');
      return sessionView(deps, { session, language: languageFor(request) });
    },
  });

  serve(app, {
    route: hubRoutes.logout,
    handler: async ({ request, reply }) => {
      const holder = holderOf(request);
      await withTransaction(deps.database, async (tx) => {
        await deps.sessions.end(tx, { request, reply });
        await deps.audit.record(tx, {
          actor: actorOf(holder),
          action: 'session.logout',
          subject: { kind: 'certificate', id: holder.certificateId },
          origin: originOf(deps, request),
        });
      });
      return undefined;
    },
  });

  serve(app, {
    route: hubRoutes.targets,
    handler: async ({ request }) => listTargets(deps, holderOf(request)),
  });

  serve(app, {
    route: hubRoutes.authorise,
    handler: async ({ body, request }) =>
      authorisePlatform(deps, {
        platform: body.platform,
        holder: holderOf(request),
        from: originOf(deps, request),
      }),
  });

  serve(app, {
    route: hubRoutes.authorisation,
    handler: async ({ params, request }) =>
      showAuthorisation(deps, { id: params.id, holder: holderOf(request) }),
  });

  serve(app, {
    route: hubRoutes.confirmLogin,
    handler: async ({ params, request }) =>
      confirmLogin(deps, { id: params.id, holder: holderOf(request), from: originOf(deps, request) }),
  });
}
