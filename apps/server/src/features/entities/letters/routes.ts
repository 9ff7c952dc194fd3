import { libraryEntityRoutes } from '@hufu/contracts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { memberOf, serve } from '../../access/index.ts';
import { type EntityContext, originOf } from '../context.ts';
import { letterStatus, openLetter } from './commitment-letter.ts';

/** 承诺书 (LIB-BASE-03). */
export function letterRoutes(app: HttpApp, context: EntityContext): void {
  serve(app, {
    route: libraryEntityRoutes.letter,
    handler: ({ request }) => letterStatus(context, memberOf(request).entityId),
  });
  serve(app, {
    route: libraryEntityRoutes.openLetter,
    config: { limit: 'library-letter' },
    handler: ({ request }) =>
      openLetter(context, { member: memberOf(request), from: originOf(context, request) }),
  });
}
