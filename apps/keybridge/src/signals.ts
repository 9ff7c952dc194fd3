/** Lets long polls sleep until something happens to what they ask about. */
export type Signals = {
  raise(id: string): void;
  /** Resolves at the next `raise` of this id, or after the time. */
  wait(id: string, milliseconds: number): Promise<void>;
  /** Wakes everybody, now and from now on. */
  close(): void;
};

export function signals(): Signals {
  const waiting = new Map<string, Set<() => void>>();
  let isClosed = false;
  return {
    raise(id) {
      for (const wake of [...(waiting.get(id) ?? [])]) wake();
    },
    close() {
      isClosed = true;
      for (const sleepers of [...waiting.values()]) for (const wake of [...sleepers]) wake();
    },
    wait(id, milliseconds) {
      if (isClosed) return Promise.resolve();
      return new Promise((resolve) => {
        const sleepers = waiting.get(id) ?? new Set();
        waiting.set(id, sleepers);
        const wake = (): void => {
          clearTimeout(timer);
          sleepers.delete(wake);
          if (sleepers.size === 0) waiting.delete(id);
          resolve();
        };
        const timer = setTimeout(wake, milliseconds);
        timer.unref();
        sleepers.add(wake);
      });
    },
  };
}
