/** One line of a bench. `ratio` is value to peerValue. */
export type BenchResult = {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly peerValue?: number;
  readonly ratio?: number;
};

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** The longest time for which the event loop served nobody else while `work` ran, in ms, and how long that was. */
export async function longestStall(
  work: () => Promise<unknown>,
): Promise<{ readonly total: number; readonly stall: number }> {
  let running = true;
  let stall = 0;
  const start = performance.now();
  let last = start;
  const tick = (): void => {
    const now = performance.now();
    stall = Math.max(stall, now - last);
    last = now;
    if (running) setImmediate(tick);
  };
  setImmediate(tick);
  await work();
  const total = performance.now() - start;
  running = false;
  // The last stretch of work ended without a tick behind it.
  stall = Math.max(stall, performance.now() - last);
  return { total, stall };
}
