import { phoneRoutes } from '@hufu/contracts';
import { infraError } from '../../../infra/errors.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { readInbox } from '../../../infra/sms/sms.ts';
import { phoneUserOf, serve } from '../../access/index.ts';
import type { PhoneContext } from '../context.ts';
import { listMessages, readMessages } from './messages.ts';

export function messageRoutes(app: HttpApp, { deps }: PhoneContext): void {
  serve(app, {
    route: phoneRoutes.messages,
    handler: ({ query, request }) => listMessages(deps.database.db, phoneUserOf(request).userId, query),
  });

  serve(app, {
    route: phoneRoutes.readMessages,
    handler: async ({ body, request }) => {
      await readMessages(deps, phoneUserOf(request).userId, body.ids);
      return undefined;
    },
  });

  serve(app, {
    route: phoneRoutes.demoSms,
    handler: async () => {
      const { inbox } = deps.smsWays;
      if (inbox === undefined) throw infraError('NOT_FOUND');
      return readInbox(inbox);
    },
  });
}
