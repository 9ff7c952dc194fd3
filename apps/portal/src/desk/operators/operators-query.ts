import { deskRoutes } from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

export const operatorsQuery = queryOptions({
  queryKey: ['desk', 'operators'],
  queryFn: ({ signal }) => call(deskRoutes.operators, { signal }),
});
