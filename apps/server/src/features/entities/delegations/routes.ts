import { libraryEntityRoutes } from '@hufu/contracts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { memberOf, serve } from '../../access/index.ts';
import { type EntityContext, originOf } from '../context.ts';
import { delegate, delegationView, revokeDelegation } from './delegate.ts';
import { delegationsOf } from './delegation-store.ts';

/** People who act for the entity with certificates of their own. */
export function delegationRoutes(app: HttpApp, context: EntityContext): void {
  const { deps } = context;

  serve(app, {
    route: libraryEntityRoutes.delegations,
    handler: async ({ request }) => {
      const rows = await delegationsOf(deps.database.db, memberOf(request).entityId);
      return rows.map((row) => delegationView(deps, row));
    },
  });
  serve(app, {
    route: libraryEntityRoutes.delegate,
    handler: async ({ body, request }) => {
      const member = memberOf(request);
      const row = await delegate(deps, { member, form: body, from: originOf(context, request) });
      return delegationView(deps, row);
    },
  });
  serve(app, {
    route: libraryEntityRoutes.revokeDelegation,
    handler: async ({ params, body, request }) => {
      const member = memberOf(request);
      const from = originOf(context, request);
      const row = await revokeDelegation(deps, { id: params.id, reason: body.reason, member, from });
      return delegationView(deps, row);
    },
  });
}
