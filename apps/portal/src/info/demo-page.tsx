import { useQuery } from '@tanstack/react-query';
import { isCode } from '../api/problem.ts';
import { demoGuideQuery, useSite } from '../api/site.ts';
import { info } from '../i18n/info.ts';
import { useTexts } from '../i18n/language.tsx';
import { ButtonAnchor, ButtonLink } from '../ui/button.tsx';
import { Empty, Loaded, Skeleton } from '../ui/loaded.tsx';
import { Page } from '../ui/page.tsx';
import { DemoMailbox } from './demo-mailbox.tsx';
import { DemoPhone } from './demo-phone.tsx';
import { DemoTokens } from './demo-tokens.tsx';
import './info.css';

/** What a newcomer can try, with which key, and what will happen. */
export function DemoPage() {
  const t = useTexts(info).demo;
  const { data: site } = useSite();
  const guide = useQuery({ ...demoGuideQuery, enabled: site?.demo === true });
  if (site?.demo === false || isCode(guide.error, 'NOT_FOUND')) {
    return (
      <Page title={t.title} narrow>
        <Empty title={t.off} />
      </Page>
    );
  }
  return (
    <Page title={t.title} lead={t.lead}>
      <Loaded query={guide} skeleton={<Skeleton lines={4} tall />}>
        {(data) => (
          <div className="stack">
            <section className="card stack-tight">
              <h2>{t.walk}</h2>
              <ol className="numbered">
                {t.steps.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
              <div className="row">
                <ButtonAnchor kind="primary" icon="external" href={data.assistantUrl} newTab>
                  {t.assistant}
                </ButtonAnchor>
                <ButtonLink to="/bind">{t.bind}</ButtonLink>
                <ButtonLink to="/desk">{t.desk}</ButtonLink>
              </div>
            </section>
            <DemoTokens guide={data} />
            <DemoPhone people={data.people} />
            <section className="stack-tight">
              <h2>{t.platforms}</h2>
              <ul className="contacts">
                {data.platforms.map((platform) => (
                  <li key={platform.code} className="contact">
                    <span className="contact-name">{platform.name}</span>
                    <span>
                      <a href={platform.url} target="_blank" rel="noreferrer">
                        {platform.url}
                      </a>
                    </span>
                  </li>
                ))}
              </ul>
            </section>
            <DemoMailbox />
          </div>
        )}
      </Loaded>
    </Page>
  );
}
