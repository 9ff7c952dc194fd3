/** Numbers that only look random: the same seed gives the same examples for ever. Never for secrets. */
export type Dice = {
  /** From `min` to `max`, both inclusive. */
  readonly whole: (min: number, max: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
  /** True with that probability. */
  readonly chance: (probability: number) => boolean;
  /** So many characters of an alphabet. */
  readonly text: (alphabet: string, length: number) => string;
};

/** Mulberry32. @param seed a whole number */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const whole = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    whole,
    pick: (items) => items[whole(0, items.length - 1)]!,
    chance: (probability) => next() < probability,
    text: (alphabet, length) => {
      let drawn = '';
      for (let i = 0; i < length; i += 1) drawn += alphabet.charAt(whole(0, alphabet.length - 1));
      return drawn;
    },
  };
}

/** Seeds of neighbours lie far apart. */
export const mixSeed = (seed: number, salt: number): number =>
  (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(salt + 1, 0xc2b2ae35)) >>> 0;
