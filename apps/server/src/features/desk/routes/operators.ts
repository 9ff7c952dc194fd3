import { deskRoutes } from '@hufu/contracts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { serve } from '../../access/index.ts';
import { allOperators } from '../store/operators.ts';
import { disableOperator, proposeOperator, proposeRoles } from '../usecases/operators.ts';
import { operatorView } from '../views.ts';
import { atDesk, type DeskContext, proposed } from './context.ts';

export function operatorRoutes(app: HttpApp, context: DeskContext): void {
  const { deps } = context;

  serve(app, {
    route: deskRoutes.operators,
    handler: async () => (await allOperators(deps.database.db)).map((row) => operatorView(deps, row)),
  });

  serve(app, {
    route: deskRoutes.addOperator,
    handler: async ({ body, request }) => {
      const { operator } = atDesk(context, request);
      const proposal = await proposeOperator(deps, body, operator);
      return proposed(context, request, { proposal, reason: body.reason });
    },
  });

  serve(app, {
    route: deskRoutes.changeOperatorRoles,
    handler: async ({ params, body, request }) => {
      const { operator } = atDesk(context, request);
      const proposal = await proposeRoles(deps, { id: params.id, roles: body.roles }, operator);
      return proposed(context, request, { proposal, reason: body.reason });
    },
  });

  serve(app, {
    route: deskRoutes.disableOperator,
    handler: async ({ params, body, request }) => {
      const at = atDesk(context, request);
      return operatorView(deps, await disableOperator(deps, { id: params.id, reason: body.reason, at }));
    },
  });
}
