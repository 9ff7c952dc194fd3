import { libraryExchangeRoutes } from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

/** What each joined platform has of this entity, and on what terms. */
export const platformsQuery = queryOptions({
  queryKey: ['library', 'platforms'],
  queryFn: ({ signal }) => call(libraryExchangeRoutes.platforms, { signal }),
});
