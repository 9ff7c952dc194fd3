import type { HubSession } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { sessionQuery } from '../api/session.ts';
import { hub } from '../i18n/hub.ts';
import { useTexts } from '../i18n/language.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { Loaded, Skeleton } from '../ui/loaded.tsx';
import { Page } from '../ui/page.tsx';

/** Shows its children to whoever is logged in, to others the way there and back. */
export function WithSession({ children }: { children: (session: HubSession) => ReactNode }) {
  const session = useQuery(sessionQuery);
  return (
    <Loaded query={session} skeleton={<Skeleton lines={2} tall />}>
      {(data) => (data === null ? <NeedLogin /> : children(data))}
    </Loaded>
  );
}

export function NeedLogin() {
  const t = useTexts(hub).needLogin;
  const { href } = useLocation();
  return (
    <Page title={t.title} lead={t.text} narrow>
      <div className="row">
        <ButtonLink kind="primary" to="/login" search={{ next: href }}>
          {t.login}
        </ButtonLink>
        <ButtonLink to="/">{t.home}</ButtonLink>
      </div>
    </Page>
  );
}
