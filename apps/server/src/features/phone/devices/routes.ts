import { phoneRoutes } from '@hufu/contracts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { phoneUserOf, serve } from '../../access/index.ts';
import { liveOf, type PhoneContext } from '../context.ts';
import { originOf } from '../deps.ts';
import { sessionView } from '../sessions/session-view.ts';
import { freezeDevice, listDevices, nameDevice, removeDevice, thawDevice } from './change-device.ts';
import { presentDevice } from './present-device.ts';

/** The user's own devices. */
export function deviceRoutes(app: HttpApp, context: PhoneContext): void {
  const { deps } = context;

  serve(app, {
    route: phoneRoutes.devices,
    handler: async ({ request }) => listDevices(deps, await liveOf(context, request)),
  });

  serve(app, {
    route: phoneRoutes.presentDevice,
    config: { limit: 'phone-login' },
    handler: async ({ body, request }) => {
      await presentDevice(context, { user: phoneUserOf(request), form: body, request });
      return sessionView(context, await liveOf(context, request));
    },
  });

  serve(app, {
    route: phoneRoutes.nameDevice,
    handler: ({ params, body, request }) =>
      nameDevice(deps, { id: params.id, user: phoneUserOf(request), name: body.name }),
  });

  serve(app, {
    route: phoneRoutes.freezeDevice,
    handler: ({ params, body, request }) =>
      freezeDevice(deps, {
        id: params.id,
        user: phoneUserOf(request),
        reason: body.reason,
        from: originOf(deps, request),
      }),
  });

  serve(app, {
    route: phoneRoutes.thawDevice,
    handler: async ({ params, request }) =>
      thawDevice(deps, {
        id: params.id,
        user: phoneUserOf(request),
        live: await liveOf(context, request),
        from: originOf(deps, request),
      }),
  });

  serve(app, {
    route: phoneRoutes.removeDevice,
    handler: async ({ params, request }) => {
      await removeDevice(deps, {
        id: params.id,
        user: phoneUserOf(request),
        live: await liveOf(context, request),
        from: originOf(deps, request),
      });
      return undefined;
    },
  });
}
