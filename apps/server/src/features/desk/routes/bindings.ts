import { deskRoutes } from '@hufu/contracts';
import { maskName, maskPhone } from '@hufu/kernel';
import { withTransaction } from '../../../infra/database/database.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { serve } from '../../access/index.ts';
import { operatorActor } from '../deps.ts';
import { deskError } from '../errors.ts';
import {
  type BindingRow,
  enterprisesHolding,
  historyOf,
  namesOf,
  pageOfBindings,
} from '../store/bindings.ts';
import { actorText, iso, operatorNames } from '../views.ts';
import { atDesk, type DeskContext, offsetOf } from './context.ts';

const bindingView = (row: BindingRow) => ({
  entityId: row.id,
  uscc: row.uscc,
  unitName: row.unit_name,
  regCity: row.reg_city,
  roles: row.roles,
  certificates: row.certificates,
  primarySerial: row.primary_serial,
  authority: row.authority,
  boundAt: iso(row.bound_at),
  lastLoginAt: row.last_login_at && iso(row.last_login_at),
});

const defined = <T extends Record<string, unknown>>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

export function bindingRoutes(app: HttpApp, context: DeskContext): void {
  const { deps, peers } = context;
  const { db } = deps.database;

  serve(app, {
    route: deskRoutes.bindings,
    handler: async ({ query }) => {
      const { q, city, authority, sort } = query;
      const wanted = { ...defined({ text: q, city, authority, sort }), ...offsetOf(query) };
      const { items, total } = await pageOfBindings(db, wanted);
      return { items: items.map(bindingView), total, page: query.page, pageSize: query.pageSize };
    },
  });

  serve(app, {
    route: deskRoutes.binding,
    handler: async ({ params }) => {
      const { items } = await pageOfBindings(db, { id: params.id, limit: 1, offset: 0 });
      const [row] = items;
      if (row === undefined) throw deskError('DESK_UNKNOWN');
      const [person, certificateList, history, names] = await Promise.all([
        peers.hub.records.personalData(params.id),
        peers.hub.records.certificates(params.id),
        historyOf(db, params.id),
        operatorNames(deps),
      ]);
      return {
        ...bindingView(row),
        legalRepMasked: maskName(person.legalRep),
        phoneMasked: maskPhone(person.phone),
        certificateList,
        history: history.map((one) => ({
          at: iso(one.at),
          action: one.action,
          actor: one.actor_kind === 'entity' ? row.unit_name : actorText(one, names),
          note: one.reason,
        })),
      };
    },
  });

  serve(app, {
    route: deskRoutes.reveal,
    handler: async ({ params, body, request }) => {
      const at = atDesk(context, request);
      const person = await peers.hub.records.personalData(params.id);
      await withTransaction(deps.database, (tx) =>
        deps.audit.record(tx, {
          actor: operatorActor(at),
          action: 'enterprise.reveal',
          subject: { kind: 'enterprise', id: params.id },
          after: { fields: Object.keys(person) },
          reason: body.reason,
          origin: at.from,
        }),
      );
      return person;
    },
  });

  serve(app, {
    route: deskRoutes.sessions,
    handler: async ({ query }) => {
      const { items, total } = await peers.sessions.list(db, {
        ...offsetOf(query),
        entityIds: query.q ? await enterprisesHolding(db, query.q) : undefined,
      });
      const names = await namesOf(db, [...new Set(items.map(({ facts }) => facts.entityId))]);
      return {
        items: items.map(({ id, facts, loggedInAt, expiresAt, platforms }) => ({
          id,
          unitName: names.get(facts.entityId)?.unit_name ?? '',
          uscc: names.get(facts.entityId)?.uscc ?? '',
          certSerial: facts.certificate.serial,
          role: facts.role,
          loggedInAt: iso(loggedInAt),
          expiresAt: iso(expiresAt),
          platforms: [...platforms],
        })),
        total,
        page: query.page,
        pageSize: query.pageSize,
      };
    },
  });

  serve(app, {
    route: deskRoutes.endSession,
    handler: async ({ params, body, request }) => {
      const at = atDesk(context, request);
      await withTransaction(deps.database, async (tx) => {
        if (!(await peers.sessions.endById(tx, params.id))) throw deskError('DESK_UNKNOWN');
        await deps.audit.record(tx, {
          actor: operatorActor(at),
          action: 'session.end',
          subject: { kind: 'session', id: params.id },
          reason: body.reason,
          origin: at.from,
        });
      });
      return undefined;
    },
  });
}
