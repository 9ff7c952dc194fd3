import { QueryClient } from '@tanstack/react-query';
import { toProblem } from '../api/problem.ts';

/** Only what may pass by itself is tried again: no connection, or a system that is away for a moment. */
const mayPass = (error: unknown): boolean => {
  const { problem } = toProblem(error);
  return problem.retry === 'later' && problem.status >= 500;
};

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (count, error) => count < 2 && mayPass(error),
      retryDelay: (count) => 400 * 2 ** count,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});
