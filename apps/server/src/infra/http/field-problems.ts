import type { Language } from './language.ts';

/** One complaint of a schema about one field, as zod tells it. */
export type FieldIssue = {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** Whole and in both languages, where who refused has said so. */
  readonly says?: Readonly<Record<Language, string>>;
};
export type FieldProblem = { path: string; code: string; message: string };

type Say = (details: FieldIssue['details']) => Record<Language, string>;
const MOST = 200;
/** How zod begins what it says by itself; anything else is a schema's own wording, such as an official one. */
const ZODS_OWN = /^(Too small|Too big|Invalid|Unrecognized)/;

const UNITS: Readonly<Record<string, Record<Language, string>>> = {
  string: { zh: '个字符', en: 'characters' },
  array: { zh: '项', en: 'items' },
  set: { zh: '项', en: 'items' },
};

const bound = (details: FieldIssue['details'], zh: string, en: string): Record<Language, string> => {
  const limit = String(details['minimum'] ?? details['maximum']);
  const unit = UNITS[String(details['origin'])];
  return {
    zh: `${zh} ${limit}${unit ? ` ${unit.zh}` : ''}`,
    en: `${en} ${limit}${unit ? ` ${unit.en}` : ''}`,
  };
};

const SAID: Readonly<Record<string, Say>> = {
  too_small: (details) =>
    details['origin'] === 'string' && details['minimum'] === 1
      ? { zh: '请填写此项', en: 'Required' }
      : bound(details, '至少', 'At least'),
  too_big: (details) => bound(details, '不能超过', 'At most'),
  invalid_type: () => ({ zh: '请按要求填写此项', en: 'Missing, or not of the expected type' }),
  invalid_value: () => ({ zh: '不在可选范围内', en: 'Not one of the possible values' }),
  unrecognized_keys: () => ({ zh: '含有未知的内容', en: 'Holds unknown members' }),
};
const FORMAT: Record<Language, string> = { zh: '格式不正确', en: 'Not in the expected format' };

/** What is wrong, field by field, in the caller's language. */
export function fieldProblems(issues: readonly FieldIssue[], language: Language): FieldProblem[] {
  return issues.slice(0, MOST).map(({ path, code, message, details, says }) => {
    if (says !== undefined) return { path, code, message: says[language] };
    const own = message !== '' && !ZODS_OWN.test(message);
    return { path, code, message: own ? message : (SAID[code]?.(details) ?? FORMAT)[language] };
  });
}
