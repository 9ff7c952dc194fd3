import { libraryEntityRoutes } from '@hufu/contracts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { serve } from '../../access/index.ts';
import { browserOf, type EntityContext } from '../context.ts';
import { activate } from './activate.ts';
import { admissionView, admittedFor } from './admission.ts';
import { choose, logIn } from './log-in.ts';
import { readForRegistration } from './read-for-registration.ts';
import { register } from './register.ts';

/** The ways in by key: registration, login, activation, and the choice of whom to act for. */
export function admissionRoutes(app: HttpApp, context: EntityContext): void {
  const { deps } = context;
  const limited = { limit: 'library-proof', auditedInside: true } as const;

  serve(app, {
    route: libraryEntityRoutes.entrance,
    handler: async () => ({
      libEntry: deps.libEntry,
      citizens: deps.citizens === undefined ? null : deps.citizens.label,
      agreements: [...deps.agreements],
    }),
  });
  serve(app, {
    route: libraryEntityRoutes.readForRegistration,
    config: limited,
    handler: ({ body, request, reply }) =>
      readForRegistration(context, { call: { request, reply }, proof: body }),
  });
  serve(app, {
    route: libraryEntityRoutes.register,
    config: limited,
    handler: ({ body, request, reply }) => register(context, { call: { request, reply }, form: body }),
  });
  serve(app, {
    route: libraryEntityRoutes.login,
    config: limited,
    handler: ({ body, request, reply }) => logIn(context, { call: { request, reply }, proof: body }),
  });
  serve(app, {
    route: libraryEntityRoutes.activate,
    config: limited,
    handler: ({ body, request, reply }) => activate(context, { call: { request, reply }, form: body }),
  });
  serve(app, {
    route: libraryEntityRoutes.choose,
    config: limited,
    handler: ({ body, request, reply }) => choose(context, { call: { request, reply }, form: body }),
  });
  serve(app, {
    route: libraryEntityRoutes.admission,
    handler: async ({ params, request }) => {
      const browserSha256 = browserOf(context, request);
      const { row } = await admittedFor(deps, {
        id: params.id,
        browserSha256,
        purposes: ['REGISTER', 'ACTIVATE', 'CHOOSE', 'KEY'],
      });
      return admissionView(deps, deps.database.db, row);
    },
  });
}
