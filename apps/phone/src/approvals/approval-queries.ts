import { phoneRoutes } from '@hufu/contracts';
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { call } from '../api/client.ts';
import { sessionQuery } from '../api/session.ts';

export const approvalsQuery = queryOptions({
  queryKey: ['approvals'],
  queryFn: ({ signal }) => call(phoneRoutes.approvals, { signal }),
});

/** What was answered changes who one is, and the number on the home page. */
export async function afterAnswer(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: approvalsQuery.queryKey }),
    client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
    client.invalidateQueries({ queryKey: ['people'] }),
    client.invalidateQueries({ queryKey: ['certificates'] }),
  ]);
}
