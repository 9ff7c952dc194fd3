import type { PhoneScan } from '@hufu/contracts';
import { useEffect } from 'react';
import { confirm as texts } from '../../i18n/confirm.ts';
import { useNamed, useTexts } from '../../i18n/language.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';

/** How a scan ended, and what to do next. */
export function Outcome({ scan, onLeave }: { scan: PhoneScan; onLeave: () => void }) {
  const t = useTexts(texts);
  const named = useNamed();
  const done = scan.state === 'DONE';
  // Whoever said no has not come to do it after all.
  const mayGoOn = !done && scan.state !== 'REFUSED';
  // A reason says by itself what to do.
  const next = scan.problem === null ? t.endedText : (scan.problem.hint ?? '');
  // The code is spent: what is scanned next is another one.
  useEffect(onLeave, [onLeave]);
  return (
    <section className="outcome" role="status">
      <span className={done ? 'outcome-sign outcome-good' : 'outcome-sign'}>
        <Icon name={done ? 'check' : 'stop'} size={40} />
      </span>
      <h2>{done ? t.done[scan.purpose] : (scan.problem?.message ?? t.ended)}</h2>
      <p className="faint">{done ? t.doneText(named(scan.site)) : next}</p>
      <div className="outcome-ways">
        {mayGoOn ? (
          <ButtonLink kind="primary" icon="scan" block to="/scan">
            {t.scanAgain}
          </ButtonLink>
        ) : null}
        <ButtonLink kind={mayGoOn ? 'plain' : 'primary'} block to="/">
          {t.home}
        </ButtonLink>
      </div>
    </section>
  );
}
