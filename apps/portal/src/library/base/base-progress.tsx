import type { LibrarySession, RecordDetail } from '@hufu/contracts';
import { fieldsOf, isFilled, isRequired, type RecordType, type Values } from '@hufu/library';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Status } from '../../ui/status.tsx';

type BaseProgressProps = { session: LibrarySession; record: RecordDetail | null; type: RecordType };

/** The three parts of the registration (LIB-BASE-04), each done or to do. */
export function BaseProgress({ session, record, type }: BaseProgressProps) {
  const t = useTexts(library).base;
  const { base, letter, letterNeeded } = session.completion;
  const values = (record?.values ?? {}) as Values;
  const papers = fieldsOf(type).filter(
    (field) => field.kind === 'files' && isRequired(field, values, 'submit'),
  );
  const uploaded = papers.every(({ name }) => isFilled(values[name]));
  const done = [base, base || (record !== null && uploaded), letter];
  const parts = t.parts
    .map((part, at) => ({ part, text: t.partText[at] ?? '', done: done[at] === true }))
    .slice(0, letterNeeded ? 3 : 2);
  return (
    <ol className="progress-parts" aria-label={t.progress}>
      {parts.map(({ part, text, done: isDone }, at) => (
        <li key={part} className={isDone ? 'progress-part progress-done' : 'progress-part'}>
          <span className="progress-number figures" aria-hidden="true">
            {at + 1}
          </span>
          <strong>{part}</strong>
          <span className="faint">{text}</span>
          <Status tone={isDone ? 'good' : 'attention'}>{isDone ? t.done : t.todo}</Status>
        </li>
      ))}
    </ol>
  );
}
