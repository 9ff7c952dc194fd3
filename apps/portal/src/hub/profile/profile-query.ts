import { hubRoutes } from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

export const profileQuery = queryOptions({
  queryKey: ['hub', 'profile'],
  queryFn: ({ signal }) => call(hubRoutes.profile, { signal }),
});

export const noticesQuery = queryOptions({
  queryKey: ['hub', 'notices'],
  queryFn: ({ signal }) => call(hubRoutes.notices, { signal }),
});
