import { z } from 'zod';
import { defineRoute, PHONE, PHONE_VERIFIED } from '../route.ts';
import { Id } from '../schemas/common.ts';
import { PhoneGrant, PhoneGrantForm, PhoneGrantQuery } from '../schemas/phone-grants.ts';
import { PhoneScopeEntry } from '../schemas/phone-scopes.ts';

const byId = z.object({ id: Id });

/** 授权管理. */
export const phoneGrantsRoutes = {
  scopes: defineRoute({
    id: 'phoneScopes',
    method: 'GET',
    path: '/api/v1/phone/scopes',
    summary: 'Platforms for which grants are given and certificates applied for',
    actors: PHONE,
    responses: { 200: z.array(PhoneScopeEntry) },
  }),
  grants: defineRoute({
    id: 'phoneGrants',
    method: 'GET',
    path: '/api/v1/phone/enterprises/:id/grants',
    summary: '授权管理 by platform and by person, with 历史授权记录 (MOB-048, MOB-049)',
    actors: PHONE_VERIFIED,
    params: byId,
    query: PhoneGrantQuery,
    responses: { 200: z.array(PhoneGrant) },
  }),
  grant: defineRoute({
    id: 'phoneGrant',
    method: 'POST',
    path: '/api/v1/phone/enterprises/:id/grants',
    summary: 'Grant the use of a certificate (MOB-047); the administrator alone',
    actors: PHONE_VERIFIED,
    params: byId,
    body: PhoneGrantForm,
    responses: { 201: z.array(PhoneGrant) },
  }),
  revokeGrant: defineRoute({
    id: 'phoneRevokeGrant',
    method: 'DELETE',
    path: '/api/v1/phone/grants/:id',
    summary: 'End a grant, at once (MOB-050)',
    actors: PHONE_VERIFIED,
    params: byId,
    responses: { 200: PhoneGrant },
  }),
} as const;
