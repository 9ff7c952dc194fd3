import { deskSealRoutes } from '@hufu/contracts';
import { z } from 'zod';
import { withTransaction } from '../../../infra/database/database.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { serve } from '../../access/index.ts';
import type { SealDesk, SealSubject } from '../../signing/index.ts';
import type { ApprovalKinds, Proposal } from '../approval-kinds.ts';
import { operatorActor } from '../deps.ts';
import { closeApproval, openApprovalOf } from '../store/approvals.ts';
import { enterprisesHolding } from '../store/bindings.ts';
import { propose } from '../usecases/approvals.ts';
import { approvalView, operatorNames } from '../views.ts';
import { atDesk, type DeskContext, offsetOf, proposed } from './context.ts';

const Payload = z.object({ id: z.string(), version: z.int() });

/** What the second person's yes does to a seal. */
export const sealKinds = (seals: SealDesk): ApprovalKinds => ({
  SEAL_ISSUE: { apply: (tx, { row, actor }) => seals.issue(tx, { ...Payload.parse(row.payload), actor }) },
  SEAL_THAW: { apply: (tx, { row, actor }) => seals.thaw(tx, { ...Payload.parse(row.payload), actor }) },
  SEAL_REVOKE: {
    apply: (tx, { row, actor }) =>
      seals.revoke(tx, { ...Payload.parse(row.payload), actor, note: row.reason }),
  },
});

type SealStep = { readonly kind: Proposal['kind']; readonly words: string; readonly after: string };

const STEPS = {
  issue: { kind: 'SEAL_ISSUE', words: '制作印章', after: 'ACTIVE' },
  thaw: { kind: 'SEAL_THAW', words: '解除印章冻结', after: 'ACTIVE' },
  revoke: { kind: 'SEAL_REVOKE', words: '撤销印章', after: 'REVOKED' },
} as const satisfies Record<string, SealStep>;

const proposalOf = ({ kind, words, after }: SealStep, seal: SealSubject): Proposal => ({
  kind,
  subject: seal.id,
  subjectState: `${seal.id}#${seal.version}`,
  summary: `${words} ${seal.number}：${seal.unitName}`,
  changes: [{ field: 'state', before: seal.state, after }],
  payload: { id: seal.id, version: seal.version },
});

/** 印章登记: applications, freezing, revocation. */
export function sealRoutes(app: HttpApp, context: DeskContext): void {
  const { deps, peers } = context;
  const { seals } = peers;
  const { db } = deps.database;

  // A seal belongs to an enterprise of the hub, to an entity of the library, or to one that is both.
  const holdersOf = async (text: string): Promise<string[]> => [
    ...new Set([...(await enterprisesHolding(db, text)), ...(await peers.entitiesHolding(db, text))]),
  ];

  const named = async (seal: Awaited<ReturnType<SealDesk['find']>>) => {
    const names = await operatorNames(deps);
    const nameOf = (id: string | null) => id && (names.get(id) ?? id);
    return {
      ...seal,
      checkedBy: nameOf(seal.checkedBy),
      history: seal.history.map((event) => ({ ...event, by: nameOf(event.by) })),
    };
  };

  serve(app, {
    route: deskSealRoutes.list,
    handler: async ({ query }) => {
      const { state, kind, q: text, page, pageSize } = query;
      const { items, total } = await seals.page({
        ...(state === undefined ? {} : { state }),
        ...(kind === undefined ? {} : { kind }),
        ...(text ? { text, enterprises: await holdersOf(text) } : {}),
        ...offsetOf(query),
      });
      return { items: await Promise.all(items.map(named)), total, page, pageSize };
    },
  });

  serve(app, {
    route: deskSealRoutes.find,
    handler: async ({ params }) => named(await seals.find(params.id)),
  });

  serve(app, {
    route: deskSealRoutes.picture,
    handler: async ({ params, reply }) => {
      const { stream, mediaType } = await seals.picture(params.id);
      return reply.type(mediaType).send(stream);
    },
  });

  serve(app, {
    route: deskSealRoutes.check,
    handler: async ({ params, body, request }) => {
      const at = atDesk(context, request);
      const row = await withTransaction(deps.database, async (tx) => {
        const order = { id: params.id, actor: operatorActor(at), from: at.from, note: body.reason };
        const seal = await seals.check(tx, order);
        return propose(deps, tx, { proposal: proposalOf(STEPS.issue, seal), reason: body.reason, at });
      });
      return approvalView(row, { names: await operatorNames(deps), operatorId: at.operator.operatorId });
    },
  });

  serve(app, {
    route: deskSealRoutes.reject,
    handler: async ({ params, body, request }) => {
      const at = atDesk(context, request);
      await withTransaction(deps.database, async (tx) => {
        const order = { id: params.id, actor: operatorActor(at), from: at.from, note: body.reason };
        await seals.reject(tx, order);
        const waiting = await openApprovalOf(tx, { kind: 'SEAL_ISSUE', subject: params.id });
        if (waiting === undefined) return;
        await closeApproval(tx, { id: waiting.id, state: 'WITHDRAWN', at: new Date(deps.clock.now()) });
      });
      return named(await seals.find(params.id));
    },
  });

  serve(app, {
    route: deskSealRoutes.freeze,
    handler: async ({ params, body, request }) => {
      const at = atDesk(context, request);
      await seals.freeze({ id: params.id, actor: operatorActor(at), from: at.from, note: body.reason });
      return named(await seals.find(params.id));
    },
  });

  serve(app, {
    route: deskSealRoutes.thaw,
    handler: async ({ params, body, request }) => {
      const seal = await seals.proposable(params.id, 'thaw');
      return proposed(context, request, { proposal: proposalOf(STEPS.thaw, seal), reason: body.reason });
    },
  });

  serve(app, {
    route: deskSealRoutes.revoke,
    handler: async ({ params, body, request }) => {
      const seal = await seals.proposable(params.id, 'revoke');
      return proposed(context, request, { proposal: proposalOf(STEPS.revoke, seal), reason: body.reason });
    },
  });
}
