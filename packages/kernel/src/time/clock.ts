/** Time comes in from outside, so that rules can be tested at any moment. Milliseconds since the epoch, UTC. */
export type Clock = { now(): number };

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until it is moved: for tests and replays. */
export function fixedClock(at: number): Clock & { moveTo(at: number): void; advance(ms: number): void } {
  let current = at;
  return {
    now: () => current,
    moveTo: (next) => {
      current = next;
    },
    advance: (ms) => {
      current += ms;
    },
  };
}
