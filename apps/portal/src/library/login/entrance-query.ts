import { libraryEntityRoutes } from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

/** How the library can be entered, and the agreements to read first. */
export const entranceQuery = queryOptions({
  queryKey: ['library', 'entrance'],
  queryFn: ({ signal }) => call(libraryEntityRoutes.entrance, { signal }),
  staleTime: 300_000,
});
