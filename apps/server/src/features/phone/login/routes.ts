import { phoneRoutes } from '@hufu/contracts';
import { withTransaction } from '../../../infra/database/database.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { phoneUserOf, serve } from '../../access/index.ts';
import { liveOf, type PhoneContext, personActor } from '../context.ts';
import { nowOf, originOf } from '../deps.ts';
import { endSessions } from '../sessions/phone-sessions.ts';
import { sessionView } from '../sessions/session-view.ts';
import { phoneTables } from '../tables.ts';
import { ensureUser } from '../users.ts';
import { sendLoginCode, spendLoginCode } from './login-code.ts';

/** Login by SMS code, and the session (MOB-002). */
export function loginRoutes(app: HttpApp, context: PhoneContext): void {
  const { deps, sessions } = context;

  serve(app, {
    route: phoneRoutes.sendCode,
    config: { limit: 'phone-code' },
    handler: ({ body }) => sendLoginCode(deps, body.mobile),
  });

  serve(app, {
    route: phoneRoutes.login,
    config: { limit: 'phone-login' },
    handler: async ({ body, request, reply }) => {
      await spendLoginCode(deps, body);
      const at = nowOf(deps);
      const from = originOf(deps, request);
      const opened = await withTransaction(deps.database, async (tx) => {
        const { user, isNew } = await ensureUser(tx, deps.cipher, {
          id: deps.newId(),
          mobile: body.mobile,
          at,
        });
        const id = await sessions.open(tx, { request, reply }, user.id);
        const actor = personActor({ userId: user.id });
        const subject = { kind: 'phone-user', id: user.id };
        if (isNew) await deps.audit.record(tx, { actor, action: 'phone.register', subject, origin: from });
        await deps.audit.record(tx, { actor, action: 'phone.login', subject, origin: from });
        return { id, userId: user.id, verified: user.verified_at !== null };
      });
      const { expires_at: expiresAt } = await phoneTables(deps.database.db)
        .selectFrom('phone_session')
        .select('expires_at')
        .where('id', '=', opened.id)
        .executeTakeFirstOrThrow();
      return sessionView(context, { ...opened, device: null, realNameAt: null, expiresAt });
    },
  });

  serve(app, {
    route: phoneRoutes.session,
    handler: async ({ request }) => sessionView(context, await liveOf(context, request)),
  });

  serve(app, {
    route: phoneRoutes.logout,
    handler: async ({ request, reply }) => {
      const user = phoneUserOf(request);
      await withTransaction(deps.database, async (tx) => {
        await endSessions(tx, { by: 'id', value: user.sessionId, at: nowOf(deps) });
        await deps.audit.record(tx, {
          actor: personActor(user),
          action: 'phone.logout',
          subject: { kind: 'phone-user', id: user.userId },
          origin: originOf(deps, request),
        });
      });
      sessions.forget(reply);
      return undefined;
    },
  });
}
