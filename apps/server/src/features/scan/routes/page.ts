import { type ScanSession, scanRoutes } from '@hufu/contracts';
import type { FastifyRequest } from 'fastify';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { languageOf } from '../../../infra/http/language.ts';
import { serve } from '../../access/index.ts';
import type { ScanContext } from '../context.ts';
import { scanError } from '../errors.ts';
import { type ScanRow, scanById } from '../store.ts';
import { cancelScan } from '../usecases/end-scan.ts';
import { enterCode } from '../usecases/enter-code.ts';
import { openScan } from '../usecases/open-scan.ts';
import { pageView } from '../views.ts';

/** A point and its base64; a key of a tender file with room. */
const LONGEST_CIPHERTEXT = 4096;

/** The page that shows the code. */
export function pageRoutes(app: HttpApp, context: ScanContext): void {
  const shown = (row: ScanRow, request: FastifyRequest): ScanSession =>
    pageView(context, row, languageOf(request.query, request.headers['accept-language']));

  serve(app, {
    route: scanRoutes.open,
    config: { limit: 'scan-open', longestField: LONGEST_CIPHERTEXT },
    handler: async ({ body, request, reply }) => {
      const browserSha256 = context.pages.browser.ensure(request, reply);
      const { row, url } = await openScan(context, { order: body, request, browserSha256 });
      return { ...shown(row, request), url };
    },
  });

  serve(app, {
    route: scanRoutes.find,
    handler: async ({ params, query, request }) => {
      const row = await ownScan(context, request, params.id);
      if (query.wait === 0 || (query.version ?? row.version) !== row.version) return shown(row, request);
      const later = await context.next({ id: row.id, version: row.version, ms: query.wait * 1000 });
      return shown(later ?? row, request);
    },
  });

  serve(app, {
    route: scanRoutes.code,
    config: { limit: 'scan-code' },
    handler: async ({ params, body, request }) => {
      const browserSha256 = browserOf(context, request);
      return shown(await enterCode(context, { id: params.id, browserSha256, code: body.code }), request);
    },
  });

  serve(app, {
    route: scanRoutes.cancel,
    handler: async ({ params, request }) => {
      await cancelScan(context, { id: params.id, browserSha256: browserOf(context, request) });
      return undefined;
    },
  });
}

/** Without the cookie no scan was ever opened here. @throws SCAN_UNKNOWN */
function browserOf({ pages }: ScanContext, request: FastifyRequest): string {
  const digest = pages.browser.read(request);
  if (digest === undefined) throw scanError('SCAN_UNKNOWN');
  return digest;
}

/** In another browser it is as if there were none. @throws SCAN_UNKNOWN */
export async function ownScan(context: ScanContext, request: FastifyRequest, id: string): Promise<ScanRow> {
  const row = await scanById(context.database.db, id);
  if (row === undefined || row.browser_sha256 !== browserOf(context, request))
    throw scanError('SCAN_UNKNOWN');
  return row;
}
