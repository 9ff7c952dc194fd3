import { useState } from 'react';
import { useSite } from '../../api/site.ts';
import { useTexts } from '../../i18n/language.tsx';
import { unbind } from '../../i18n/unbind.ts';
import { ButtonAnchor } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Deadline } from './deadline.tsx';
import { ReceiptCard } from './receipt-card.tsx';
import { UnbindForm } from './unbind-form.tsx';
import { EMPTY_UNBIND } from './unbind-values.ts';
import { type Receipt, useSubmitUnbind } from './use-submit-unbind.ts';
import './unbind.css';

/** 「CA证书解绑」 (HUB-100 … HUB-109). */
export function UnbindPage() {
  const t = useTexts(unbind);
  const { data: site } = useSite();
  const [receipt, setReceipt] = useState<Receipt>();
  const { submit, sent, error } = useSubmitUnbind(undefined, setReceipt);
  if (receipt) {
    return (
      <Page title={t.receipt} narrow>
        <ReceiptCard receipt={receipt} />
      </Page>
    );
  }
  return (
    <Page title={t.title} lead={t.lead}>
      <div className="stack">
        <section>
          <h2 className="panel-title">{t.procedure}</h2>
          <ol className="procedure">
            {t.steps.map((step) => (
              <li key={step.title}>
                <h3>{step.title}</h3>
                <p>{step.text}</p>
              </li>
            ))}
          </ol>
        </section>
        <div className="columns">
          <section className="card">
            <div className="card-head">
              <h2>{t.form}</h2>
            </div>
            <UnbindForm
              initial={EMPTY_UNBIND}
              submitLabel={t.submit}
              sent={sent}
              error={error}
              onSubmit={submit}
            />
          </section>
          <aside className="stack unbind-notes">
            <Deadline />
            {site ? (
              <ButtonAnchor href={site.unbind.templateUrl} icon="download" download>
                {t.template}
              </ButtonAnchor>
            ) : null}
            <div>
              <h2 className="panel-title">{t.requirements}</h2>
              <ul className="dashed">
                {t.requirement.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </div>
            <div>
              <h2 className="panel-title">{t.hours}</h2>
              <p>{t.hoursText}</p>
            </div>
            <p className="faint">{t.otherKey}</p>
          </aside>
        </div>
      </div>
    </Page>
  );
}
