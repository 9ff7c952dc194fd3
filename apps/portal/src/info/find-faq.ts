import type { FaqEntry } from '@hufu/contracts';
import type { z } from 'zod';
import type { Language } from '../i18n/language.tsx';

type Entry = z.infer<typeof FaqEntry>;

/** Entries that hold every word; those with the words in the question come first. */
export function findFaq(
  entries: readonly Entry[],
  { q, language }: { q: string; language: Language },
): readonly Entry[] {
  const words = q.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const question = (entry: Entry) => (language === 'en' ? entry.questionEn : entry.question);
  const answer = (entry: Entry) => (language === 'en' ? entry.answerEn : entry.answer);
  const found = entries.filter((entry) => holds(`${question(entry)} ${answer(entry)}`));
  return words.length === 0
    ? found
    : found.sort((a, b) => Number(holds(question(b))) - Number(holds(question(a))));
}
