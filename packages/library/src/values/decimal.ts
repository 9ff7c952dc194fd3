/**
 * Exact arithmetic on decimals as records hold them: text such as `1234.500000`, never a floating-point number.
 * What is not a plain decimal counts as absent.
 */

const PLAIN = /^(-?)(\d+)(?:\.(\d+))?$/;
/** More than any amount here has after its point. */
const SCALE = 12;

function units(text: unknown): bigint | undefined {
  const match = typeof text === 'string' || typeof text === 'number' ? PLAIN.exec(String(text)) : null;
  if (match === null) return undefined;
  const fraction = (match[3] ?? '').padEnd(SCALE, '0').slice(0, SCALE);
  const size = BigInt(`${match[2]}${fraction}`);
  return match[1] === '-' ? -size : size;
}

function text(size: bigint, decimals: number): string {
  const digits = (size < 0n ? -size : size).toString().padStart(SCALE + 1, '0');
  const fraction = digits.slice(-SCALE).slice(0, decimals);
  const sign = size < 0n ? '-' : '';
  return `${sign}${digits.slice(0, -SCALE)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`; undefined where one is absent. */
export function compareDecimals(a: unknown, b: unknown): number | undefined {
  const [left, right] = [units(a), units(b)];
  if (left === undefined || right === undefined) return undefined;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** `|a − b| ≤ tolerance`; undefined where one is absent. */
export function isWithin(a: unknown, b: unknown, tolerance: string): boolean | undefined {
  const [left, right, most] = [units(a), units(b), units(tolerance)];
  if (left === undefined || right === undefined || most === undefined) return undefined;
  const gap = left < right ? right - left : left - right;
  return gap <= most;
}

/** `a − b` with as many decimals as asked; undefined where one is absent. */
export function subtractDecimals(a: unknown, b: unknown, decimals: number): string | undefined {
  const [left, right] = [units(a), units(b)];
  return left === undefined || right === undefined ? undefined : text(left - right, decimals);
}

/** `a ÷ b`, rounded half up to as many decimals as asked; undefined where one is absent or `b` is zero. */
export function divideDecimals(a: unknown, b: unknown, decimals: number): string | undefined {
  const [left, right] = [units(a), units(b)];
  if (left === undefined || right === undefined || right === 0n) return undefined;
  const negative = left < 0n !== right < 0n;
  const [top, bottom] = [left < 0n ? -left : left, right < 0n ? -right : right];
  const step = 10n ** BigInt(SCALE - decimals);
  const exact = top * 10n ** BigInt(decimals) * 2n + bottom;
  const rounded = (exact / (bottom * 2n)) * step;
  return text(negative ? -rounded : rounded, decimals);
}
