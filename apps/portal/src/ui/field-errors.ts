import type { z } from 'zod';
import type { FieldProblem } from '../api/problem.ts';
import type { FieldErrors } from './form.tsx';

/** Checks what was typed. The complaints carry it along, so that “missing” and “wrong” can be told apart. */
export const checkForm = <S extends z.ZodType>(schema: S, values: unknown) =>
  schema.safeParse(values, { reportInput: true });

/** The first complaint of a schema about each field, in the words that `say` finds. */
export function complaints(
  error: z.ZodError,
  say: (field: string, issue: z.core.$ZodIssue) => string,
): FieldErrors {
  const found: Record<string, string> = {};
  for (const issue of error.issues) {
    const field = String(issue.path[0] ?? '');
    found[field] ??= say(field, issue);
  }
  return found;
}

/** Complaints of the server (422), by the last part of their path. */
export function serverComplaints(errors: readonly FieldProblem[]): FieldErrors {
  const found: Record<string, string> = {};
  for (const { path, message } of errors) {
    const field = path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? path;
    found[field] ??= message;
  }
  return found;
}
