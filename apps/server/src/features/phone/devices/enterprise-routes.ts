import { phoneRoutes } from '@hufu/contracts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { actorOf, guardAccess, holderOf, memberOf, serve } from '../../access/index.ts';
import type { PhoneContext } from '../context.ts';
import { originOf } from '../deps.ts';
import { freezeEnterprisePhone, listEnterprisePhones, thawEnterprisePhone } from './enterprise-phones.ts';

/** The enterprise's phones, by the primary key of the hub. */
export function hubPhoneRoutes(app: HttpApp, { deps }: PhoneContext): void {
  guardAccess(app, { find: deps.holders, audit: deps.audit, sourceHash: deps.sourceHash });

  serve(app, {
    route: phoneRoutes.enterprisePhones,
    handler: ({ request }) => listEnterprisePhones(deps, holderOf(request).enterpriseId),
  });

  serve(app, {
    route: phoneRoutes.freezeEnterprisePhone,
    handler: ({ params, body, request }) => {
      const holder = holderOf(request);
      return freezeEnterprisePhone(deps, {
        deviceId: params.id,
        entityId: holder.enterpriseId,
        actor: actorOf(holder),
        reason: body.reason,
        from: originOf(deps, request),
      });
    },
  });

  serve(app, {
    route: phoneRoutes.thawEnterprisePhone,
    handler: ({ params, request }) => {
      const holder = holderOf(request);
      return thawEnterprisePhone(deps, {
        deviceId: params.id,
        entityId: holder.enterpriseId,
        actor: actorOf(holder),
        from: originOf(deps, request),
      });
    },
  });
}

/** The same, by the primary key of the library. */
export function libraryPhoneRoutes(app: HttpApp, { deps }: PhoneContext): void {
  guardAccess(app, { find: deps.members, audit: deps.audit, sourceHash: deps.sourceHash });

  serve(app, {
    route: phoneRoutes.libraryPhones,
    handler: ({ request }) => listEnterprisePhones(deps, memberOf(request).entityId),
  });

  serve(app, {
    route: phoneRoutes.freezeLibraryPhone,
    handler: ({ params, body, request }) => {
      const member = memberOf(request);
      return freezeEnterprisePhone(deps, {
        deviceId: params.id,
        entityId: member.entityId,
        actor: actorOf(member),
        reason: body.reason,
        from: originOf(deps, request),
      });
    },
  });

  serve(app, {
    route: phoneRoutes.thawLibraryPhone,
    handler: ({ params, request }) => {
      const member = memberOf(request);
      return thawEnterprisePhone(deps, {
        deviceId: params.id,
        entityId: member.entityId,
        actor: actorOf(member),
        from: originOf(deps, request),
      });
    },
  });
}
