import { libraryEntityRoutes } from '@hufu/contracts';
import { withTransaction } from '../../../infra/database/database.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { actorOf, type Member, memberOf, serve } from '../../access/index.ts';
import { type EntityContext, originOf } from '../context.ts';
import { currentCode, renewCode } from './sync-codes.ts';

type Shown = Awaited<ReturnType<typeof currentCode>>;

const view = ({ code, issuedAt, expiresAt }: Shown) => ({
  code,
  issuedAt: issuedAt?.toISOString() ?? null,
  expiresAt: expiresAt?.toISOString() ?? null,
});

/** 同步码 on the page of base information (LIB-BASE-06). */
export function syncCodeRoutes(app: HttpApp, context: EntityContext): void {
  const { deps } = context;

  const renewed = (member: Member, origin: ReturnType<typeof originOf>) =>
    withTransaction(deps.database, (tx) =>
      renewCode(deps, tx, { entityId: member.entityId, actor: actorOf(member), origin }),
    );

  serve(app, {
    route: libraryEntityRoutes.syncCode,
    handler: async ({ request }) => {
      const member = memberOf(request);
      const current = await currentCode(deps, deps.database.db, member.entityId);
      // SM-SYNCCODE: a complete registration always has one.
      if (current.code !== null || member.entityState !== 'ACTIVE') return view(current);
      return view(await renewed(member, originOf(context, request)));
    },
  });
  serve(app, {
    route: libraryEntityRoutes.renewSyncCode,
    handler: async ({ request }) => view(await renewed(memberOf(request), originOf(context, request))),
  });
}
