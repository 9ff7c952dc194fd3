import { hubRoutes } from '@hufu/contracts';
import { withTransaction } from '../../../infra/database/database.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { holderOf, serve } from '../../access/index.ts';
import { noticeWords } from '../domain/notices.ts';
import { findHolder } from '../find-holder.ts';
import { markRead, noticesFor } from '../store/notices.ts';
import { changeProfile } from '../usecases/change-profile.ts';
import { previewCertificate } from '../usecases/preview-certificate.ts';
import { removeCertificate } from '../usecases/remove-certificate.ts';
import { iso, profileView } from '../views.ts';
import { languageFor, originOf, type RouteContext } from './context.ts';

/** 个人信息维护: the enterprise's fields, its locks, its notices; and 「读取证书」. */
export function enterpriseRoutes(app: HttpApp, { deps }: RouteContext): void {
  serve(app, {
    route: hubRoutes.previewCertificate,
    config: { limit: 'hub-preview' },
    handler: async ({ body, request }) => {
      const caller = await findHolder(deps, request);
      return previewCertificate(deps, {
        certificate: body.certificate,
        holder: caller.kind === 'holder' ? caller : undefined,
        language: languageFor(request),
      });
    },
  });

  serve(app, {
    route: hubRoutes.profile,
    handler: async ({ request }) => profileView(deps, holderOf(request)),
  });

  serve(app, {
    route: hubRoutes.changeProfile,
    handler: async ({ body, request }) => {
      const holder = holderOf(request);
      await changeProfile(deps, { holder, change: body, from: originOf(deps, request) });
      return profileView(deps, holder);
    },
  });

  serve(app, {
    route: hubRoutes.removeCertificate,
    handler: async ({ params, request }) => {
      const holder = holderOf(request);
      await removeCertificate(deps, { id: params.id, holder, from: originOf(deps, request) });
      return profileView(deps, holder);
    },
  });

  serve(app, {
    route: hubRoutes.notices,
    handler: async ({ request }) => {
      const language = languageFor(request);
      const rows = await noticesFor(deps.database.db, holderOf(request));
      return rows.map(({ id, kind, facts, at, read_at }) => ({
        id,
        kind,
        ...noticeWords({ kind, facts }, language),
        at: iso(at),
        readAt: read_at && iso(read_at),
      }));
    },
  });

  serve(app, {
    route: hubRoutes.readNotices,
    handler: async ({ request }) => {
      const holder = holderOf(request);
      const at = new Date(deps.clock.now());
      await withTransaction(deps.database, (tx) => markRead(tx, holder, at));
      return undefined;
    },
  });
}
