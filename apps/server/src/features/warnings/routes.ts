import { warningRoutes } from '@hufu/contracts';
import { auditOrigin } from '../../infra/http/caller-facts.ts';
import type { HttpApp } from '../../infra/http/http-app.ts';
import { languageOf } from '../../infra/http/language.ts';
import { actorOf, memberOf, serve } from '../access/index.ts';
import type { WarningDeps } from './deps.ts';
import { countUnread, listWarnings, markRead } from './list-warnings.ts';
import { choosePreferences, confirmAddress, preferencesOf } from './preferences.ts';

/** 提醒 of the members of the library. */
export function warningRoutesOf(app: HttpApp, deps: WarningDeps): void {
  const { db } = deps.database;

  serve(app, {
    route: warningRoutes.list,
    handler: ({ query, request }) => {
      const language = languageOf(query, request.headers['accept-language']);
      return listWarnings(deps, memberOf(request), { ...query, language });
    },
  });

  serve(app, {
    route: warningRoutes.unread,
    handler: ({ request }) => countUnread(db, memberOf(request)),
  });

  serve(app, {
    route: warningRoutes.read,
    handler: ({ body, request }) => markRead(deps, memberOf(request), 'ids' in body ? body.ids : undefined),
  });

  serve(app, {
    route: warningRoutes.preferences,
    handler: ({ request }) => preferencesOf(db, memberOf(request).entityId),
  });

  serve(app, {
    route: warningRoutes.prefer,
    config: { limit: 'library-address' },
    handler: ({ body, request }) => {
      const member = memberOf(request);
      return choosePreferences(deps, {
        entityId: member.entityId,
        form: body,
        actor: actorOf(member),
        origin: auditOrigin(request, deps.sourceHash),
      });
    },
  });

  serve(app, {
    route: warningRoutes.confirm,
    config: { limit: 'library-address' },
    handler: ({ body, request }) =>
      confirmAddress(deps, { entityId: memberOf(request).entityId, code: body.code }),
  });
}
