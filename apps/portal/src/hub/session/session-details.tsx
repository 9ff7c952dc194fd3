import type { HubSession } from '@hufu/contracts';
import type { ReactNode } from 'react';
import { minute } from '../../format/dates.ts';
import { common } from '../../i18n/common.ts';
import { hub } from '../../i18n/hub.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Alert } from '../../ui/alert.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { CertificateCard } from '../certificate-card.tsx';

type SessionDetailsProps = { session: HubSession; children: ReactNode };

/** The logged-in certificate; `children` is the way on. */
export function SessionDetails({ session, children }: SessionDetailsProps) {
  const t = useTexts(hub).session;
  const texts = useTexts(common);
  return (
    <div className="stack">
      {session.advice.map((advice) => (
        <Alert key={advice.code} tone="info" title={advice.message} />
      ))}
      {session.notices > 0 ? (
        <Alert
          tone="info"
          title={t.notices(session.notices)}
          actions={
            <ButtonLink to="/profile" hash="notices">
              {t.seeNotices}
            </ButtonLink>
          }
        />
      ) : null}
      <div className="columns">
        <CertificateCard certificate={session.certificate} badge={texts.keyRoles[session.role]} />
        <div className="stack">
          {children}
          <Facts
            compact
            facts={[
              {
                label: t.roles,
                value: session.entity.roles.map((role) => texts.roles[role]).join(texts.listSeparator),
              },
              { label: t.key, value: texts.keyRoles[session.role] },
              { label: t.loggedInAt, value: <time>{minute(session.loggedInAt)}</time> },
              { label: t.expiresAt, value: <time>{minute(session.expiresAt)}</time> },
            ]}
          />
        </div>
      </div>
    </div>
  );
}
