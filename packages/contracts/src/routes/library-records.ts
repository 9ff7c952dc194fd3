import type { RecordType } from '@hufu/library';
import { z } from 'zod';
import { defineRoute, MAINTAINERS, MEMBERS, type Route } from '../route.ts';
import { Id } from '../schemas/common.ts';
import {
  LibraryDashboard,
  RecordChange,
  RecordCheck,
  RecordCheckForm,
  RecordCreation,
  RecordDetail,
  RecordHistoryEntry,
  RecordPage,
  RecordQuery,
  RecordVersion,
  SheetAnswer,
  SheetForm,
} from '../schemas/library-records.ts';

const ofType = z.object({ type: z.string().regex(/^[a-z-]{1,60}$/) });
const oneOf = ofType.extend({ id: Id });
const BASE = '/api/v1/library/records/:type';

/** Records of every type; the server serves each type under its own address (`recordRoutesOf`). */
export const recordRoutes = {
  list: defineRoute({
    id: 'listRecords',
    method: 'GET',
    path: BASE,
    summary: 'Records, with their states (GEN-011, OD-21)',
    actors: MEMBERS,
    params: ofType,
    query: RecordQuery,
    responses: { 200: RecordPage },
  }),
  create: defineRoute({
    id: 'createRecord',
    method: 'POST',
    path: BASE,
    summary: 'Add a record by one of the events that make one',
    actors: MAINTAINERS,
    params: ofType,
    body: RecordCreation,
    responses: { 201: RecordDetail },
  }),
  check: defineRoute({
    id: 'checkRecord',
    method: 'POST',
    path: `${BASE}/check`,
    summary: 'Everything that is wrong with values; nothing is written',
    actors: MAINTAINERS,
    params: ofType,
    body: RecordCheckForm,
    responses: { 200: RecordCheck },
  }),
  /** Answers a sheet of the records under the filters of the list. */
  exportXlsx: defineRoute({
    id: 'exportRecordsXlsx',
    method: 'GET',
    path: `${BASE}/export.xlsx`,
    summary: 'Export as XLSX (OD-21)',
    actors: MEMBERS,
    params: ofType,
    query: RecordQuery,
    responses: { 200: null },
  }),
  exportCsv: defineRoute({
    id: 'exportRecordsCsv',
    method: 'GET',
    path: `${BASE}/export.csv`,
    summary: 'Export as CSV (UTF-8)',
    actors: MEMBERS,
    params: ofType,
    query: RecordQuery,
    responses: { 200: null },
  }),
  /** Answers an empty sheet with the headings and what may stand below them. */
  template: defineRoute({
    id: 'recordTemplate',
    method: 'GET',
    path: `${BASE}/template.xlsx`,
    summary: 'Sheet to be filled in for the import',
    actors: MEMBERS,
    params: ofType,
    responses: { 200: null },
  }),
  /** Multipart, part `file`: XLSX or CSV, at most 10,000 rows. */
  importSheet: defineRoute({
    id: 'importRecords',
    method: 'POST',
    path: `${BASE}/import`,
    summary: 'Add records from a sheet; every fault of every row is told',
    actors: MAINTAINERS,
    params: ofType,
    form: SheetForm,
    responses: { 200: SheetAnswer },
  }),
  detail: defineRoute({
    id: 'recordDetail',
    method: 'GET',
    path: `${BASE}/:id`,
    summary: '查看: one record (GEN-011)',
    actors: MEMBERS,
    params: oneOf,
    responses: { 200: RecordDetail },
  }),
  /** Deleting a draft answers 204. */
  change: defineRoute({
    id: 'changeRecord',
    method: 'POST',
    path: `${BASE}/:id/events`,
    summary: 'One step of the record’s life cycle',
    actors: MAINTAINERS,
    params: oneOf,
    body: RecordChange,
    responses: { 200: RecordDetail, 204: null },
  }),
  history: defineRoute({
    id: 'recordHistory',
    method: 'GET',
    path: `${BASE}/:id/history`,
    summary: '变更记录: all versions, the newest first, with their evidence (LIB-PROJ-20, -21)',
    actors: MEMBERS,
    params: oneOf,
    query: z.object({
      page: z.coerce.number().int().min(1).max(10_000).default(1),
      pageSize: z.coerce.number().int().min(1).max(50).default(20),
    }),
    responses: {
      200: z.object({
        items: z.array(RecordHistoryEntry),
        total: z.int(),
        page: z.int(),
        pageSize: z.int(),
      }),
    },
  }),
  version: defineRoute({
    id: 'recordVersion',
    method: 'GET',
    path: `${BASE}/:id/versions/:version`,
    summary: 'One version as it was',
    actors: MEMBERS,
    params: oneOf.extend({ version: z.coerce.number().int().min(1) }),
    responses: { 200: RecordVersion },
  }),
} as const;

export const dashboardRoutes = {
  dashboard: defineRoute({
    id: 'libraryDashboard',
    method: 'GET',
    path: '/api/v1/library/dashboard',
    summary: '企业信息总览: counts, what expires, what blocks bidding (LIB-DASH-01)',
    actors: MEMBERS,
    responses: { 200: LibraryDashboard },
  }),
} as const;

export type RecordRoutes = typeof recordRoutes;

/** The operations of one type, at its own address and under its own name in the API's description. */
export function recordRoutesOf({ name, label }: Pick<RecordType, 'name' | 'label'>): RecordRoutes {
  const own = (route: Route): Route => ({
    ...route,
    id: `${route.id}_${name}`,
    path: route.path.replace(':type', name),
    summary: `${label.zh}: ${route.summary}`,
    ...paramsWithoutType(route),
  });
  return Object.fromEntries(
    Object.entries(recordRoutes).map(([key, route]) => [key, own(route)]),
  ) as unknown as RecordRoutes;
}

function paramsWithoutType({ params }: Route): Pick<Route, 'params'> {
  if (!(params instanceof z.ZodObject)) return {};
  const { type: _, ...rest } = params.shape as Record<string, z.ZodType>;
  return { params: z.object(rest) };
}
