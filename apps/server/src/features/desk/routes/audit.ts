import { type AuditQuery, deskRoutes } from '@hufu/contracts';
import type { z } from 'zod';
import { withTransaction } from '../../../infra/database/database.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { serve } from '../../access/index.ts';
import { auditCsv, auditXlsx } from '../audit-export.ts';
import { operatorActor } from '../deps.ts';
import { type AuditFilter, pageOfAudit } from '../store/audit.ts';
import { auditView, operatorNames } from '../views.ts';
import { atDesk, type DeskContext, offsetOf } from './context.ts';

/** Rows of one file; the filter by time makes several files of more. */
const MOST_EXPORTED = 50_000;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function filterOf({ q, from, to, action, outcome, actor }: z.output<typeof AuditQuery>): AuditFilter {
  return {
    ...(q ? { text: q } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(action ? { action } : {}),
    ...(outcome ? { outcome } : {}),
    ...(actor ? { actor } : {}),
  };
}

export function auditRoutes(app: HttpApp, context: DeskContext): void {
  const { deps } = context;
  const { db } = deps.database;

  serve(app, {
    route: deskRoutes.audit,
    handler: async ({ query }) => {
      const { items, total } = await pageOfAudit(db, filterOf(query), offsetOf(query));
      const names = await operatorNames(deps);
      return {
        items: items.map((row) => auditView(row, names)),
        total,
        page: query.page,
        pageSize: query.pageSize,
      };
    },
  });

  serve(app, {
    route: deskRoutes.exportAudit,
    handler: async ({ query, request, reply }) => {
      const at = atDesk(context, request);
      const filter = filterOf(query);
      const { items } = await pageOfAudit(db, filter, { limit: MOST_EXPORTED, offset: 0 });
      const names = await operatorNames(deps);
      const rows = items.map((row) => auditView(row, names));
      await withTransaction(deps.database, (tx) =>
        deps.audit.record(tx, {
          actor: operatorActor(at),
          action: 'audit.export',
          subject: { kind: 'audit', id: query.format },
          after: { filter, rows: rows.length },
          origin: at.from,
        }),
      );
      const csv = query.format === 'csv';
      return reply
        .type(csv ? 'text/csv; charset=utf-8' : XLSX)
        .header('content-disposition', `attachment; filename="audit.${query.format}"`)
        .send(csv ? auditCsv(rows) : await auditXlsx(rows));
    },
  });
}
