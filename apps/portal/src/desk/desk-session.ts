import { type DeskRole, type DeskSession, deskRoutes } from '@hufu/contracts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/client.ts';
import { isCode } from '../api/problem.ts';

/** Who is at the desk; null for nobody. */
export const deskSessionQuery = queryOptions({
  queryKey: ['desk', 'session'],
  queryFn: async ({ signal }): Promise<DeskSession | null> => {
    try {
      return await call(deskRoutes.session, { signal });
    } catch (error) {
      if (isCode(error, 'DESK_SESSION_REQUIRED')) return null;
      throw error;
    }
  },
  staleTime: 20_000,
  refetchInterval: 60_000,
});

/** What an operator may do, to show only what can be used; the server decides. */
export function useDeskRoles(): (...roles: readonly DeskRole[]) => boolean {
  const { data } = useQuery(deskSessionQuery);
  const held = data?.operator.roles ?? [];
  return (...roles) => roles.some((role) => held.includes(role));
}

export function useDeskLogout() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(deskRoutes.logout),
    onSuccess: () => {
      client.removeQueries({ queryKey: ['desk'], predicate: ({ queryKey }) => queryKey[1] !== 'session' });
      client.setQueryData(deskSessionQuery.queryKey, null);
    },
  });
}
