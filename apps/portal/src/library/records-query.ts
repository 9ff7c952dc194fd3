import { type RecordItem, recordRoutes } from '@hufu/contracts';
import {
  type FieldShape,
  fieldsOf,
  holds,
  RECORD_TYPES,
  type RecordType,
  usable,
  type Values,
} from '@hufu/library';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../api/client.ts';
import { isCode } from '../api/problem.ts';

/** What the address of a list holds: `f.<field>` beside the fixed ones. */
export type ListSearch = {
  readonly page?: number | undefined;
  readonly pageSize?: 20 | 50 | 100 | undefined;
  readonly sort?: string | undefined;
  readonly q?: string | undefined;
  readonly state?: string | undefined;
  readonly expiring?: number | undefined;
  readonly parent?: string | undefined;
};

const RECORDS = ['library', 'records'] as const;

export const listQuery = (type: string, search: ListSearch) =>
  queryOptions({
    queryKey: [...RECORDS, type, 'list', search],
    queryFn: ({ signal }) =>
      call(recordRoutes.list, { params: { type }, query: search as Record<string, string>, signal }),
  });

export const detailQuery = (type: string, id: string) =>
  queryOptions({
    queryKey: [...RECORDS, type, 'one', id],
    queryFn: ({ signal }) => call(recordRoutes.detail, { params: { type, id }, signal }),
  });

export const historyQuery = (type: string, id: string, page: number) =>
  queryOptions({
    queryKey: [...RECORDS, type, 'one', id, 'history', page],
    queryFn: ({ signal }) => call(recordRoutes.history, { params: { type, id }, query: { page }, signal }),
  });

/** Everything that a change of a record can make stale, in lists and in the overview. */
export const touched = {
  queryKey: ['library'],
  predicate: ({ queryKey }: { queryKey: readonly unknown[] }) =>
    queryKey[1] === 'records' ||
    queryKey[1] === 'dashboard' ||
    queryKey[1] === 'title' ||
    queryKey[1] === 'session',
};

type Reference = Extract<FieldShape, { kind: 'reference' }>;
export type Candidate = { readonly record: RecordItem; readonly note: string };

const typesOf = (field: Reference): readonly RecordType[] =>
  RECORD_TYPES.filter(({ name }) => field.to.includes(name));

/** Records that can be chosen: in a usable state, and as the declaration asks. */
export const candidatesQuery = (field: Reference, q: string) =>
  queryOptions({
    queryKey: ['library', 'records', 'candidates', field.to, q],
    queryFn: async ({ signal }): Promise<readonly Candidate[]> => {
      const pages = await Promise.all(
        typesOf(field).map(async (type) => {
          const state = type.lifeCycle.states
            .filter(({ name }) => usable(type, name))
            .map(({ name }) => name);
          const { items } = await call(recordRoutes.list, {
            params: { type: type.name },
            query: { state: state.join(','), ...(q === '' ? {} : { q }) },
            signal,
          });
          return items.map((record) => ({ record, note: noteOf(type, record) }));
        }),
      );
      const { only } = field;
      return pages.flat().filter(({ record }) => only === undefined || holds(only, record.values as Values));
    },
    staleTime: 10_000,
  });

/** The first text column beside the name: enough to tell two of the same name apart. */
function noteOf(type: RecordType, { values }: RecordItem): string {
  const names = new Set(
    fieldsOf(type)
      .filter(({ kind }) => kind === 'text' || kind === 'id-number' || kind === 'mobile')
      .map(({ name }) => name),
  );
  const column = type.list.columns.find((name) => name !== type.title && names.has(name));
  const value = column === undefined ? undefined : values[column];
  return typeof value === 'string' ? value : '';
}

/** The name of a record that is referred to; null when there is none any more. */
export const titleQuery = (field: Pick<Reference, 'to'>, id: string | undefined) =>
  queryOptions({
    queryKey: ['library', 'title', id ?? ''],
    enabled: id !== undefined,
    queryFn: async ({ signal }): Promise<string | null> => {
      for (const type of field.to) {
        try {
          return (await call(recordRoutes.detail, { params: { type, id: id ?? '' }, signal })).title;
        } catch (error) {
          if (!isCode(error, 'RECORD_UNKNOWN')) throw error;
        }
      }
      return null;
    },
    staleTime: 60_000,
  });
