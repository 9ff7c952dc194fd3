import { hubRoutes } from '@hufu/contracts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client.ts';
import { isCode } from './problem.ts';

/** Who is logged in; null for nobody, which is no failure. */
export const sessionQuery = queryOptions({
  queryKey: ['hub', 'session'],
  queryFn: async ({ signal }) => {
    try {
      return await call(hubRoutes.session, { signal });
    } catch (error) {
      if (isCode(error, 'HUB_SESSION_REQUIRED')) return null;
      throw error;
    }
  },
  staleTime: 15_000,
});

export const useSession = () => useQuery(sessionQuery);

/** Leaves the hub, and with it every platform reached in this session. */
export function useLogout(onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(hubRoutes.logout),
    onSettled: () => {
      client.removeQueries({ queryKey: ['hub'] });
      client.setQueryData(sessionQuery.queryKey, null);
    },
    onSuccess: onDone,
  });
}
