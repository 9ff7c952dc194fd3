import type { RandomBytes } from '@hufu/kernel';

/** Bytes that differ from call to call and are the same in every run. */
export function countingRandom(): RandomBytes {
  let calls = 0;
  return (length) => {
    calls++;
    return Uint8Array.from({ length }, (_, i) => (calls * 31 + i * 7) % 256);
  };
}
