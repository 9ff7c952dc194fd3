import { phoneRoutes } from '@hufu/contracts';
import type { FastifyRequest } from 'fastify';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { phoneUserOf, serve } from '../../access/index.ts';
import type { PhoneContext } from '../context.ts';
import { originOf } from '../deps.ts';
import { callVault } from './call-vault.ts';
import { answerOffer, offerHalves, withdrawOffer } from './offer.ts';
import { receiversOf, sharedCertificate } from './receivers.ts';

/** What a device says to the vault, and halves that are handed to another device. */
export function halfRoutes(app: HttpApp, { deps }: PhoneContext): void {
  const step = (id: string, request: FastifyRequest) => ({
    id,
    user: phoneUserOf(request),
    from: originOf(deps, request),
  });

  serve(app, {
    route: phoneRoutes.callVault,
    config: { limit: 'phone-vault' },
    handler: async ({ params, body, request }) => ({
      ...(await callVault(deps, { user: phoneUserOf(request), op: params.op, request: body })),
    }),
  });

  serve(app, {
    route: phoneRoutes.receivers,
    handler: async ({ params, request }) => {
      const user = phoneUserOf(request);
      const certificate = await sharedCertificate(deps.database.db, { id: params.id, user });
      return (await receiversOf(deps.database.db, { certificate, user })).map(
        ({ userId: _userId, ...shown }) => shown,
      );
    },
  });

  serve(app, {
    route: phoneRoutes.offer,
    handler: ({ body, request }) =>
      offerHalves(deps, { form: body, user: phoneUserOf(request), from: originOf(deps, request) }),
  });

  serve(app, {
    route: phoneRoutes.withdrawOffer,
    handler: async ({ params, request }) => {
      await withdrawOffer(deps, step(params.id, request));
      return undefined;
    },
  });

  serve(app, {
    route: phoneRoutes.answerOffer,
    handler: ({ params, body, request }) =>
      answerOffer(deps, { ...step(params.id, request), accept: body.accept }),
  });
}
