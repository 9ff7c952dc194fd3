import { libraryExchangeRoutes } from '@hufu/contracts';
import { auditOrigin } from '../../../infra/http/caller-facts.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { guardAccess, memberOf, serve } from '../../access/index.ts';
import type { ExchangeDeps } from '../deps.ts';
import { changeConsent } from '../member/change-consent.ts';
import { showStanding } from '../member/show-standing.ts';
import { usesOf } from '../use/use-store.ts';

/** What an entity sees of the platforms, and its consent. */
export function memberExchangeRoutes(app: HttpApp, deps: ExchangeDeps): void {
  guardAccess(app, { find: deps.members, audit: deps.audit, sourceHash: deps.sourceHash });
  serve(app, {
    route: libraryExchangeRoutes.platforms,
    handler: async ({ request }) => showStanding(deps, memberOf(request).entityId),
  });
  for (const given of [true, false]) {
    serve(app, {
      route: given ? libraryExchangeRoutes.consent : libraryExchangeRoutes.withdrawConsent,
      handler: async ({ params, request }) => {
        const from = auditOrigin(request, deps.sourceHash);
        await changeConsent(deps, { member: memberOf(request), platformCode: params.code, given, from });
        return undefined;
      },
    });
  }
  serve(app, {
    route: libraryExchangeRoutes.uses,
    handler: async ({ params, request }) => {
      const { entityId } = memberOf(request);
      const uses = await usesOf(deps.database.db, { entityId, performanceId: params.id });
      const names = new Map((await deps.platforms.all()).map(({ code, name }) => [code, name]));
      return uses.map(({ platformCode, ...use }) => ({
        ...use,
        platform: names.get(platformCode) ?? platformCode,
      }));
    },
  });
}
