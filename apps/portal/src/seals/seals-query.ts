import { sealRoutes } from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import { addressOf, call } from '../api/client.ts';

export const sealsQuery = queryOptions({
  queryKey: ['hub', 'seals'],
  queryFn: ({ signal }) => call(sealRoutes.list, { signal }),
});

export const sealPicture = (id: string): string => addressOf(sealRoutes.picture, { params: { id } });
