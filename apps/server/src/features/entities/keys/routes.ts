import { libraryEntityRoutes } from '@hufu/contracts';
import type { FastifyRequest } from 'fastify';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { actorOf, memberOf, serve } from '../../access/index.ts';
import { type EntityContext, originOf } from '../context.ts';
import { entityError } from '../errors.ts';
import { addKey, readKey } from './add-key.ts';
import { changeKey } from './change-key.ts';
import { type KeyRow, keyById, keysOf, versionsOf } from './key-store.ts';
import { historyView, keyView } from './views.ts';
import { voidKey } from './void-key.ts';

/** 权限管理 (KEY-001 … KEY-019). */
export function keyRoutes(app: HttpApp, context: EntityContext): void {
  const { deps } = context;
  const { db } = deps.database;

  /** Another entity's key is none, and asking for it is written down. @throws LIBRARY_UNKNOWN */
  const own = async (id: string, request: FastifyRequest): Promise<KeyRow> => {
    const member = memberOf(request);
    const row = await keyById(db, id);
    if (row?.entity_id === member.entityId) return row;
    if (row !== undefined) {
      await deps.audit.refused({
        actor: actorOf(member),
        action: 'key.look',
        subject: { kind: 'key', id },
        origin: originOf(context, request),
        code: 'LIBRARY_UNKNOWN',
      });
    }
    throw entityError('LIBRARY_UNKNOWN');
  };

  serve(app, {
    route: libraryEntityRoutes.keys,
    handler: async ({ request }) => {
      const member = memberOf(request);
      return (await keysOf(db, member.entityId)).map((row) => keyView(deps, row, member));
    },
  });
  serve(app, {
    route: libraryEntityRoutes.key,
    handler: async ({ params, request }) => {
      const member = memberOf(request);
      return keyView(deps, await own(params.id, request), member);
    },
  });
  serve(app, {
    route: libraryEntityRoutes.keyHistory,
    handler: async ({ params, request }) => {
      const { id } = await own(params.id, request);
      return historyView(deps, await versionsOf(db, id));
    },
  });
  serve(app, {
    route: libraryEntityRoutes.readKey,
    config: { limit: 'library-proof' },
    handler: ({ body, request, reply }) =>
      readKey(context, { call: { request, reply }, member: memberOf(request), proof: body }),
  });
  serve(app, {
    route: libraryEntityRoutes.addKey,
    handler: async ({ body, request, reply }) => {
      const member = memberOf(request);
      const row = await addKey(context, { call: { request, reply }, member, form: body });
      return keyView(deps, row, member);
    },
  });
  serve(app, {
    route: libraryEntityRoutes.changeKey,
    handler: async ({ params, body, request, reply }) => {
      const member = memberOf(request);
      const call = { request, reply };
      const row = await changeKey(context, { call, id: params.id, member, form: body });
      // The primary may have handed its flag on: what its holder may do now is another thing than a moment ago.
      const handedOn = member.standing === 'PRIMARY' && row.is_primary && row.id !== member.keyId;
      return keyView(deps, row, handedOn ? { ...member, standing: 'SECONDARY' } : member);
    },
  });
  serve(app, {
    route: libraryEntityRoutes.voidKey,
    handler: async ({ params, body, request }) => {
      const member = memberOf(request);
      const from = originOf(context, request);
      await voidKey(context, { id: params.id, member, form: body, from });
      return keyView(deps, await own(params.id, request), member);
    },
  });
}
