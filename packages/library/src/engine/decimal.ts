const FORM = /^([+-]?)(\d*)(?:\.(\d*))?$/;
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;

/**
 * The canonical text of a decimal: no sign before zero, no zeros in front or at the end, no point without digits.
 * Thousands may be grouped by commas. Undefined for what is no plain decimal; exponents are none.
 */
export function canonicalDecimal(text: string): string | undefined {
  const match = FORM.exec(GROUPED.test(text) ? text.replaceAll(',', '') : text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const integer = withoutLeading(whole);
  const decimals = withoutTrailing(fraction);
  const size = decimals === '' ? integer : `${integer}.${decimals}`;
  return sign === '-' && size !== '0' ? `-${size}` : size;
}

function withoutLeading(digits: string): string {
  let from = 0;
  while (from < digits.length - 1 && digits.charCodeAt(from) === 48) from += 1;
  return digits === '' ? '0' : digits.slice(from);
}

function withoutTrailing(digits: string): string {
  let to = digits.length;
  while (to > 0 && digits.charCodeAt(to - 1) === 48) to -= 1;
  return digits.slice(0, to);
}

export type DecimalParts = { readonly negative: boolean; readonly whole: string; readonly fraction: string };

/** Sign, digits before and after the point of a canonical decimal. */
export function decimalParts(canonical: string): DecimalParts {
  const negative = canonical.startsWith('-');
  const [whole = '0', fraction = ''] = (negative ? canonical.slice(1) : canonical).split('.');
  return { negative, whole, fraction };
}

function compareSizes(a: DecimalParts, b: DecimalParts): number {
  if (a.whole.length !== b.whole.length) return a.whole.length - b.whole.length;
  if (a.whole !== b.whole) return a.whole < b.whole ? -1 : 1;
  // Fractions of canonical decimals end in no zero, so that text compares as number does.
  if (a.fraction === b.fraction) return 0;
  return a.fraction < b.fraction ? -1 : 1;
}

/** Negative, zero or positive as one canonical decimal is less than, equal to or greater than another; exact. */
export function compareCanonical(a: string, b: string): number {
  const [left, right] = [decimalParts(a), decimalParts(b)];
  if (left.negative !== right.negative) return left.negative ? -1 : 1;
  return left.negative ? compareSizes(right, left) : compareSizes(left, right);
}

/**
 * A number that JSON or a sheet delivered, as decimal text. Undefined where it has more digits than a double surely
 * keeps (15): such a number may have been another before it was read.
 */
export function decimalOfNumber(value: number): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  const text = String(value);
  const digits = text.replace(/^-/, '').replace('.', '').replace(/^0+/, '');
  return text.includes('e') || digits.length > 15 ? undefined : canonicalDecimal(text);
}

/** 1234567.5 → 1,234,567.5 for people. */
export const groupThousands = (canonical: string): string => {
  const [whole = '', fraction] = canonical.split('.');
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
};
