import { useEffect, useRef } from 'react';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { type FieldErrors, fieldId } from './form.tsx';

type ErrorSummaryProps = {
  errors: FieldErrors;
  labels: Readonly<Record<string, string>>;
  /** Changes with every attempt to send, so that the summary takes the focus again. */
  attempt: number;
};

/** On top of the form: everything that is wrong, each a link to its field. */
export function ErrorSummary({ errors, labels, attempt }: ErrorSummaryProps) {
  const t = useTexts(common);
  const ref = useRef<HTMLDivElement>(null);
  const wrong = Object.entries(errors).filter(([, message]) => message);
  useEffect(() => {
    if (attempt > 0) ref.current?.focus();
  }, [attempt]);
  if (attempt === 0 || wrong.length === 0) return null;
  return (
    <div className="alert alert-attention" ref={ref} tabIndex={-1} role="alert">
      <div className="alert-body">
        <p className="alert-title">{t.correctFields(wrong.length)}</p>
        <ul className="alert-list">
          {wrong.map(([name, message]) => (
            <li key={name}>
              <a
                href={`#${fieldId(name)}`}
                onClick={(event) => {
                  event.preventDefault();
                  const target = document.getElementById(fieldId(name));
                  target?.scrollIntoView({ block: 'center' });
                  target?.focus({ preventScroll: true });
                }}
              >
                {labels[name] ?? name}
              </a>
              : {message}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
