import { deskRoutes } from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

export const deskAuthoritiesQuery = queryOptions({
  queryKey: ['desk', 'authorities'],
  queryFn: ({ signal }) => call(deskRoutes.authorities, { signal }),
  refetchInterval: 30_000,
});
