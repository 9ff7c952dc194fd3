import { deskRaRoutes } from '@hufu/contracts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { serve } from '../../access/index.ts';
import { stepCertificate } from '../counter/certificate-steps.ts';
import { certificateView } from '../counter/desk-views.ts';
import type { RaDeps } from '../deps.ts';
import { raError } from '../errors.ts';
import { certificateById, pageOfCertificates } from '../issuance/certificate-store.ts';
import type { CertificateEvent } from '../issuance/change-certificate.ts';
import { atCounter } from './desk-routes.ts';

/** 证书登记: what was issued here, and 挂失, 解挂, 注销. */
export function deskCertificateRoutes(app: HttpApp, deps: RaDeps): void {
  const { db } = deps.database;
  serve(app, {
    route: deskRaRoutes.certificates,
    handler: async ({ query }) => {
      const { page, pageSize } = query;
      const { items, total } = await pageOfCertificates(db, {
        state: query.state,
        text: query.q,
        now: new Date(deps.clock.now()),
        limit: pageSize,
        offset: (page - 1) * pageSize,
      });
      return {
        items: await Promise.all(items.map((row) => certificateView(deps, row))),
        total,
        page,
        pageSize,
      };
    },
  });
  serve(app, {
    route: deskRaRoutes.certificate,
    handler: async ({ params }) => {
      const row = await certificateById(db, params.id);
      if (row === undefined) throw raError('RA_CERTIFICATE_UNKNOWN');
      return certificateView(deps, row);
    },
  });
  const steps = [
    [deskRaRoutes.hold, 'hold'],
    [deskRaRoutes.release, 'release'],
    [deskRaRoutes.revoke, 'revoke'],
  ] as const satisfies readonly (readonly [unknown, CertificateEvent])[];
  for (const [route, event] of steps) {
    serve(app, {
      route,
      handler: async ({ params, body, request }) =>
        certificateView(
          deps,
          await stepCertificate(deps, { id: params.id, ...body, event }, atCounter(deps, request)),
        ),
    });
  }
}
