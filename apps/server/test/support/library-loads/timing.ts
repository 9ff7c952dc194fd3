const WARM_UP = 50;
const CALLS = 400;
/** Calls of one measurement, those that warm up among them. */
export const ALL_CALLS: number = WARM_UP + CALLS;

const ROUNDS = 3;

type Times = { readonly p50: number; readonly p95: number };

async function round(call: (at: number) => Promise<unknown>): Promise<Times> {
  const times: number[] = [];
  for (let at = 0; at < CALLS; at += 1) {
    const begun = performance.now();
    await call(WARM_UP + at);
    times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  return { p50: times[CALLS >> 1]!, p95: times[Math.floor(CALLS * 0.95)]! };
}

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[ROUNDS >> 1]!;

/** Times of a call in ms, as `<name>P50` and `<name>P95`: of three rounds, the middle one each. */
export async function timed(
  name: string,
  call: (at: number) => Promise<unknown>,
): Promise<Record<string, number>> {
  for (let at = 0; at < WARM_UP; at += 1) await call(at);
  const rounds: Times[] = [];
  for (let at = 0; at < ROUNDS; at += 1) rounds.push(await round(call));
  return {
    [`${name}P50`]: middle(rounds.map(({ p50 }) => p50)),
    [`${name}P95`]: middle(rounds.map(({ p95 }) => p95)),
  };
}
