import { phoneRoutes } from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../api/client.ts';

/** Every grant of an enterprise, those that have ended included. */
export const grantsQuery = (enterpriseId: string) =>
  queryOptions({
    queryKey: ['grants', enterpriseId],
    queryFn: ({ signal }) => call(phoneRoutes.grants, { params: { id: enterpriseId }, query: {}, signal }),
  });
