import { useContext } from 'react';
import { OverviewContext, useTexts } from '../context.ts';

/** 标桥知道 (AST-012). */
export function HelpView() {
  const { help: t } = useTexts();
  const overview = useContext(OverviewContext);
  return (
    <section className="stack">
      <p>{t.intro}</p>
      {t.items.map(([question, answer]) => (
        <details key={question} className="card">
          <summary>{question}</summary>
          <p>{answer}</p>
        </details>
      ))}
      {overview === undefined ? null : (
        <p>
          <a href={`${overview.hub}/help`} target="_blank" rel="noreferrer">
            {t.more}
          </a>
        </p>
      )}
    </section>
  );
}
