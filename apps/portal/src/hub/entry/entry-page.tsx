import { Link } from '@tanstack/react-router';
import { useSession } from '../../api/session.ts';
import { usePhoneOffered } from '../../api/site.ts';
import { entry } from '../../i18n/entry.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Alert } from '../../ui/alert.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import './entry.css';

/** 「交易主体」 (HUB-006, HUB-007). */
export function EntryPage() {
  const t = useTexts(entry);
  const { data: session } = useSession();
  const phone = usePhoneOffered();
  return (
    <Page title={t.title} lead={t.lead}>
      <div className="columns">
        <div className="stack">
          {session ? (
            <Alert
              tone="info"
              title={t.already}
              actions={
                <ButtonLink kind="primary" to="/session">
                  {t.goOn}
                </ButtonLink>
              }
            >
              {session.entity.unitName}
            </Alert>
          ) : null}
          <ul className="doors">
            <li>
              <Link to="/login" className="door door-main">
                <Icon name="key" size={28} />
                <span className="door-title">{t.login}</span>
                <span>{t.loginText}</span>
              </Link>
            </li>
            <li>
              <Link to="/bind" className="door">
                <Icon name="link" size={28} />
                <span className="door-title">{t.bind}</span>
                <span>{t.bindText}</span>
              </Link>
            </li>
            {phone ? (
              <li>
                <Link to="/login" search={{ by: 'phone' }} className="door">
                  <Icon name="qr" size={28} />
                  <span className="door-title">{t.phone}</span>
                  <span>{t.phoneText}</span>
                </Link>
              </li>
            ) : null}
          </ul>
        </div>
        <aside className="stack">
          <Link to="/downloads" className="door">
            <Icon name="download" size={28} />
            <span className="door-title">{t.driver}</span>
            <span>{t.driverText}</span>
          </Link>
          <Link to="/unbind" className="door">
            <Icon name="file" size={28} />
            <span className="door-title">{t.unbind}</span>
            <span>{t.unbindText}</span>
          </Link>
        </aside>
      </div>
    </Page>
  );
}
