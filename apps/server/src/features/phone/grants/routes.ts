import { phoneRoutes } from '@hufu/contracts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { phoneUserOf, serve } from '../../access/index.ts';
import type { PhoneContext } from '../context.ts';
import { originOf } from '../deps.ts';
import { grant, listGrants, listScopes, revokeGrant } from './grants.ts';

/** 授权管理. */
export function grantRoutes(app: HttpApp, { deps }: PhoneContext): void {
  serve(app, { route: phoneRoutes.scopes, handler: () => listScopes(deps) });

  serve(app, {
    route: phoneRoutes.grants,
    handler: ({ params, query, request }) =>
      listGrants(deps, { ...query, entityId: params.id, userId: phoneUserOf(request).userId }),
  });

  serve(app, {
    route: phoneRoutes.grant,
    handler: ({ params, body, request }) =>
      grant(deps, {
        entityId: params.id,
        user: phoneUserOf(request),
        form: body,
        from: originOf(deps, request),
      }),
  });

  serve(app, {
    route: phoneRoutes.revokeGrant,
    handler: ({ params, request }) =>
      revokeGrant(deps, { id: params.id, user: phoneUserOf(request), from: originOf(deps, request) }),
  });
}
