import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps, useSearch } from '@tanstack/react-router';
import { localProblem } from '../api/problem.ts';
import { useSession } from '../api/session.ts';
import { useRealName } from '../app/real-name.tsx';
import { certificatesQuery } from '../certificates/certificate-queries.ts';
import { common } from '../i18n/common.ts';
import { home } from '../i18n/home.ts';
import { useLanguage, useTexts } from '../i18n/language.tsx';
import { Alert } from '../ui/alert.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Screen } from '../ui/screen.tsx';
import { CertificateCard } from './certificate-card.tsx';
import { RecentUses } from './recent-uses.tsx';
import './home.css';

export function HomePage() {
  const texts = useTexts(common);
  const t = useTexts(home);
  const session = useSession();
  const { problem } = useSearch({ from: '/member/' });
  const unread = session.data?.unread ?? 0;
  return (
    <Screen
      title={texts.app}
      action={
        <Link
          to="/messages"
          className="icon-button home-bell"
          aria-label={unread > 0 ? `${t.messages} · ${t.unread(unread)}` : t.messages}
        >
          <Icon name="bell" size={22} />
          {unread > 0 ? <span className="home-dot" aria-hidden="true" /> : null}
        </Link>
      }
    >
      {problem === undefined ? null : <ProblemBox error={localProblem(problem)} />}
      {session.data?.device?.state === 'FROZEN' ? (
        <Alert
          tone="attention"
          title={t.frozen}
          actions={<ButtonLink to="/devices">{t.devices}</ButtonLink>}
        />
      ) : null}
      {session.data?.vault === false ? <Alert tone="attention" title={t.vaultAbsent} /> : null}
      <Cards />
      <ButtonLink kind="primary" icon="scan" block to="/scan">
        {t.scan}
      </ButtonLink>
      <Services />
      <RecentUses />
      <RealNameOffer />
    </Screen>
  );
}

function Cards() {
  const t = useTexts(home).card;
  const certificates = useQuery(certificatesQuery('effective'));
  return (
    <Loaded
      query={certificates}
      skeleton={<div className="tally-card tally-card-empty" aria-hidden="true" />}
    >
      {(list) =>
        list.length === 0 ? (
          <section className="tally-card tally-card-empty">
            <strong className="tally-name">{t.none}</strong>
            <p>{t.noneText}</p>
            <ButtonLink icon="plus" to="/apply">
              {t.apply}
            </ButtonLink>
          </section>
        ) : (
          <ul className="tally-row">
            {list.map((certificate) => (
              <li key={certificate.id}>
                <CertificateCard certificate={certificate} />
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function Services() {
  const t = useTexts(home);
  const waiting = useSession().data?.waiting ?? 0;
  return (
    <nav aria-label={t.services}>
      <ul className="services">
        <Service to="/certificates" icon="card" label={t.certificates} />
        <Service to="/people" icon="people" label={t.people} />
        <Service to="/grants" icon="grant" label={t.grants} />
        <Service to="/approvals" icon="inbox" label={t.approvals} count={waiting} />
        <Service to="/messages" icon="bell" label={t.messages} />
        <Service to="/devices" icon="device" label={t.devices} />
        <Service to="/help" icon="help" label={t.help} />
        <Service to="/settings" icon="person" label={t.settings} />
      </ul>
    </nav>
  );
}

type ServiceProps = { to: NonNullable<LinkProps['to']>; icon: IconName; label: string; count?: number };

function Service({ to, icon, label, count = 0 }: ServiceProps) {
  const t = useTexts(home);
  return (
    <li>
      <Link to={to} className="service">
        <span className="service-icon">
          <Icon name={icon} size={24} />
          {count > 0 ? (
            <span className="badge">
              {count}
              <span className="visually-hidden">{t.waiting(count)}</span>
            </span>
          ) : null}
        </span>
        {label}
      </Link>
    </li>
  );
}

/** 「去认证」 at the bottom (MOB-003). */
function RealNameOffer() {
  const t = useTexts(common).realName;
  const { language } = useLanguage();
  const { data } = useSession();
  const start = useRealName();
  if (data === undefined || data === null || data.verified) return null;
  const { realName } = data;
  return (
    <section className="panel home-real-name">
      <h2>{t.title}</h2>
      <p>{realName === null ? t.off : t.text}</p>
      {start.error ? <ProblemBox error={start.error} /> : null}
      {realName === null ? null : (
        <Button icon="shield" busy={start.isPending} onClick={() => start.mutate()}>
          {`${t.start} · ${language === 'en' ? realName.labelEn : realName.label}`}
        </Button>
      )}
    </section>
  );
}
