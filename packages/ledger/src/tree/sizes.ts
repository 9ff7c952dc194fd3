import { ledgerError } from '../errors.ts';

/** True for what can be a tree size or a leaf index: a whole number that JavaScript counts exactly. */
export const isSize = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/** @throws LEDGER_SIZE */
export function assertSize(value: number): number {
  if (!isSize(value)) throw ledgerError('LEDGER_SIZE');
  return value;
}

/** The largest power of two below n, for n ≥ 2 (k of RFC 6962 §2.1). */
export function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

export const half = (n: number): number => Math.floor(n / 2);

export const isOdd = (n: number): boolean => n % 2 === 1;

export const isPowerOfTwo = (n: number): boolean => n >= 1 && (n === 1 || splitPoint(n) * 2 === n);
