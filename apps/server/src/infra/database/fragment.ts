import type pg from 'pg';

/** Takes a value into the statement. @returns its placeholder */
export type Bind = (value: unknown) => string;
/** SQL text that binds its own values: parts of several features can share one round trip. */
export type Fragment = (bind: Bind) => string;

/** @param fragment its text must depend on nothing but its name: the server prepares it once. */
export function statementOf(name: string, fragment: Fragment): pg.QueryConfig & { values: unknown[] } {
  const values: unknown[] = [];
  const text = fragment((value) => `$${values.push(value)}`);
  return { name, text, values };
}
