import { z } from 'zod';
import { DESK, defineRoute } from '../route.ts';
import { Id, pageOf } from '../schemas/common.ts';
import { Approval } from '../schemas/desk.ts';
import {
  LibraryNodes,
  Mapping,
  MappingForm,
  MappingTrial,
  MappingTrialForm,
  MappingVersion,
} from '../schemas/exchange-mapping.ts';
import { Push, PushState } from '../schemas/exchange-notices.ts';
import { ExchangeRegistration, ExchangeRegistrationForm } from '../schemas/exchange-registration.ts';
import { EntityExchange } from '../schemas/exchange-standing.ts';

const byId = z.object({ id: Id });
const PlatformCode = z.string().regex(/^[a-z0-9-]{2,40}$/);
const byCode = z.object({ code: PlatformCode });

/** The desk looks after the exchange. */
export const deskExchangeRoutes = {
  entity: defineRoute({
    id: 'deskEntityExchange',
    method: 'GET',
    path: '/api/v1/desk/library/entities/:id/exchange',
    summary: 'An entity’s copies, filings, recognitions and undelivered notices at the platforms',
    actors: DESK,
    params: byId,
    responses: { 200: EntityExchange },
  }),
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
  mappingVersions: defineRoute({
    id: 'deskMappingVersions',
    method: 'GET',
    path: '/api/v1/desk/library/mappings/:code/versions',
    summary: 'Every version of a platform’s mapping, the newest first',
    actors: DESK,
    params: byCode,
    responses: { 200: z.array(MappingVersion) },
  }),
  /** Changes nothing. */
  tryMapping: defineRoute({
    id: 'deskTryMapping',
    method: 'POST',
    path: '/api/v1/desk/library/mappings/:code/trials',
    summary: 'What a mapping would change, tried on entities that synced there',
    actors: ['desk.admin'],
    params: byCode,
    body: MappingTrialForm,
    responses: { 200: MappingTrial },
  }),
  changeMapping: defineRoute({
    id: 'deskChangeMapping',
    method: 'PUT',
    path: '/api/v1/desk/library/mappings/:code',
    summary: 'Replace a platform’s mapping (second person approves: MAPPING_CHANGE)',
    actors: ['desk.admin'],
    params: byCode,
    body: MappingForm,
    responses: { 202: Approval },
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
    summary: 'Change that (second person approves: EXCHANGE_CHANGE)',
    actors: ['desk.admin'],
    params: byCode,
    body: ExchangeRegistrationForm,
    responses: { 202: Approval },
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
