import { useSite } from '../api/site.ts';
import { useTexts } from '../i18n/language.tsx';
import { preparation } from '../i18n/preparation.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { PhoneLink } from '../ui/phone-link.tsx';
import './info.css';

/** 《交易平台-系统配置操作手册》, to which the platforms link (PLAT-006). */
export function PreparationPage() {
  const t = useTexts(preparation);
  const { data: site } = useSite();
  return (
    <Page title={t.title} lead={t.lead} narrow>
      <div className="stack">
        <div className="row">
          <ButtonLink kind="primary" icon="download" to="/downloads">
            {t.links.downloads}
          </ButtonLink>
          <ButtonLink to="/bind">{t.links.bind}</ButtonLink>
          <ButtonLink to="/library">{t.links.library}</ButtonLink>
          <ButtonLink kind="quiet" to="/help">
            {t.links.help}
          </ButtonLink>
        </div>
        {t.parts.map(({ title, steps }) => (
          <section key={title} className="card stack-tight">
            <h2 className="panel-title">{title}</h2>
            <ol className="numbered">
              {steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </section>
        ))}
        {site ? (
          <p>
            {t.still}
            <PhoneLink phone={site.hotline} />
          </p>
        ) : null}
      </div>
    </Page>
  );
}
