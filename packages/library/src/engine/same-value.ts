import { isFilled } from './condition.ts';
import type { Value, Values } from './field.ts';

type Json = Value | { readonly [name: string]: Json | undefined } | readonly Json[];

function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, i) => sameJson(item as Json, b[i] as Json));
  }
  const [left, right] = [a, b] as readonly Readonly<Record<string, Json | undefined>>[];
  const names = new Set([...Object.keys(left!), ...Object.keys(right!)]);
  return [...names].every((name) => sameJson(left![name] ?? undefined, right![name] ?? undefined));
}

/** Whether two values of a field are the same; all empty ones are. */
export const sameValue = (a: Value | undefined, b: Value | undefined): boolean =>
  isFilled(a) || isFilled(b) ? sameJson(a ?? undefined, b ?? undefined) : true;

/** Whether two records hold the same in every field. */
export const sameValues = (a: Values, b: Values): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => sameValue(a[name], b[name]));
