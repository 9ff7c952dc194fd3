import type { Language } from '../i18n/language.tsx';
import type { Faq } from './faq.ts';

/** Entries that hold every word of the search; those with the words in the question come first. */
export function findFaq(
  entries: readonly Faq[],
  { text, language }: { text: string; language: Language },
): readonly Faq[] {
  const words = text.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  const holds = (where: string) => words.every((word) => where.toLowerCase().includes(word));
  return entries
    .filter(({ question, answer }) => holds(`${question[language]} ${answer[language]}`))
    .sort((a, b) => Number(holds(b.question[language])) - Number(holds(a.question[language])));
}
