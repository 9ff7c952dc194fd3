import { Readable } from 'node:stream';
import { StewardImportForm, stewardRoutes } from '@hufu/contracts';
import type { FastifyRequest } from 'fastify';
import { infraError } from '../../../infra/errors.ts';
import { auditOrigin } from '../../../infra/http/caller-facts.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { receiveFile } from '../../../infra/http/receive-file.ts';
import { writeCsv } from '../../../infra/sheets/write-csv.ts';
import { actorOf, operatorOf, serve } from '../../access/index.ts';
import { everyFault, listImports, showImport } from '../imports/import-store.ts';
import { cancelImport, importProposal, startImport } from '../imports/imports.ts';
import type { StewardDeps } from '../ports.ts';

/** A million rows of some two hundred bytes. */
const LARGEST_SHEET = 256 * 1024 * 1024;
const FAULT_HEADINGS = ['行号', '统一社会信用代码', '列', '代码', '说明', 'Explanation'];

/** 批量导入. */
export function importApi(app: HttpApp, deps: StewardDeps): void {
  const { db } = deps.database;
  const by = (request: FastifyRequest) => ({
    actor: actorOf(operatorOf(request)),
    from: auditOrigin(request, deps.sourceHash),
  });

  serve(app, {
    route: stewardRoutes.startImport,
    config: { limit: 'steward-import' },
    handler: async ({ request }) => {
      const { file, fields } = await receiveFile(request, {
        field: 'file',
        form: StewardImportForm,
        largest: LARGEST_SHEET,
        tooLarge: () => infraError('SHEET_TOO_LARGE'),
      });
      if (file === undefined) throw infraError('SHEET_FILE');
      const id = await startImport(deps, {
        typeName: fields.type,
        fileName: file.name,
        bytes: file.bytes,
        ...by(request),
      });
      return showImport(db, id);
    },
  });
  serve(app, { route: stewardRoutes.imports, handler: ({ query }) => listImports(db, query) });
  serve(app, { route: stewardRoutes.import, handler: ({ params }) => showImport(db, params.id) });
  serve(app, {
    route: stewardRoutes.importFaults,
    handler: async ({ params, reply }) => {
      await showImport(db, params.id);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent('导入问题.csv')}`)
        .send(Readable.from(writeCsv(FAULT_HEADINGS, everyFault(db, params.id)), { objectMode: false }));
    },
  });
  serve(app, {
    route: stewardRoutes.commitImport,
    handler: async ({ params, body, request }) =>
      deps.propose(request, { proposal: await importProposal(deps, params.id), reason: body.reason }),
  });
  serve(app, {
    route: stewardRoutes.cancelImport,
    handler: async ({ params, request }) => {
      await cancelImport(deps, { id: params.id, ...by(request) });
      return showImport(db, params.id);
    },
  });
}
