import type { Agreement } from '@hufu/contracts';
import { useState } from 'react';
import { useNamed, useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Button } from '../../ui/button.tsx';

type AgreementsProps = { agreements: readonly Agreement[]; onAgreed: () => void };

/** 用户注册相关协议: read, then agreed to; without that nobody goes on (LIB-REG-04). */
export function Agreements({ agreements, onAgreed }: AgreementsProps) {
  const t = useTexts(library).register;
  const named = useNamed();
  const [agreed, setAgreed] = useState(false);
  return (
    <section className="stack">
      {agreements.map(({ code, version, title, titleEn, sections }) => (
        <article key={`${code} ${version}`} className="card agreement" lang="zh-CN">
          <h2 className="panel-title">{named({ name: title, nameEn: titleEn })}</h2>
          <section
            className="agreement-text"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by the keyboard
            tabIndex={0}
            aria-label={named({ name: title, nameEn: titleEn })}
          >
            {sections.map(({ heading, paragraphs }) => (
              <div key={heading}>
                <h3>{heading}</h3>
                {paragraphs.map((paragraph) => (
                  <p key={paragraph}>{paragraph}</p>
                ))}
              </div>
            ))}
          </section>
        </article>
      ))}
      <label className="choice agree">
        <input type="checkbox" checked={agreed} onChange={(event) => setAgreed(event.target.checked)} />
        <span>{t.agree}</span>
      </label>
      <div>
        <Button kind="primary" icon="key" disabled={!agreed} onClick={onAgreed}>
          {t.ca}
        </Button>
      </div>
    </section>
  );
}
