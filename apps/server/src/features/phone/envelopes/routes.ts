import { phoneRoutes } from '@hufu/contracts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { phoneUserOf, serve } from '../../access/index.ts';
import type { PhoneContext } from '../context.ts';
import { originOf } from '../deps.ts';
import { beginRewrap, finishRewrap, listEnvelopes } from './rewrap.ts';

/** What a changed certificate still opens, and how it goes to its successor (OD-31). */
export function envelopeRoutes(app: HttpApp, { deps }: PhoneContext): void {
  serve(app, {
    route: phoneRoutes.envelopes,
    handler: ({ params, request }) => listEnvelopes(deps, { id: params.id, user: phoneUserOf(request) }),
  });

  serve(app, {
    route: phoneRoutes.rewrap,
    handler: ({ params, body, request }) =>
      beginRewrap(deps, {
        id: params.id,
        user: phoneUserOf(request),
        envelopes: body.envelopes,
        from: originOf(deps, request),
      }),
  });

  serve(app, {
    route: phoneRoutes.rewrapped,
    handler: async ({ params, body, request }) => {
      await finishRewrap(deps, {
        id: params.id,
        user: phoneUserOf(request),
        ciphertexts: body.ciphertexts,
        from: originOf(deps, request),
      });
      return undefined;
    },
  });
}
