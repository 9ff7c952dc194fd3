import type { ReactNode } from 'react';
import { evidence } from '../i18n/evidence.ts';
import { evidenceFacts } from '../i18n/evidence-facts.ts';
import { useTexts } from '../i18n/language.tsx';

/** A name that a statement uses, in words; one that has none stays as it was written. */
export const wordOf = (words: object, name: string): string =>
  Object.hasOwn(words, name) ? String((words as Readonly<Record<string, unknown>>)[name]) : name;

/** A public fact of a statement: what stands there, with its members named for people. */
export function FactValue({ value }: { value: unknown }): ReactNode {
  const t = useTexts(evidence);
  const names = useTexts(evidenceFacts);
  if (value === null) return <span className="faint">{t.values.none}</span>;
  if (typeof value === 'boolean') return value ? t.values.yes : t.values.no;
  if (typeof value === 'string' || typeof value === 'number') return wordOf(t.values, String(value));
  if (Array.isArray(value)) {
    if (value.length === 0) return <span className="faint">{t.values.none}</span>;
    return (
      <ul>
        {value.map((part) => (
          <li key={JSON.stringify(part)}>
            <FactValue value={part} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <ul>
      {Object.entries(value as object).map(([name, part]) => (
        <li key={name}>
          <span className="faint">{wordOf(names, name)}</span> <FactValue value={part} />
        </li>
      ))}
    </ul>
  );
}
