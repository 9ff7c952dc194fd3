import { canonicalDecimal, compareCanonical, decimalOfNumber, decimalParts } from '../decimal.ts';
import type { FieldShape } from '../field.ts';
import { type Desk, isEmptyRaw, isPlainObject, ownMember, type Reader, refuse } from './reader.ts';
import { readToken } from './text.ts';

type Shape<K extends FieldShape['kind']> = Extract<FieldShape, { kind: K }>;

/** Of a decimal before its point: what `numeric(38, …)` of the store surely holds. */
export const MAX_WHOLE_DIGITS = 18;

function rawDecimal(raw: unknown, path: string, desk: Desk): string | undefined {
  if (typeof raw === 'number') return decimalOfNumber(raw) ?? refuse(desk, path, 'LIB_DECIMAL');
  if (typeof raw !== 'string') return refuse(desk, path, 'LIB_DECIMAL');
  if (raw.length > 128) return refuse(desk, path, 'LIB_DIGITS', MAX_WHOLE_DIGITS);
  const text = readToken(raw, path, desk, 128);
  if (text === undefined) return undefined;
  return canonicalDecimal(text) ?? refuse(desk, path, 'LIB_DECIMAL');
}

/** A decimal in canonical text; its limits are compared exactly. */
export function decimalReader(shape: Shape<'decimal'>): Reader {
  const min = shape.min === undefined ? undefined : canonicalDecimal(shape.min);
  const max = shape.max === undefined ? undefined : canonicalDecimal(shape.max);
  return (raw, path, desk) => {
    const text = rawDecimal(raw, path, desk);
    if (text === undefined) return undefined;
    const { negative, whole, fraction } = decimalParts(text);
    if (whole.length > MAX_WHOLE_DIGITS) return refuse(desk, path, 'LIB_DIGITS', MAX_WHOLE_DIGITS);
    if (fraction.length > shape.decimals) return refuse(desk, path, 'LIB_DECIMALS', shape.decimals);
    if (shape.positive === true && (negative || text === '0')) return refuse(desk, path, 'LIB_POSITIVE');
    if (min !== undefined && compareCanonical(text, min) < 0) return refuse(desk, path, 'LIB_MIN', min);
    if (max !== undefined && compareCanonical(text, max) > 0) return refuse(desk, path, 'LIB_MAX', max);
    return text;
  };
}

function rawInteger(raw: unknown, path: string, desk: Desk): number | undefined {
  if (typeof raw === 'number') return Number.isSafeInteger(raw) ? raw + 0 : refuse(desk, path, 'LIB_INTEGER');
  if (typeof raw !== 'string' || raw.length > 64) return refuse(desk, path, 'LIB_INTEGER');
  const text = readToken(raw, path, desk, 64);
  if (text === undefined) return undefined;
  const canonical = canonicalDecimal(text);
  const value = canonical === undefined || canonical.includes('.') ? Number.NaN : Number(canonical);
  return Number.isSafeInteger(value) ? value : refuse(desk, path, 'LIB_INTEGER');
}

export function integerReader(shape: Shape<'integer'>): Reader {
  return (raw, path, desk) => {
    const value = rawInteger(raw, path, desk);
    if (value === undefined) return undefined;
    if (shape.min !== undefined && value < shape.min) return refuse(desk, path, 'LIB_MIN', shape.min);
    if (shape.max !== undefined && value > shape.max) return refuse(desk, path, 'LIB_MAX', shape.max);
    return value;
  };
}

export const booleanReader: Reader = (raw, path, desk) =>
  typeof raw === 'boolean' ? raw : refuse(desk, path, 'LIB_BOOLEAN');

/** How many of each option; the order is that of the options. */
export function countsReader(shape: Shape<'counts'>): Reader {
  const codes = new Set(shape.options.map((option) => option.code));
  return (raw, path, desk) => {
    if (!isPlainObject(raw) || Object.keys(raw).some((code) => !codes.has(code))) {
      return refuse(desk, path, 'LIB_COUNTS');
    }
    const counts: Record<string, number> = {};
    const before = desk.issues.length;
    for (const { code } of shape.options) {
      const one = ownMember(raw, code);
      if (isEmptyRaw(one)) continue;
      const value = rawInteger(one, `${path}.${code}`, desk);
      if (value !== undefined && value < 0) refuse(desk, `${path}.${code}`, 'LIB_MIN', 0);
      else if (value !== undefined) counts[code] = value;
    }
    return desk.issues.length > before || Object.keys(counts).length === 0 ? undefined : counts;
  };
}
