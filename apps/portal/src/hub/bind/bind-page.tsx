import { useState } from 'react';
import { usePhoneOffered } from '../../api/site.ts';
import { bind } from '../../i18n/bind.ts';
import { useTexts } from '../../i18n/language.tsx';
import { phone } from '../../i18n/phone.ts';
import { Page } from '../../ui/page.tsx';
import { Way } from '../../ui/way.tsx';
import { BindFlow } from './bind-flow.tsx';
import './bind.css';

/** 「企业主体证书绑定」 (HUB-020 … HUB-034). */
export function BindPage() {
  const t = useTexts(bind);
  const texts = useTexts(phone);
  const offered = usePhoneOffered();
  const [isRead, setIsRead] = useState(false);
  return (
    <Page title={t.title} lead={offered ? texts.bindLead : t.lead}>
      <Way at={isRead ? 1 : 0} />
      <div className="columns">
        <BindFlow onRead={setIsRead} />
        <aside className="notes">
          <h2>{t.notes}</h2>
          <ul>
            <li>{t.noteKey}</li>
            {offered ? <li>{texts.noteBind}</li> : null}
            <li>{t.noteName}</li>
            <li>{t.noteRoles}</li>
            <li>{t.noteBound}</li>
          </ul>
        </aside>
      </div>
    </Page>
  );
}
