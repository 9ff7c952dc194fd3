import { Readable } from 'node:stream';
import { type RecordRoutes, recordRoutesOf, SheetForm } from '@hufu/contracts';
import type { FastifyReply } from 'fastify';
import { infraError } from '../../../infra/errors.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { receiveFile } from '../../../infra/http/receive-file.ts';
import { memberOf, serve } from '../../access/index.ts';
import type { Kind } from '../catalogue.ts';
import type { RecordsDeps } from '../deps.ts';
import { exportCsv, exportXlsx, templateXlsx } from '../usecases/export-records.ts';
import { mayRead, mayWrite } from '../usecases/gate.ts';
import { importSheet } from '../usecases/import-sheet.ts';
import { askedOf, byOf } from './records.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CSV = 'text/csv; charset=utf-8';
const LARGEST_SHEET = 20 * 1024 * 1024;

type Sent = { readonly name: string; readonly type: string; readonly content: AsyncGenerator<Uint8Array> };

const send = (reply: FastifyReply, { name, type, content }: Sent) =>
  reply
    .type(type)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .send(Readable.from(content, { objectMode: false }));

/** XLSX and CSV of one type: export, template, import. */
export function sheetRoutesFor(app: HttpApp, deps: RecordsDeps, kind: Kind): void {
  const routes: RecordRoutes = recordRoutesOf(kind.type);
  const { label } = kind.type;

  serve(app, {
    route: routes.exportXlsx,
    handler: async ({ query, request, reply }) => {
      const member = memberOf(request);
      mayRead(member, kind);
      const content = exportXlsx(deps, { kind, asked: askedOf(query, member) });
      return send(reply, { name: `${label.zh}-${deps.today()}.xlsx`, type: XLSX, content });
    },
  });
  serve(app, {
    route: routes.exportCsv,
    handler: async ({ query, request, reply }) => {
      const member = memberOf(request);
      mayRead(member, kind);
      const content = exportCsv(deps, { kind, asked: askedOf(query, member) });
      return send(reply, { name: `${label.zh}-${deps.today()}.csv`, type: CSV, content });
    },
  });
  serve(app, {
    route: routes.template,
    handler: async ({ request, reply }) => {
      mayRead(memberOf(request), kind);
      return send(reply, { name: `${label.zh}-模板.xlsx`, type: XLSX, content: templateXlsx(kind) });
    },
  });
  serve(app, {
    route: routes.importSheet,
    config: { limit: 'records-import' },
    handler: async ({ request }) => {
      mayWrite(memberOf(request), kind);
      const { file, fields } = await receiveFile(request, {
        field: 'file',
        form: SheetForm,
        largest: LARGEST_SHEET,
        tooLarge: () => infraError('SHEET_TOO_LARGE'),
      });
      if (file === undefined) throw infraError('SHEET_FILE');
      const { mode, event, parentId } = fields;
      const order = { ...byOf(deps, request), ...(parentId === undefined ? {} : { parentId }) };
      return importSheet(deps, { kind, bytes: file.bytes, mode, event, order });
    },
  });
}
