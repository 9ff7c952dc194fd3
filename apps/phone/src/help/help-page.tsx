import { useState } from 'react';
import { help as texts } from '../i18n/help.ts';
import { useLanguage, useTexts } from '../i18n/language.tsx';
import { TextField } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { Empty } from '../ui/loaded.tsx';
import { Screen } from '../ui/screen.tsx';
import { FAQ, type FaqGroup } from './faq.ts';
import { findFaq } from './find-faq.ts';
import './help.css';

const GROUPS: readonly FaqGroup[] = ['apply', 'use', 'manage', 'safe'];

/** 帮助: what the manual teaches, to be searched. */
export function HelpPage() {
  const t = useTexts(texts);
  const { language } = useLanguage();
  const [text, setText] = useState('');
  const found = findFaq(FAQ, { text, language });
  return (
    <Screen title={t.title} back="/">
      <TextField label={t.search} type="search" optional autoComplete="off" value={text} onValue={setText} />
      {found.length === 0 ? <Empty title={t.none} /> : null}
      {GROUPS.map((group) => {
        const entries = found.filter((entry) => entry.group === group);
        if (entries.length === 0) return null;
        return (
          <section key={group} className="group" aria-labelledby={`help-${group}`}>
            <h2 id={`help-${group}`}>{t.groups[group]}</h2>
            <div className="cells">
              {entries.map(({ question, answer }) => (
                <details key={question.zh} className="faq">
                  <summary>
                    <span>{question[language]}</span>
                    <Icon name="down" size={16} />
                  </summary>
                  <p>{answer[language]}</p>
                </details>
              ))}
            </div>
          </section>
        );
      })}
      <p className="faint">{t.contact}</p>
    </Screen>
  );
}
