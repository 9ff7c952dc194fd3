import { type HubSession, hubRoutes } from '@hufu/contracts';
import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client.ts';
import { isCode } from './problem.ts';

/**
 * When the session that this browser last saw will end: tells a page whether it is worth asking who is logged in.
 * It proves nothing, and holds nothing about anybody.
 */
const STORE = 'hufu.session.until';

function noteSession(session: HubSession | null): void {
  try {
    if (session === null) localStorage.removeItem(STORE);
    else localStorage.setItem(STORE, session.expiresAt);
  } catch {
    // Without storage the header asks again only after the next login.
  }
}

function mayBeLoggedIn(): boolean {
  try {
    return Date.parse(localStorage.getItem(STORE) ?? '') > Date.now();
  } catch {
    return false;
  }
}

/** Who is logged in; null for nobody, which is no failure. */
export const sessionQuery = queryOptions({
  queryKey: ['hub', 'session'],
  queryFn: async ({ signal }): Promise<HubSession | null> => {
    try {
      const session = await call(hubRoutes.session, { signal });
      noteSession(session);
      return session;
    } catch (error) {
      if (!isCode(error, 'HUB_SESSION_REQUIRED')) throw error;
      noteSession(null);
      return null;
    }
  },
  staleTime: 15_000,
});

/** The page of a login that a platform began hears of the session along with the login. */
const isTold = (): boolean => location.pathname.startsWith('/interaction/');

/** For what only shows who is logged in: does not ask when nobody can be, nor when the page is told anyway. */
export const useSession = () => useQuery({ ...sessionQuery, enabled: () => mayBeLoggedIn() && !isTold() });

/** After a login: nothing of an earlier session may show any more. */
export function enterSession(client: QueryClient, session: HubSession): void {
  client.removeQueries({ queryKey: ['hub'], predicate: ({ queryKey }) => queryKey[1] !== 'session' });
  client.setQueryData(sessionQuery.queryKey, session);
  noteSession(session);
}

/** Leaves the hub, and with it every platform reached in this session. */
export function useLogout(onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(hubRoutes.logout),
    onSuccess: () => {
      client.removeQueries({ queryKey: ['hub'], predicate: ({ queryKey }) => queryKey[1] !== 'session' });
      client.setQueryData(sessionQuery.queryKey, null);
      noteSession(null);
      onDone();
    },
  });
}
