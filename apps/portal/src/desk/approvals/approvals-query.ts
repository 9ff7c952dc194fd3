import { deskRoutes } from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

export type ApprovalSearch = {
  readonly page?: number | undefined;
  readonly pageSize?: 20 | 50 | 100 | undefined;
  readonly q?: string | undefined;
  readonly state?: 'OPEN' | 'CLOSED' | undefined;
};

export const approvalsQuery = (search: ApprovalSearch) =>
  queryOptions({
    queryKey: ['desk', 'approvals', search],
    queryFn: ({ signal }) => call(deskRoutes.approvals, { query: search, signal }),
    refetchInterval: 30_000,
  });
