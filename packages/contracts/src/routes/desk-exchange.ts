import { z } from 'zod';
import { DESK, defineRoute } from '../route.ts';
import { Id, pageOf } from '../schemas/common.ts';
import { LibraryNodes, Mapping, MappingForm } from '../schemas/exchange-mapping.ts';
import { Push, PushState } from '../schemas/exchange-notices.ts';
import { ExchangeRegistration, ExchangeRegistrationForm } from '../schemas/exchange-registration.ts';

const byId = z.object({ id: Id });
const PlatformCode = z.string().regex(/^[a-z0-9-]{2,40}$/);
const byCode = z.object({ code: PlatformCode });

/** The desk looks after the exchange. */
export const deskExchangeRoutes = {
  nodes: defineRoute({
    id: 'deskLibraryNodes',
    method: 'GET',
    path: '/api/v1/desk/library/nodes',
    summary: 'All directories of the library (电子件目录)',
    actors: DESK,
    responses: { 200: LibraryNodes },
  }),
  mapping: defineRoute({
    id: 'deskMapping',
    method: 'GET',
    path: '/api/v1/desk/library/mappings/:code',
    summary: 'A platform’s mapping (F-DIRMAP)',
    actors: DESK,
    params: byCode,
    responses: { 200: Mapping },
  }),
  changeMapping: defineRoute({
    id: 'deskChangeMapping',
    method: 'PUT',
    path: '/api/v1/desk/library/mappings/:code',
    summary: 'Replace a platform’s mapping',
    actors: ['desk.admin'],
    params: byCode,
    body: MappingForm,
    responses: { 200: Mapping },
  }),
  registration: defineRoute({
    id: 'deskExchangeRegistration',
    method: 'GET',
    path: '/api/v1/desk/library/exchange/:code',
    summary: 'How a platform takes part: address of notices, keys, uses, recognition policy',
    actors: DESK,
    params: byCode,
    responses: { 200: ExchangeRegistration },
  }),
  changeRegistration: defineRoute({
    id: 'deskChangeExchangeRegistration',
    method: 'PUT',
    path: '/api/v1/desk/library/exchange/:code',
    summary: 'Change that',
    actors: ['desk.admin'],
    params: byCode,
    body: ExchangeRegistrationForm,
    responses: { 200: ExchangeRegistration },
  }),
  pushes: defineRoute({
    id: 'deskPushes',
    method: 'GET',
    path: '/api/v1/desk/library/pushes',
    summary: 'Notices to platforms: waiting, acknowledged, given up',
    actors: DESK,
    query: z.object({
      page: z.coerce.number().int().min(1).max(10_000).default(1),
      platform: PlatformCode.optional(),
      state: PushState.optional(),
    }),
    responses: { 200: pageOf(Push) },
  }),
  retryPush: defineRoute({
    id: 'deskRetryPush',
    method: 'POST',
    path: '/api/v1/desk/library/pushes/:id/retry',
    summary: 'Try a notice again that was given up',
    actors: ['desk.clerk', 'desk.reviewer', 'desk.admin'],
    params: byId,
    responses: { 200: Push },
  }),
} as const;
