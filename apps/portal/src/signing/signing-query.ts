import { type PreparationState, signingRoutes } from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call, linkTo } from '../api/client.ts';

export type TaskSearch = {
  readonly page?: number | undefined;
  readonly pageSize?: 20 | 50 | 100 | undefined;
  readonly show?: 'turn' | 'sent' | 'received' | 'done' | 'all' | undefined;
};

export const tasksQuery = (search: TaskSearch) =>
  queryOptions({
    queryKey: ['hub', 'signing', 'list', search],
    queryFn: ({ signal }) => call(signingRoutes.list, { query: search, signal }),
  });

export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: ['hub', 'signing', 'task', id],
    queryFn: ({ signal }) => call(signingRoutes.find, { params: { id }, signal }),
  });

/** Of the document as it stands: another seal gives it other bytes. */
export const pagesQuery = (id: string, sha256: string) =>
  queryOptions({
    queryKey: ['hub', 'signing', 'pages', id, sha256],
    queryFn: ({ signal }) => call(signingRoutes.pages, { params: { id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Asks again for as long as the server is at work; each question waits for a change. */
export const preparationQuery = (id: string) =>
  queryOptions({
    queryKey: ['hub', 'signing', 'preparation', id],
    queryFn: ({ signal }) => call(signingRoutes.preparation, { params: { id }, query: { wait: 5 }, signal }),
    refetchInterval: ({ state }) => (state.data && AT_WORK.has(state.data.state) ? 300 : false),
  });

const AT_WORK: ReadonlySet<PreparationState> = new Set(['PREPARING', 'SEALING']);

export const pagePicture = (id: string, page: { number: number; sha256: string }): string =>
  `${linkTo(signingRoutes.page, { params: { id, number: page.number }, query: { width: 1200 } })}&v=${page.sha256.slice(0, 12)}`;
