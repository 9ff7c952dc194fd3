import { PHONE_ERRORS, Problem, RA_ERRORS, REQUEST_ERRORS, SCAN_ERRORS } from '@hufu/contracts';
import { CodedError, type ErrorEntry } from '@hufu/kernel';
import { PHONE_KEY_ERRORS } from '@hufu/phone-key';
import { APP_ERRORS } from '../errors.ts';
import type { Language } from '../i18n/language.tsx';

const known: Readonly<Record<string, ErrorEntry>> = {
  ...REQUEST_ERRORS,
  ...PHONE_ERRORS,
  ...SCAN_ERRORS,
  ...RA_ERRORS,
  ...PHONE_KEY_ERRORS,
  ...APP_ERRORS,
};

export type FieldProblem = { readonly path: string; readonly code: string; readonly message: string };

/** A refusal or failure with a stable code, whoever it came from: the server, the vault, this device, the network. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem, cause?: unknown) {
    super(problem.code, cause === undefined ? undefined : { cause });
    this.problem = problem;
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }

  get errors(): readonly FieldProblem[] {
    return this.problem.errors ?? [];
  }

  field(name: string): string | undefined {
    const value = this.problem.fields?.[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }
}

/** The register's wording in the reader's language; the server's own title for a code that we do not know. */
export function problemTitle(problem: Problem, language: Language): string {
  const entry = known[problem.code];
  return entry === undefined ? problem.title : entry[language];
}

export function localProblem(code: string, cause?: unknown): ProblemError {
  const entry = known[code] ?? REQUEST_ERRORS.INTERNAL;
  return new ProblemError(
    { type: 'about:blank', title: entry.zh, status: entry.status, code, retry: entry.retry },
    cause,
  );
}

/** Reads a problem document; anything else becomes the problem that its status stands for. */
export function readProblem(value: unknown, status: number): ProblemError {
  const parsed = Problem.safeParse(value);
  if (parsed.success) return new ProblemError(parsed.data);
  if (status === 404) return localProblem('NOT_FOUND');
  if (status === 413) return localProblem('REQUEST_TOO_LARGE');
  if (status === 429) return localProblem('RATE_LIMITED');
  return localProblem(status >= 502 ? 'UNAVAILABLE' : 'INTERNAL');
}

export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof CodedError) {
    const { problem } = localProblem(error.code, error);
    const fields = Object.entries(error.fields).map(([name, value]) => [
      name,
      typeof value === 'object' ? [...value] : value,
    ]);
    return new ProblemError({ ...problem, fields: Object.fromEntries(fields) }, error);
  }
  return localProblem('INTERNAL', error);
}

export const isCode = (error: unknown, ...codes: readonly string[]): boolean =>
  (error instanceof ProblemError || error instanceof CodedError) && codes.includes(error.code);
