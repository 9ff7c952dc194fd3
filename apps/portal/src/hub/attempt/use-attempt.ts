import { type Attempt, hubRoutes } from '@hufu/contracts';
import { useEffect, useRef, useState } from 'react';
import { call } from '../../api/client.ts';
import { type ProblemError, readProblem, toProblem } from '../../api/problem.ts';

export type AttemptView =
  | { readonly at: 'idle' }
  /** `attempt` is undefined until the server has answered for the first time. */
  | { readonly at: 'running'; readonly attempt: Attempt | undefined; readonly since: number }
  | { readonly at: 'failed'; readonly error: ProblemError; readonly attempt: Attempt | undefined };

const WAIT_SECONDS = 10;

/** Follows a login, binding or activation until the authority has answered (HUB-056). */
export function useAttempt(onDone: (attempt: Attempt) => void) {
  const [view, setView] = useState<AttemptView>({ at: 'idle' });
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);

  const start = async (begin: (signal: AbortSignal) => Promise<Attempt>) => {
    stop.current.abort();
    stop.current = new AbortController();
    const { signal } = stop.current;
    const since = Date.now();
    let attempt: Attempt | undefined;
    setView({ at: 'running', attempt, since });
    try {
      attempt = await begin(signal);
      while (attempt.state === 'CHECKING') {
        setView({ at: 'running', attempt, since });
        attempt = await call(hubRoutes.attempt, {
          params: { id: attempt.attemptId },
          query: { wait: WAIT_SECONDS },
          signal,
        });
      }
      if (attempt.state === 'FAILED') throw readProblem(attempt.problem, 403);
      onDone(attempt);
    } catch (error) {
      if (!signal.aborted) setView({ at: 'failed', error: toProblem(error), attempt });
    }
  };
  const reset = () => setView({ at: 'idle' });
  return { view, start, reset };
}
