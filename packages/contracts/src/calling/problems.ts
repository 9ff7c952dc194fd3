import { CodedError, type ErrorEntry, type ErrorRegister } from '@hufu/kernel';
import { REQUEST_ERRORS } from '../errors/request.ts';
import { Problem } from '../schemas/common.ts';

export type FieldProblem = { readonly path: string; readonly code: string; readonly message: string };

/** A refusal or failure with a stable code, whoever it came from: the server, a key, this device, the network. */
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

export const isCode = (error: unknown, ...codes: readonly string[]): boolean =>
  (error instanceof ProblemError || error instanceof CodedError) && codes.includes(error.code);

export type Problems = {
  /** Adds the words of an area's failures, with the pages that can meet them. */
  knowErrors(register: ErrorRegister): void;
  /** The register's wording in the reader's language; the server's own title for a code that is not known here. */
  problemTitle(problem: Problem, language: 'zh' | 'en'): string;
  localProblem(code: string, cause?: unknown): ProblemError;
  /** Reads a problem document; anything else becomes the problem that its status stands for. */
  readProblem(value: unknown, status: number): ProblemError;
  /** Whatever was thrown, as a problem; what has no code is INTERNAL and says nothing of itself. */
  toProblem(error: unknown): ProblemError;
};

/** What an app knows of failures: the words of these registers. */
export function createProblems(...registers: readonly ErrorRegister[]): Problems {
  const known: Record<string, ErrorEntry> = Object.assign({}, REQUEST_ERRORS, ...registers);

  function localProblem(code: string, cause?: unknown): ProblemError {
    const entry = known[code] ?? REQUEST_ERRORS.INTERNAL;
    const { zh: title, status, retry } = entry;
    return new ProblemError({ type: 'about:blank', title, status, code, retry }, cause);
  }

  return {
    knowErrors: (register) => void Object.assign(known, register),
    problemTitle: (problem, language) => known[problem.code]?.[language] ?? problem.title,
    localProblem,
    readProblem(value, status) {
      const parsed = Problem.safeParse(value);
      return parsed.success ? new ProblemError(parsed.data) : localProblem(codeOfStatus(status));
    },
    toProblem(error) {
      if (error instanceof ProblemError) return error;
      if (!(error instanceof CodedError)) return localProblem('INTERNAL', error);
      const { problem } = localProblem(error.code, error);
      return new ProblemError({ ...problem, fields: fieldsOf(error) }, error);
    },
  };
}

const CODES: Readonly<Record<number, string>> = {
  404: 'NOT_FOUND',
  413: 'REQUEST_TOO_LARGE',
  429: 'RATE_LIMITED',
};

const codeOfStatus = (status: number): string =>
  CODES[status] ?? (status >= 502 ? 'UNAVAILABLE' : 'INTERNAL');

function fieldsOf(error: CodedError): NonNullable<Problem['fields']> {
  return Object.fromEntries(
    Object.entries(error.fields).map(([name, value]) => [
      name,
      typeof value === 'object' ? [...value] : value,
    ]),
  );
}
