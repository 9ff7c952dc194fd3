import { deskRoutes } from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

export const deskPlatformsQuery = queryOptions({
  queryKey: ['desk', 'platforms'],
  queryFn: ({ signal }) => call(deskRoutes.platforms, { signal }),
});
