export type DraftState = 'saved' | 'saving' | 'unsaved';

export type DraftKeeperOptions<F> = {
  /** Rejects when it could not be kept. Never called twice at the same time. */
  readonly save: (form: F) => Promise<void>;
  readonly onState: (state: DraftState) => void;
  /** Runs something after a pause in typing; answers how to call it off. */
  readonly later: (run: () => void) => () => void;
};

export type DraftKeeper<F> = {
  change(form: F): void;
  /** Saves at once what is not saved yet. Rejects with the failure of the last attempt. */
  flush(): Promise<void>;
  stop(): void;
};

/**
 * Keeps a form while it is being filled in: after a pause, one request at a time, the latest form last. What could not
 * be saved stays in hand for the next change or `flush`.
 */
export function createDraftKeeper<F>({ save, onState, later }: DraftKeeperOptions<F>): DraftKeeper<F> {
  let waiting: { readonly form: F } | undefined;
  let running: Promise<void> | undefined;
  let callOff = () => {};

  async function drain(): Promise<void> {
    while (waiting !== undefined) {
      const taken = waiting;
      waiting = undefined;
      onState('saving');
      try {
        await save(taken.form);
      } catch (error) {
        waiting ??= taken;
        onState('unsaved');
        throw error;
      }
    }
    onState('saved');
  }

  function flush(): Promise<void> {
    callOff();
    if (running === undefined) {
      if (waiting === undefined) return Promise.resolve();
      running = drain().finally(() => {
        running = undefined;
      });
    }
    return running;
  }

  return {
    change(form) {
      waiting = { form };
      onState('unsaved');
      callOff();
      callOff = later(() => {
        flush().catch(() => undefined);
      });
    },
    flush,
    stop: () => callOff(),
  };
}
