import { libraryEntityRoutes } from '@hufu/contracts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { serve } from '../../access/index.ts';
import { landingAfter } from '../admission/landing.ts';
import { auditRefusals } from '../admission/prove-certificate.ts';
import { type EntityContext, originOf } from '../context.ts';
import { enterFromHub } from './hub-entry.ts';

/** The library's door for those who come from the hub. */
export function hubEntryRoutes(app: HttpApp, context: EntityContext): void {
  serve(app, {
    route: libraryEntityRoutes.hubEntry,
    config: { limit: 'library-proof', auditedInside: true },
    handler: ({ query, request, reply }) =>
      landingAfter(reply, () =>
        auditRefusals(context.deps, { action: 'library.login', from: originOf(context, request) }, () =>
          enterFromHub(context, { call: { request, reply }, code: query.code }),
        ),
      ),
  });
}
