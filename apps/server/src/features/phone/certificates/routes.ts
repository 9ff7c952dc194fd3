import { phoneRoutes } from '@hufu/contracts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { phoneUserOf, serve } from '../../access/index.ts';
import type { PhoneContext } from '../context.ts';
import { listUses } from '../uses/list-uses.ts';
import { listCertificates, showCertificate } from './list-certificates.ts';

/** 证书管理 and what certificates were used for. */
export function certificateRoutes(app: HttpApp, { deps }: PhoneContext): void {
  serve(app, {
    route: phoneRoutes.certificates,
    handler: ({ query, request }) => listCertificates(deps, phoneUserOf(request), query.tab),
  });

  serve(app, {
    route: phoneRoutes.certificate,
    handler: ({ params, request }) => showCertificate(deps, phoneUserOf(request), params.id),
  });

  serve(app, {
    route: phoneRoutes.uses,
    handler: ({ query, request }) => listUses(deps, { ...query, userId: phoneUserOf(request).userId }),
  });
}
