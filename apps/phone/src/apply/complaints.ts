import type { FieldProblem } from '../api/problem.ts';

/** What the server complains about, by the last part of the path: `form.uscc` is about the field `uscc`. */
export function complaintsByField(errors: readonly FieldProblem[]): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { path, message } of errors) {
    const field = path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? path;
    found[field] ??= message;
  }
  return found;
}
