import { dashboardRoutes } from '@hufu/contracts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { memberOf, serve } from '../../access/index.ts';
import type { RecordsDeps } from '../deps.ts';
import { showDashboard } from '../usecases/show-dashboard.ts';

export function dashboardRoute(app: HttpApp, deps: RecordsDeps): void {
  serve(app, {
    route: dashboardRoutes.dashboard,
    handler: ({ request }) => showDashboard(deps, memberOf(request)),
  });
}
