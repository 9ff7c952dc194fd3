import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isCode, toProblem } from '../api/problem.ts';

/** Only what may pass by itself is tried again: no connection, or a system that is away for a moment. */
const mayPass = (error: unknown): boolean => {
  const { problem } = toProblem(error);
  return problem.retry === 'later' && problem.status >= 500;
};

/** A session that has ended shows at once, whichever request was the first to hear of it. */
function noteEndedSession(error: unknown): void {
  if (isCode(error, 'PHONE_SESSION_REQUIRED')) queryClient.setQueryData(['session'], null);
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noteEndedSession }),
  mutationCache: new MutationCache({ onError: noteEndedSession }),
  defaultOptions: {
    queries: {
      retry: (count, error) => count < 2 && mayPass(error),
      retryDelay: (count) => 400 * 2 ** count,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});
