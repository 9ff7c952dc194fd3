import { hub } from '../../i18n/hub.ts';
import { useTexts } from '../../i18n/language.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Way } from '../../ui/way.tsx';
import { WithSession } from '../need-login.tsx';
import { SessionDetails } from './session-details.tsx';

/** The certificate after login, with 「进入授权」 (HUB-052) and, top left, 「个人信息登录」 (HUB-080). */
export function SessionPage() {
  const t = useTexts(hub).session;
  return (
    <WithSession>
      {(session) => (
        <>
          <ButtonLink kind="quiet" icon="person" to="/profile">
            {t.profile}
          </ButtonLink>
          <Page title={t.title} lead={t.lead}>
            <Way at={1} />
            <SessionDetails session={session}>
              <ButtonLink kind="primary" large to="/platforms">
                {t.enter}
              </ButtonLink>
              <nav className="row" aria-label={t.more}>
                <ButtonLink icon="file" to="/signing">
                  {t.signing}
                </ButtonLink>
                <ButtonLink icon="shield" to="/seals">
                  {t.seals}
                </ButtonLink>
                <ButtonLink icon="clock" to="/evidence">
                  {t.history}
                </ButtonLink>
              </nav>
            </SessionDetails>
          </Page>
        </>
      )}
    </WithSession>
  );
}
