import type { z } from 'zod';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';

/** Words for what is wrong with a person's name, number or telephone. */
export function useSayPerson(): (field: string, issue: z.core.$ZodIssue) => string {
  const t = useTexts(common);
  return (field, issue) => {
    if (issue.input === '' || issue.input === undefined) return t.required;
    if (issue.code === 'custom' && issue.message !== '') {
      if (/phone/i.test(field)) return t.mobileInvalid;
      if (/idno/i.test(field)) return t.idNumberInvalid;
      if (/uscc/i.test(field)) return t.usccInvalid;
      return issue.message;
    }
    if (issue.code === 'too_small') return t.required;
    if (issue.code === 'too_big' && issue.origin === 'string') return t.tooLong(Number(issue.maximum));
    return t.invalid;
  };
}
