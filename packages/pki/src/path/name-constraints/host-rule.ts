import { isHostName } from './dns-rule.ts';

/** Host part of a mail or URI constraint: `.example.com` means hosts below it, `example.com` that host alone. */
export const isHostConstraint = (constraint: string): boolean =>
  isHostName(constraint.startsWith('.') ? constraint.slice(1) : constraint);

export function hostMatches(host: string, constraint: string): boolean {
  const [h, c] = [host.toLowerCase(), constraint.toLowerCase()];
  return c.startsWith('.') ? h.endsWith(c) && h.length > c.length : h === c;
}
