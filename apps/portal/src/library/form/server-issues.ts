import type { Issue } from '@hufu/library';
import type { ProblemError } from '../../api/problem.ts';

/** What the server found wrong with particular fields, in the shape of the rules' own issues. */
export const serverIssues = (error: ProblemError): readonly Issue[] =>
  error.errors.map(({ path, code, message }) => ({
    path,
    code,
    says: { zh: message, en: message },
    severity: 'error' as const,
  }));
