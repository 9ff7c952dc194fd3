import { z } from 'zod';
import { defineRoute, EVERYONE, PLATFORM } from '../route.ts';
import { Id } from '../schemas/common.ts';
import { FeedPage, FeedQuery } from '../schemas/exchange-feed.ts';
import {
  BaseVersion,
  FilingAnswer,
  FilingForm,
  RecognitionAnswer,
  RecognitionForm,
} from '../schemas/exchange-filings.ts';
import { Mapping } from '../schemas/exchange-mapping.ts';
import { PullAnswer, PullForm } from '../schemas/exchange-mirror.ts';
import { NoticeList, NoticeReceipt, NoticesQuery } from '../schemas/exchange-notices.ts';
import { ProjectAnswer, ProjectForm } from '../schemas/exchange-projects.ts';
import { ExchangeKeys, type ExchangeScope } from '../schemas/exchange-registration.ts';
import { SealingOrder, SealingOrderForm } from '../schemas/exchange-sealings.ts';
import { UsableAnswer, UsableQuery, UseAnswer, UseForm } from '../schemas/exchange-uses.ts';

const byId = z.object({ id: Id });

/**
 * Server to server: a platform with an access token of its own (OAuth 2.0 client credentials, RFC 6749 §4.4). Every
 * POST may be repeated: pulls, recognitions and sealings carry an `Idempotency-Key` under which the first answer is
 * kept; the others are told apart by what they say (callback id, number of the filing, trade number and section).
 */
export const exchangeRoutes = {
  keys: defineRoute({
    id: 'exchangeKeys',
    method: 'GET',
    path: '/api/v1/exchange/keys',
    summary: 'Keys that sign packages, recognitions and notices',
    actors: EVERYONE,
    responses: { 200: ExchangeKeys },
  }),
  feed: defineRoute({
    id: 'exchangeFeed',
    method: 'GET',
    path: '/api/v1/exchange/feed',
    summary: 'Changes of the entities that are activated on the platform, in the order of the evidence log',
    actors: PLATFORM,
    query: FeedQuery,
    responses: { 200: FeedPage },
  }),
  pull: defineRoute({
    id: 'exchangePull',
    method: 'POST',
    path: '/api/v1/exchange/pulls',
    summary: 'Mirror an entity, authorised by its 同步码 (PLAT-013, PLAT-014, OD-16, OD-27)',
    actors: PLATFORM,
    body: PullForm,
    responses: { 201: PullAnswer },
  }),
  /** Answers with the file. */
  pullFile: defineRoute({
    id: 'exchangePullFile',
    method: 'GET',
    path: '/api/v1/exchange/pulls/:id/files/:sha256',
    summary: 'A file of that pull, for a day',
    actors: PLATFORM,
    params: byId.extend({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
    responses: { 200: null },
  }),
  mapping: defineRoute({
    id: 'exchangeMapping',
    method: 'GET',
    path: '/api/v1/exchange/mapping',
    summary: 'Which directory of the library goes where on this platform (PLAT-033, F-DIRMAP)',
    actors: PLATFORM,
    responses: { 200: Mapping },
  }),
  usable: defineRoute({
    id: 'exchangeUsable',
    method: 'GET',
    path: '/api/v1/exchange/usable',
    summary: 'Records of an entity that may be used in bidding (PLAT-041, GEN-007)',
    actors: PLATFORM,
    query: UsableQuery,
    responses: { 200: UsableAnswer },
  }),
  use: defineRoute({
    id: 'exchangeUse',
    method: 'POST',
    path: '/api/v1/exchange/uses',
    summary: 'A performance was used: 使用次数 grows by one, once per callback id (PLAT-042, OD-22)',
    actors: PLATFORM,
    body: UseForm,
    responses: { 200: UseAnswer },
  }),
  notices: defineRoute({
    id: 'exchangeNotices',
    method: 'GET',
    path: '/api/v1/exchange/notices',
    summary: 'What was or is to be pushed to this platform, for one that fetches it itself (PLAT-040)',
    actors: PLATFORM,
    query: NoticesQuery,
    responses: { 200: NoticeList },
  }),
  acknowledge: defineRoute({
    id: 'exchangeAcknowledge',
    method: 'POST',
    path: '/api/v1/exchange/notices/acknowledgements',
    summary: 'Everything up to this number has been dealt with',
    actors: PLATFORM,
    body: NoticeReceipt,
    responses: { 204: null },
  }),
  project: defineRoute({
    id: 'exchangeProject',
    method: 'POST',
    path: '/api/v1/exchange/projects',
    summary: 'A project traded on the platform, signed (PLAT-043, LIB-PROJ-02)',
    actors: PLATFORM,
    body: ProjectForm,
    responses: { 200: ProjectAnswer },
  }),
  base: defineRoute({
    id: 'exchangeBase',
    method: 'GET',
    path: '/api/v1/exchange/base',
    summary: 'Which version of its base information an entity has now: what a review refers to',
    actors: PLATFORM,
    query: z.object({ uscc: FilingForm.shape.uscc }),
    responses: { 200: BaseVersion },
  }),
  filing: defineRoute({
    id: 'exchangeFiling',
    method: 'POST',
    path: '/api/v1/exchange/filings',
    summary: 'What the platform decided on an entity’s filing (PLAT-020 …)',
    actors: PLATFORM,
    body: FilingForm,
    responses: { 200: FilingAnswer },
  }),
  recognise: defineRoute({
    id: 'exchangeRecognise',
    method: 'POST',
    path: '/api/v1/exchange/recognitions',
    summary: 'Take over another platform’s approval of the same version, by this platform’s policy',
    actors: PLATFORM,
    body: RecognitionForm,
    responses: { 200: RecognitionAnswer },
  }),
  /** Multipart, part `file`. */
  sealing: defineRoute({
    id: 'exchangeSealing',
    method: 'POST',
    path: '/api/v1/exchange/sealings',
    summary: 'Ask an entity to seal a PDF (PLAT-011)',
    actors: PLATFORM,
    form: SealingOrderForm,
    responses: { 201: SealingOrder },
  }),
  sealingState: defineRoute({
    id: 'exchangeSealingState',
    method: 'GET',
    path: '/api/v1/exchange/sealings/:id',
    summary: 'Whether it is 已签章',
    actors: PLATFORM,
    params: byId,
    responses: { 200: SealingOrder },
  }),
  /** Redirects: for the browser of whoever has sealed. */
  sealingReturn: defineRoute({
    id: 'exchangeSealingReturn',
    method: 'GET',
    path: '/api/v1/exchange/sealings/:id/return',
    summary: 'Back to the platform that asked for the seal',
    actors: EVERYONE,
    params: byId,
    responses: { 303: null },
  }),
  /** Answers application/pdf. */
  sealingDocument: defineRoute({
    id: 'exchangeSealingDocument',
    method: 'GET',
    path: '/api/v1/exchange/sealings/:id/document',
    summary: 'The sealed document',
    actors: PLATFORM,
    params: byId,
    responses: { 200: null },
  }),
} as const;

/** Which use of a token each operation is. */
export const EXCHANGE_SCOPE_OF: Readonly<
  Record<Exclude<keyof typeof exchangeRoutes, 'keys' | 'sealingReturn'>, ExchangeScope>
> = {
  feed: 'library:feed',
  pull: 'library:pull',
  pullFile: 'library:pull',
  mapping: 'library:pull',
  usable: 'library:pull',
  use: 'library:callback',
  notices: 'library:callback',
  acknowledge: 'library:callback',
  project: 'projects:write',
  base: 'filings:write',
  filing: 'filings:write',
  recognise: 'filings:write',
  sealing: 'filings:write',
  sealingState: 'filings:write',
  sealingDocument: 'filings:write',
};
