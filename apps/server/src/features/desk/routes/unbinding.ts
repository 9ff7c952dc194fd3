import { deskRoutes } from '@hufu/contracts';
import { withTransaction } from '../../../infra/database/database.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { serve } from '../../access/index.ts';
import type { Hub } from '../../hub/index.ts';
import type { ApprovalKind } from '../approval-kinds.ts';
import { type At, operatorActor } from '../deps.ts';
import { closeApproval, openApprovalOf } from '../store/approvals.ts';
import { propose } from '../usecases/approvals.ts';
import { operatorNames } from '../views.ts';
import { atDesk, type DeskContext, offsetOf } from './context.ts';

/** The second person's word on an application that the first has checked. */
export const unbindingDecided = ({ unbinding }: Pick<Hub, 'unbinding'>): ApprovalKind => ({
  apply: (tx, { row, actor }) => unbinding.approve(tx, { id: row.subject, actor }),
  drop: (tx, { row, actor }) => unbinding.giveBack(tx, { id: row.subject, actor }),
});

const by = (at: At) => ({ actor: operatorActor(at), operatorId: at.operator.operatorId, from: at.from });

export function unbindingRoutes(app: HttpApp, context: DeskContext): void {
  const { deps, peers } = context;
  const { unbinding } = peers.hub;

  const shown = async (id: string) => {
    const view = await unbinding.find(id);
    const names = await operatorNames(deps);
    return { ...view, checkedBy: view.checkedBy && (names.get(view.checkedBy) ?? view.checkedBy) };
  };

  serve(app, {
    route: deskRoutes.unbindApplications,
    handler: async ({ query }) => {
      const { items, total } = await unbinding.page({
        ...(query.state === undefined ? {} : { state: query.state }),
        ...(query.overdue === true ? { overdueAt: new Date(deps.clock.now()) } : {}),
        ...(query.q === undefined ? {} : { text: query.q }),
        ...offsetOf(query),
      });
      const names = await operatorNames(deps);
      return {
        items: items.map((one) => ({
          ...one,
          checkedBy: one.checkedBy && (names.get(one.checkedBy) ?? one.checkedBy),
        })),
        total,
        page: query.page,
        pageSize: query.pageSize,
      };
    },
  });

  serve(app, { route: deskRoutes.unbindApplication, handler: ({ params }) => shown(params.id) });

  serve(app, {
    route: deskRoutes.unbindFile,
    handler: async ({ params, reply }) => {
      const { stream, size, type, name } = await unbinding.scan(params.id, params.field);
      return reply
        .type(type)
        .header('content-length', size)
        .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(name)}`)
        .send(stream);
    },
  });

  serve(app, {
    route: deskRoutes.checkUnbind,
    handler: async ({ params, body, request }) => {
      const at = atDesk(context, request);
      await withTransaction(deps.database, async (tx) => {
        const row = await unbinding.check(tx, { id: params.id, note: body.note, by: by(at) });
        await propose(deps, tx, {
          proposal: {
            kind: 'UNBIND',
            subject: row.id,
            subjectState: `${row.id}#${row.version}`,
            summary: `办结解绑申请 ${row.reference}：${row.title}`,
            changes: [{ field: 'state', before: 'CHECKED', after: 'DONE' }],
            payload: { applicationId: row.id },
          },
          reason: body.note === '' ? '材料初审通过' : body.note,
          at,
        });
      });
      return shown(params.id);
    },
  });

  serve(app, {
    route: deskRoutes.rejectUnbind,
    handler: async ({ params, body, request }) => {
      const at = atDesk(context, request);
      await withTransaction(deps.database, async (tx) => {
        await unbinding.reject(tx, { id: params.id, reasons: body.reasons, note: body.note, by: by(at) });
        const waiting = await openApprovalOf(tx, { kind: 'UNBIND', subject: params.id });
        if (waiting === undefined) return;
        await closeApproval(tx, { id: waiting.id, state: 'WITHDRAWN', at: new Date(deps.clock.now()) });
      });
      return shown(params.id);
    },
  });
}
