import { type PhoneScan, phoneScanRoutes } from '@hufu/contracts';
import type { FastifyRequest } from 'fastify';
import { auditOrigin } from '../../../infra/http/caller-facts.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { languageOf } from '../../../infra/http/language.ts';
import { phoneUserOf, serve } from '../../access/index.ts';
import type { ScanContext } from '../context.ts';
import { scanError } from '../errors.ts';
import { type ScanRow, scanById } from '../store.ts';
import { confirmScan } from '../usecases/confirm-scan.ts';
import { refuseScan } from '../usecases/end-scan.ts';
import { finishScan } from '../usecases/finish-scan.ts';
import { bearerOf, isOf, readScan } from '../usecases/read-scan.ts';
import { phoneView } from '../views.ts';

/** Fifty documents' signed attributes and the proofs of their nonces, in one request. */
const LONGEST_REQUEST = 200_000;

/** The phone that has read the code. */
export function phoneRoutes(app: HttpApp, context: ScanContext): void {
  const shown = (row: ScanRow, request: FastifyRequest): Promise<PhoneScan> =>
    phoneView(context, {
      row,
      user: phoneUserOf(request),
      language: languageOf(request.query, request.headers['accept-language']),
    });

  serve(app, {
    route: phoneScanRoutes.read,
    config: { limit: 'scan-read' },
    handler: async ({ body, request }) => {
      const bearer = bearerOf(phoneUserOf(request));
      const browserSha256 = context.pages.browser.read(request);
      return shown(await readScan(context, { token: body.token, bearer, browserSha256 }), request);
    },
  });

  serve(app, {
    route: phoneScanRoutes.find,
    handler: async ({ params, query, request }) => {
      const row = await scanById(context.database.db, params.id);
      if (row === undefined || !isOf(bearerOf(phoneUserOf(request)))(row)) throw scanError('SCAN_UNKNOWN');
      if (query.wait === 0 || (query.version ?? row.version) !== row.version) return shown(row, request);
      const later = await context.next({ id: row.id, version: row.version, ms: query.wait * 1000 });
      return shown(later ?? row, request);
    },
  });

  serve(app, {
    route: phoneScanRoutes.confirm,
    config: { limit: 'scan-confirm', longestField: LONGEST_REQUEST },
    handler: async ({ params, body, request }) =>
      confirmScan(context, {
        id: params.id,
        bearer: bearerOf(phoneUserOf(request)),
        certificateId: body.certificateId,
        request: body.use,
        from: auditOrigin(request, context.sourceHash),
      }),
  });

  serve(app, {
    route: phoneScanRoutes.finish,
    config: { longestField: 8192 },
    handler: async ({ params, body, request }) => {
      const bearer = bearerOf(phoneUserOf(request));
      return shown(await finishScan(context, { id: params.id, bearer, outcome: body }), request);
    },
  });

  serve(app, {
    route: phoneScanRoutes.refuse,
    handler: async ({ params, request }) => {
      await refuseScan(context, { id: params.id, bearer: bearerOf(phoneUserOf(request)) });
      return undefined;
    },
  });
}
