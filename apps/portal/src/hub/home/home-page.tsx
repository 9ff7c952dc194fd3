import { Mark } from '@hufu/theme/mark';
import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { platformsQuery, usePhoneOffered, useSite } from '../../api/site.ts';
import { home } from '../../i18n/home.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { useDocumentTitle } from '../../ui/page.tsx';
import { PhoneLink } from '../../ui/phone-link.tsx';
import { AuthorityBoard } from './authority-board.tsx';
import { PlatformRegister } from './platform-register.tsx';
import './home.css';

export function HomePage() {
  const t = useTexts(home);
  const { data: site } = useSite();
  const platforms = useQuery(platformsQuery);
  const phone = usePhoneOffered();
  useDocumentTitle(t.title);
  return (
    <div className="home">
      <section className="hero">
        <div className="hero-words">
          <p className="hero-motto">{t.motto}</p>
          <h1 tabIndex={-1}>{site?.hubTitle ?? ' '}</h1>
          <p className="page-lead">{t.lead}</p>
        </div>
        <Mark apart={7} className="hero-mark" />
      </section>
      <ul className="entries">
        <EntryCard to="/login" icon="key" main {...t.entries.login} />
        {phone ? <EntryCard to="/login" search={{ by: 'phone' }} icon="qr" {...t.entries.phone} /> : null}
        <EntryCard to="/bind" icon="link" {...t.entries.bind} />
        <EntryCard to="/downloads" icon="download" {...t.entries.driver} />
        <EntryCard to="/unbind" icon="file" {...t.entries.unbind} />
      </ul>
      <section>
        <h2>{t.how}</h2>
        <ol className="steps">
          {t.steps.map((step, index) => (
            <li key={step.title}>
              <span className="steps-number" aria-hidden="true">
                {index + 1}
              </span>
              <h3>{step.title}</h3>
              <p>{step.text}</p>
            </li>
          ))}
        </ol>
      </section>
      <section>
        <div className="row-spread">
          <h2>{t.board}</h2>
          <p className="faint">{t.boardHint}</p>
        </div>
        <AuthorityBoard />
      </section>
      <section>
        <Loaded query={platforms} skeleton={<Skeleton lines={4} tall />}>
          {(list) => <PlatformRegister platforms={list} />}
        </Loaded>
      </section>
      <section>
        <h2>{t.help}</h2>
        <ul className="entries entries-three">
          <EntryCard to="/help" icon="info" title={t.faq} text={t.faqText} />
          <EntryCard to="/support" icon="phone" title={t.supportTitle} text={t.supportText} />
          <li className="entry entry-still">
            <Icon name="clock" size={22} />
            <span className="entry-title">{site ? <PhoneLink phone={site.hotline} /> : null}</span>
            <span>{t.hotlineText}</span>
          </li>
        </ul>
      </section>
    </div>
  );
}

type EntryCardProps = {
  to: NonNullable<LinkProps['to']>;
  search?: { readonly by: 'phone' };
  icon: IconName;
  title: string;
  text: string;
  main?: boolean;
};

function EntryCard({ to, search, icon, title, text, main = false }: EntryCardProps) {
  return (
    <li>
      <Link to={to} {...(search && { search })} className={main ? 'entry entry-main' : 'entry'}>
        <Icon name={icon} size={22} />
        <span className="entry-title">{title}</span>
        <span>{text}</span>
      </Link>
    </li>
  );
}
