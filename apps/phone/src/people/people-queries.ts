import { phoneRoutes } from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../api/client.ts';

export const enterprisesQuery = queryOptions({
  queryKey: ['people', 'enterprises'],
  queryFn: ({ signal }) => call(phoneRoutes.enterprises, { signal }),
});

export const enterpriseQuery = (id: string) =>
  queryOptions({
    queryKey: ['people', 'enterprise', id],
    queryFn: ({ signal }) => call(phoneRoutes.enterprise, { params: { id }, signal }),
  });

export const peopleQuery = (id: string) =>
  queryOptions({
    queryKey: ['people', 'of', id],
    queryFn: ({ signal }) => call(phoneRoutes.people, { params: { id }, signal }),
  });
