import { en, zhCN } from 'zod/locales';
import type { Language } from './language.ts';

/** One complaint of the schema about one field. */
export type FieldIssue = { readonly path: string; readonly issue: unknown; readonly message: string };
export type FieldProblem = { path: string; code: string; message: string };

type LocaleError = (issue: never) => string | { message: string } | null | undefined;
const LOCALES: Record<Language, LocaleError> = {
  zh: zhCN().localeError as LocaleError,
  en: en().localeError as LocaleError,
};
const MOST = 50;

/**
 * What is wrong, field by field, in the caller's language. A message that a schema brings itself (such as the
 * official wording of a check) stays as it is; zod's own are said in the language asked for.
 */
export function fieldProblems(issues: readonly FieldIssue[], language: Language): FieldProblem[] {
  return issues.slice(0, MOST).map(({ path, issue, message }) => {
    const code = String((issue as { code?: unknown }).code ?? 'invalid');
    const own = message !== '' && message !== said(LOCALES.en, issue);
    return { path, code, message: own ? message : said(LOCALES[language], issue) };
  });
}

function said(locale: LocaleError, issue: unknown): string {
  const text = locale(issue as never);
  return typeof text === 'string' ? text : (text?.message ?? '');
}
