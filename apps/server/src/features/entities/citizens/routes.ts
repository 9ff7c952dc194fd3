import { libraryEntityRoutes } from '@hufu/contracts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { serve } from '../../access/index.ts';
import { landing, landingAfter } from '../admission/landing.ts';
import { auditRefusals } from '../admission/prove-certificate.ts';
import { type EntityContext, originOf } from '../context.ts';
import { finishCitizenLogin, startCitizenLogin } from './citizen-login.ts';

/** Natural persons by the citizens' identity provider. */
export function citizenRoutes(app: HttpApp, context: EntityContext): void {
  const { deps } = context;

  serve(app, {
    route: libraryEntityRoutes.startCitizenLogin,
    config: { limit: 'library-proof' },
    handler: ({ body, request, reply }) =>
      startCitizenLogin(context, { call: { request, reply }, agreements: body.agreements }),
  });
  serve(app, {
    route: libraryEntityRoutes.citizenCallback,
    config: { limit: 'library-proof', auditedInside: true, anyOrigin: true },
    handler: ({ request, reply }) =>
      landingAfter(reply, async () => {
        const from = originOf(context, request);
        const account = await auditRefusals(deps, { action: 'library.login', from }, () =>
          finishCitizenLogin(context, { request, reply }),
        );
        return landing(account);
      }),
  });
}
