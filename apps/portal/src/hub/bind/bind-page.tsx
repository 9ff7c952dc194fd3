import { useState } from 'react';
import { bind } from '../../i18n/bind.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Page } from '../../ui/page.tsx';
import { Way } from '../../ui/way.tsx';
import { BindFlow } from './bind-flow.tsx';
import './bind.css';

/** 「企业主体证书绑定」 (HUB-020 … HUB-034). */
export function BindPage() {
  const t = useTexts(bind);
  const [isRead, setIsRead] = useState(false);
  return (
    <Page title={t.title} lead={t.lead}>
      <Way at={isRead ? 1 : 0} />
      <div className="columns">
        <BindFlow onRead={setIsRead} />
        <aside className="notes">
          <h2>{t.notes}</h2>
          <ul>
            <li>{t.noteKey}</li>
            <li>{t.noteName}</li>
            <li>{t.noteRoles}</li>
            <li>{t.noteBound}</li>
          </ul>
        </aside>
      </div>
    </Page>
  );
}
