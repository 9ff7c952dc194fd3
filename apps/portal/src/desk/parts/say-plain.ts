import type { z } from 'zod';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';

/** Words for what a schema finds wrong, for forms without wordings of their own. */
export function useSayPlain(): (field: string, issue: z.core.$ZodIssue) => string {
  const t = useTexts(common);
  return (_field, issue) => {
    if (issue.input === '' || issue.input === undefined) return t.required;
    if (issue.code === 'too_small') return Number(issue.minimum) <= 1 ? t.required : t.invalid;
    if (issue.code === 'too_big' && issue.origin === 'string') return t.tooLong(Number(issue.maximum));
    if (issue.code === 'invalid_format' && issue.format === 'url') return t.addressInvalid;
    return t.invalid;
  };
}
