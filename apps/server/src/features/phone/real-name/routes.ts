import { phoneRoutes } from '@hufu/contracts';
import { CodedError } from '@hufu/kernel';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { phoneUserOf, serve } from '../../access/index.ts';
import type { PhoneContext } from '../context.ts';
import { originOf } from '../deps.ts';
import { finishRealName, startRealName } from './real-name.ts';

const PAGE = '/phone/#/real-name';

/** Real names by the identity provider (MOB-003). */
export function realNameRoutes(app: HttpApp, context: PhoneContext): void {
  const { deps } = context;

  serve(app, {
    route: phoneRoutes.startRealName,
    config: { limit: 'phone-login' },
    handler: ({ request }) => startRealName(context, phoneUserOf(request).sessionId),
  });

  serve(app, {
    route: phoneRoutes.realNameCallback,
    config: { limit: 'phone-login', anyOrigin: true },
    // Whoever comes by navigation is answered with a page.
    handler: async ({ request, reply }) => {
      try {
        await finishRealName(context, { request, reply });
        return reply.redirect(PAGE, 303);
      } catch (error) {
        if (!(error instanceof CodedError) || !error.code.startsWith('PHONE_')) throw error;
        await deps.audit.refused({
          actor: { kind: 'anonymous' },
          action: 'phone.verify',
          origin: originOf(deps, request),
          code: error.code,
        });
        return reply.redirect(`${PAGE}?${new URLSearchParams({ problem: error.code })}`, 303);
      }
    },
  });
}
