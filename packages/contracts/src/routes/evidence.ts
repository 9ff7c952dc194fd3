import { z } from 'zod';
import { DESK, defineRoute, EVERYONE, HOLDERS, MEMBERS } from '../route.ts';
import { PageQuery, pageOf } from '../schemas/common.ts';
import { EvidenceEntry, EvidenceErasure, EvidenceLog, EvidenceStamp } from '../schemas/evidence.ts';

const byId = z.object({ id: z.uuid() });
const Name = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/);

/** One record's changes, or those of all records that the reader may see. */
const History = PageQuery.pick({ page: true, pageSize: true }).extend({
  kind: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,40}$/)
    .optional(),
  record: z.string().max(200).optional(),
});

/** Evidence of changes (存证): their history, their stamps, what a court is given. */
export const evidenceRoutes = {
  log: defineRoute({
    id: 'evidenceLog',
    method: 'GET',
    path: '/api/v1/evidence/log',
    summary: 'The log: its newest checkpoint, its witnesses, its chain',
    actors: EVERYONE,
    responses: { 200: EvidenceLog },
  }),
  history: defineRoute({
    id: 'evidenceHistory',
    method: 'GET',
    path: '/api/v1/hub/evidence',
    summary: 'Changes of the enterprise’s own records (变更记录, LIB-PROJ-20)',
    actors: HOLDERS,
    query: History,
    responses: { 200: pageOf(EvidenceEntry) },
  }),
  stamp: defineRoute({
    id: 'evidenceStamp',
    method: 'GET',
    path: '/api/v1/hub/evidence/:id',
    summary: 'Stamp of one change (上链信息戳, LIB-PROJ-21, OD-19)',
    actors: HOLDERS,
    params: byId,
    responses: { 200: EvidenceStamp },
  }),
  bundle: defineRoute({
    id: 'evidenceBundle',
    method: 'GET',
    path: '/api/v1/hub/evidence/:id/bundle',
    summary: 'Evidence of one change as a file that is verified without this server (下载证据包)',
    actors: HOLDERS,
    params: byId,
    responses: { 200: z.unknown() },
  }),
  deskHistory: defineRoute({
    id: 'deskEvidenceHistory',
    method: 'GET',
    path: '/api/v1/desk/evidence',
    summary: 'Changes of any record',
    actors: DESK,
    query: History.extend({ enterprise: z.string().max(64).optional() }),
    responses: { 200: pageOf(EvidenceEntry) },
  }),
  deskStamp: defineRoute({
    id: 'deskEvidenceStamp',
    method: 'GET',
    path: '/api/v1/desk/evidence/:id',
    summary: 'Stamp of one change, of any record',
    actors: DESK,
    params: byId,
    responses: { 200: EvidenceStamp },
  }),
  deskBundle: defineRoute({
    id: 'deskEvidenceBundle',
    method: 'GET',
    path: '/api/v1/desk/evidence/:id/bundle',
    summary: 'Evidence of one change, without what is personal in it',
    actors: DESK,
    params: byId,
    responses: { 200: z.unknown() },
  }),
  erase: defineRoute({
    id: 'deskEvidenceErase',
    method: 'POST',
    path: '/api/v1/desk/evidence/:id/disclosures/:name/erasure',
    summary: 'Erase a personal field of a statement for good; its proofs stay valid',
    actors: ['desk.admin'],
    params: byId.extend({ name: Name }),
    body: EvidenceErasure,
    responses: { 204: null },
  }),
} as const;

/** The same for whoever is logged in to the library. */
export const memberEvidenceRoutes = {
  history: defineRoute({
    ...evidenceRoutes.history,
    id: 'memberEvidenceHistory',
    path: '/api/v1/library/evidence',
    actors: MEMBERS,
  }),
  stamp: defineRoute({
    ...evidenceRoutes.stamp,
    id: 'memberEvidenceStamp',
    path: '/api/v1/library/evidence/:id',
    actors: MEMBERS,
  }),
  bundle: defineRoute({
    ...evidenceRoutes.bundle,
    id: 'memberEvidenceBundle',
    path: '/api/v1/library/evidence/:id/bundle',
    actors: MEMBERS,
  }),
} as const;
