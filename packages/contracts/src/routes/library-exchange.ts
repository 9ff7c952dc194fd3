import { z } from 'zod';
import { defineRoute, LIBRARY_PRIMARY, MEMBERS } from '../route.ts';
import { Id } from '../schemas/common.ts';
import { PlatformStanding } from '../schemas/exchange-standing.ts';
import { UseLogEntry } from '../schemas/exchange-uses.ts';

const byId = z.object({ id: Id });
const PlatformCode = z.string().regex(/^[a-z0-9-]{2,40}$/);
const byCode = z.object({ code: PlatformCode });

/** What an entity sees of the platforms' dealings with its information. */
export const libraryExchangeRoutes = {
  platforms: defineRoute({
    id: 'libraryPlatforms',
    method: 'GET',
    path: '/api/v1/library/platforms',
    summary: 'Mirror, approval, recognition and consent of every platform',
    actors: MEMBERS,
    responses: { 200: z.array(PlatformStanding) },
  }),
  consent: defineRoute({
    id: 'libraryConsent',
    method: 'PUT',
    path: '/api/v1/library/platforms/:code/consent',
    summary: 'Let a platform look up usable records while nobody is logged in there',
    actors: LIBRARY_PRIMARY,
    params: byCode,
    responses: { 204: null },
  }),
  withdrawConsent: defineRoute({
    id: 'libraryWithdrawConsent',
    method: 'DELETE',
    path: '/api/v1/library/platforms/:code/consent',
    summary: 'Take that back; also while frozen, for it opens nothing',
    actors: LIBRARY_PRIMARY,
    whileFrozen: true,
    params: byCode,
    responses: { 204: null },
  }),
  uses: defineRoute({
    id: 'libraryUses',
    method: 'GET',
    path: '/api/v1/library/performances/:id/uses',
    summary: '使用记录 of a performance (LIB-PERF-08)',
    actors: MEMBERS,
    params: byId,
    responses: { 200: z.array(UseLogEntry) },
  }),
} as const;
