import {
  deskExchangeRoutes,
  type EntityFilter,
  type EntityListQuery,
  evidenceRoutes,
  stewardRoutes,
} from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { call } from '../../api/client.ts';

/** What the address of the page says. */
export type LibrarySearch = Omit<z.input<typeof EntityListQuery>, 'page' | 'pageSize'> & {
  readonly q?: string | undefined;
  readonly page?: number | undefined;
  readonly pageSize?: 20 | 50 | 100 | undefined;
};

export const entitiesQuery = ({ q: _q, ...query }: LibrarySearch) =>
  queryOptions({
    queryKey: ['desk', 'library', 'entities', query],
    queryFn: ({ signal }) => call(stewardRoutes.entities, { query, signal }),
  });

export const searchQuery = (query: { readonly q: string; readonly page?: number | undefined }) =>
  queryOptions({
    queryKey: ['desk', 'library', 'search', query],
    queryFn: ({ signal }) => call(stewardRoutes.search, { query, signal }),
  });

export const entityQuery = (id: string) =>
  queryOptions({
    queryKey: ['desk', 'library', 'entity', id],
    queryFn: ({ signal }) => call(stewardRoutes.entity, { params: { id }, signal }),
  });

export const entityExchangeQuery = (id: string) =>
  queryOptions({
    queryKey: ['desk', 'library', 'entity', id, 'exchange'],
    queryFn: ({ signal }) => call(deskExchangeRoutes.entity, { params: { id }, signal }),
  });

export const recordsQuery = (id: string, type: string) =>
  queryOptions({
    queryKey: ['desk', 'library', 'entity', id, type],
    queryFn: ({ signal }) => call(stewardRoutes.records, { params: { id, type }, query: {}, signal }),
  });

/** Every change of the entity, the newest first, with how far its evidence has come. */
export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['desk', 'library', 'timeline', id],
    queryFn: ({ signal }) => call(evidenceRoutes.deskHistory, { query: { enterprise: id }, signal }),
  });

/** The filter alone, for an export. */
export const filterOf = ({
  state,
  kind,
  region,
  from,
  to,
  incomplete,
}: LibrarySearch): z.input<typeof EntityFilter> => ({ state, kind, region, from, to, incomplete });
