import type { Value, Values } from '../field.ts';
import { fault, type Issue, type IssueCode } from '../issue.ts';

/** What reading a field may look at, and where it puts its faults. */
export type Desk = {
  /** Shanghai's day. */
  readonly today: string;
  /** The fields read before this one, in the order of the declaration. */
  readonly values: Values;
  readonly issues: Issue[];
};

/** Reads one raw value that is not empty. Undefined: nothing was there after all, or a fault was noted. */
export type Reader = (raw: unknown, path: string, desk: Desk) => Value | undefined;

/** Notes a fault and gives nothing. */
export function refuse(desk: Desk, path: string, code: IssueCode, limit?: string | number): undefined {
  desk.issues.push(fault(path, code, limit));
  return undefined;
}

/** An object of JSON, and nothing with a prototype of its own. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A member of an object of its own, never of its prototype. */
export const ownMember = (object: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** Whether raw input is empty before it is looked at: undefined, null, '' or only space. */
export const isEmptyRaw = (raw: unknown): boolean =>
  raw === undefined || raw === null || raw === '' || (typeof raw === 'string' && raw.trim() === '');
