import { type PhoneSession, phoneRoutes } from '@hufu/contracts';
import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client.ts';
import { isCode } from './problem.ts';

/** Who is logged in on this phone; null for nobody, which is no failure. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<PhoneSession | null> => {
    try {
      return await call(phoneRoutes.session, { signal });
    } catch (error) {
      if (isCode(error, 'PHONE_SESSION_REQUIRED')) return null;
      throw error;
    }
  },
  staleTime: 15_000,
});

export const useSession = () => useQuery(sessionQuery);

/** After a login: nothing of another person may show any more. */
export function enterSession(client: QueryClient, session: PhoneSession): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
  client.setQueryData(sessionQuery.queryKey, session);
}

export function useLogout(onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(phoneRoutes.logout),
    onSuccess: () => {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, null);
      onDone();
    },
  });
}
