import { libraryEntityRoutes } from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

export const keysQuery = queryOptions({
  queryKey: ['library', 'keys'],
  queryFn: ({ signal }) => call(libraryEntityRoutes.keys, { signal }),
});

export const keyQuery = (id: string) =>
  queryOptions({
    queryKey: ['library', 'keys', id],
    queryFn: ({ signal }) => call(libraryEntityRoutes.key, { params: { id }, signal }),
  });

export const keyHistoryQuery = (id: string) =>
  queryOptions({
    queryKey: ['library', 'keys', id, 'history'],
    queryFn: ({ signal }) => call(libraryEntityRoutes.keyHistory, { params: { id }, signal }),
  });

export const delegationsQuery = queryOptions({
  queryKey: ['library', 'delegations'],
  queryFn: ({ signal }) => call(libraryEntityRoutes.delegations, { signal }),
});
