/** A seeded source of numbers: the same seed gives the same world. Not for secrets. */
export type Dice = {
  /** 0 ≤ x < below. */
  whole(below: number): number;
  pick<T>(from: readonly T[]): T;
  /** 16 bytes that look random, in hex. */
  hex(): string;
  /** As the server makes them: of version 7, rising with the time (ms). */
  uuid(time: number): string;
};

/** SplitMix32. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const whole = (below: number): number => Math.floor((next() / 2 ** 32) * below);
  const hex = () => Array.from({ length: 4 }, () => next().toString(16).padStart(8, '0')).join('');
  return {
    whole,
    pick: (from) => from[whole(from.length)]!,
    hex,
    uuid(time) {
      const [at, drawn] = [time.toString(16).padStart(12, '0'), hex()];
      const variant = '89ab'[Number.parseInt(drawn[16]!, 16) % 4];
      return `${at.slice(0, 8)}-${at.slice(8)}-7${drawn.slice(13, 16)}-${variant}${drawn.slice(17, 20)}-${drawn.slice(20)}`;
    },
  };
}
