import { useCallback, useEffect, useState } from 'react';
import { OwnProblem } from '../shared/own-api.ts';

export type Loaded<T> = {
  readonly data: T | undefined;
  readonly problem: OwnProblem | undefined;
  readonly isBusy: boolean;
  reload(): Promise<void>;
};

/** Reads something from the assistant when the view opens, and again on request. Old data stays while it reads. */
export function useLoad<T>(load: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ data?: T; problem?: OwnProblem; isBusy: boolean }>({ isBusy: true });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is one of a view's fixed questions
  const reload = useCallback(async () => {
    setState((before) => ({ ...before, isBusy: true }));
    try {
      setState({ data: await load(), isBusy: false });
    } catch (error) {
      if (!(error instanceof OwnProblem)) throw error;
      setState((before) => ({ ...before, problem: error, isBusy: false }));
    }
  }, []);

  useEffect(() => void reload(), [reload]);
  return { data: state.data, problem: state.problem, isBusy: state.isBusy, reload };
}
