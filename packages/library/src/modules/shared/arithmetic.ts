import { canonicalDecimal } from '../../engine/decimal.ts';

/**
 * Exact arithmetic on decimals as records hold them: canonical text, never a floating-point number. What is not filled
 * counts as absent.
 */

/** More digits than any amount has after its point. */
const SCALE = 12;

function units(value: unknown): bigint | undefined {
  const canonical = typeof value === 'string' ? canonicalDecimal(value) : undefined;
  if (canonical === undefined) return undefined;
  const [whole = '0', fraction = ''] = canonical.replace('-', '').split('.');
  const size = BigInt(`${whole}${fraction.padEnd(SCALE, '0').slice(0, SCALE)}`);
  return canonical.startsWith('-') ? -size : size;
}

const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount);

function decimal(amount: bigint): string {
  const digits = size(amount)
    .toString()
    .padStart(SCALE + 1, '0');
  const sign = amount < 0n ? '-' : '';
  return canonicalDecimal(`${sign}${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`) ?? '0';
}

/** `|a − b| ≤ tolerance`; true where one is absent. */
export function isWithin(a: unknown, b: unknown, tolerance: string): boolean {
  const [left, right, most] = [units(a), units(b), units(tolerance)];
  return left === undefined || right === undefined || most === undefined || size(left - right) <= most;
}

/** `a ≤ b`; true where one is absent. */
export function isAtMost(a: unknown, b: unknown): boolean {
  const [left, right] = [units(a), units(b)];
  return left === undefined || right === undefined || left <= right;
}

/** `a − b`; undefined where one is absent. */
export function subtract(a: unknown, b: unknown): string | undefined {
  const [left, right] = [units(a), units(b)];
  return left === undefined || right === undefined ? undefined : decimal(left - right);
}

/** `a × times ÷ b`, rounded half away from zero to so many decimals; undefined where one is absent or `b` is zero. */
export function ratio(a: unknown, b: unknown, { times, decimals }: { times: bigint; decimals: number }) {
  const [left, right] = [units(a), units(b)];
  if (left === undefined || right === undefined || right === 0n) return undefined;
  const [top, bottom] = [size(left) * times * 10n ** BigInt(decimals), size(right)];
  const rounded = (top * 2n + bottom) / (bottom * 2n);
  const amount = rounded * 10n ** BigInt(SCALE - decimals);
  return decimal(left < 0n !== right < 0n ? -amount : amount);
}
