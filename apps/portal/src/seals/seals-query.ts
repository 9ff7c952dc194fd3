import { sealRoutes } from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call, linkTo } from '../api/client.ts';

export const sealsQuery = queryOptions({
  queryKey: ['hub', 'seals'],
  queryFn: ({ signal }) => call(sealRoutes.list, { signal }),
});

export const sealPicture = (id: string): string => linkTo(sealRoutes.picture, { params: { id } });
