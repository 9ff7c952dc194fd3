import { z } from 'zod';
import { DESK, defineRoute } from '../route.ts';
import { Id, PageQuery, pageOf } from '../schemas/common.ts';
import { Approval, Reason } from '../schemas/desk.ts';
import {
  EntityFilter,
  EntityListPage,
  EntityListQuery,
  EntityPageView,
  LibrarySearchPage,
  LibrarySearchQuery,
  QualityFinding,
  QualityKind,
  QualityQuery,
  QualityReport,
  StewardRecord,
} from '../schemas/desk-library.ts';

const byId = z.object({ id: Id });
const RecordTypeName = z.string().regex(/^[a-z][a-z-]{1,40}$/);
const byRecord = byId.extend({ type: RecordTypeName, record: z.uuid() });
const WORKERS = ['desk.clerk', 'desk.reviewer', 'desk.admin'] as const;
const REVIEWERS = ['desk.reviewer', 'desk.admin'] as const;

/** The desk looks after the entity library. */
export const stewardRoutes = {
  search: defineRoute({
    id: 'stewardSearch',
    method: 'GET',
    path: '/api/v1/desk/library/search',
    summary: 'Entities by name, former name, unified social credit code, project or person',
    actors: DESK,
    query: LibrarySearchQuery,
    responses: { 200: LibrarySearchPage },
  }),
  entities: defineRoute({
    id: 'stewardEntities',
    method: 'GET',
    path: '/api/v1/desk/library/entities',
    summary: 'Entities of the library',
    actors: DESK,
    query: EntityListQuery,
    responses: { 200: EntityListPage },
  }),
  /** Answers a file. */
  exportXlsx: defineRoute({
    id: 'stewardExportXlsx',
    method: 'GET',
    path: '/api/v1/desk/library/entities/export.xlsx',
    summary: 'The list as a workbook, streamed',
    actors: WORKERS,
    query: EntityFilter,
    responses: { 200: null },
  }),
  exportCsv: defineRoute({
    id: 'stewardExportCsv',
    method: 'GET',
    path: '/api/v1/desk/library/entities/export.csv',
    summary: 'The list as CSV, streamed',
    actors: WORKERS,
    query: EntityFilter,
    responses: { 200: null },
  }),
  entity: defineRoute({
    id: 'stewardEntity',
    method: 'GET',
    path: '/api/v1/desk/library/entities/:id',
    summary: 'One entity: facts, state, keys, counts of its records',
    actors: DESK,
    params: byId,
    responses: { 200: EntityPageView },
  }),
  records: defineRoute({
    id: 'stewardRecords',
    method: 'GET',
    path: '/api/v1/desk/library/entities/:id/records/:type',
    summary: 'Records of one type, what is personal masked',
    actors: DESK,
    params: byId.extend({ type: RecordTypeName }),
    query: PageQuery.pick({ page: true, pageSize: true }),
    responses: { 200: pageOf(StewardRecord) },
  }),
  reveal: defineRoute({
    id: 'stewardReveal',
    method: 'POST',
    path: '/api/v1/desk/library/entities/:id/records/:type/:record/reveal',
    summary: 'One record in clear, for a reason that is kept',
    actors: WORKERS,
    params: byRecord,
    body: Reason,
    responses: { 200: StewardRecord },
  }),
  freeze: defineRoute({
    id: 'stewardFreeze',
    method: 'POST',
    path: '/api/v1/desk/library/entities/:id/freeze',
    summary: 'Freeze at once: looking only, nothing usable',
    actors: REVIEWERS,
    params: byId,
    body: Reason,
    responses: { 200: EntityPageView },
  }),
  thaw: defineRoute({
    id: 'stewardThaw',
    method: 'DELETE',
    path: '/api/v1/desk/library/entities/:id/freeze',
    summary: 'Release a frozen entity (second person approves: ENTITY_THAW)',
    actors: REVIEWERS,
    params: byId,
    body: Reason,
    responses: { 202: Approval },
  }),
  merge: defineRoute({
    id: 'stewardMerge',
    method: 'POST',
    path: '/api/v1/desk/library/entities/:id/merge',
    summary: 'Close this account as a second one of another (second person approves: ENTITY_MERGE)',
    actors: REVIEWERS,
    params: byId,
    body: Reason.extend({ into: Id }),
    responses: { 202: Approval },
  }),
  quality: defineRoute({
    id: 'stewardQuality',
    method: 'GET',
    path: '/api/v1/desk/library/quality',
    summary: 'Newest data-quality report',
    actors: DESK,
    responses: { 200: QualityReport },
  }),
  findings: defineRoute({
    id: 'stewardFindings',
    method: 'GET',
    path: '/api/v1/desk/library/quality/:kind',
    summary: 'What the report found, one kind',
    actors: DESK,
    params: z.object({ kind: QualityKind }),
    query: QualityQuery,
    responses: { 200: pageOf(QualityFinding) },
  }),
} as const;
