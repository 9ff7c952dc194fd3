import { type HubAdmission, type HubSession, hubRoutes } from '@hufu/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { isCode } from '../../api/problem.ts';
import { enterSession } from '../../api/session.ts';
import { useTexts } from '../../i18n/language.tsx';
import { login } from '../../i18n/login.ts';
import type { Means } from '../../phone/means.tsx';
import { Signer } from '../../phone/signer.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { AttemptProgress } from '../attempt/attempt-progress.tsx';
import { useAttempt } from '../attempt/use-attempt.ts';

/** What the answer to a login says. */
export type LoggedIn = { readonly session: HubSession; readonly admission: HubAdmission };

type LoginFlowProps = { first?: Means | undefined; onLoggedIn: (login: LoggedIn) => void };

/** From the certificate to a session: sign the challenge, then wait for the authority (HUB-050, HUB-051, HUB-056). */
export function LoginFlow({ first, onLoggedIn }: LoginFlowProps) {
  const t = useTexts(login);
  const client = useQueryClient();
  const { view, start, reset } = useAttempt(({ session, admission }) => {
    if (session === undefined || admission === undefined) return;
    enterSession(client, session);
    onLoggedIn({ session, admission });
  });
  if (view.at === 'running') return <AttemptProgress attempt={view.attempt} since={view.since} />;
  if (view.at === 'failed') {
    return (
      <ProblemBox
        error={view.error}
        actions={
          <>
            {isCode(view.error, 'HUB_NOT_BOUND') ? (
              <ButtonLink kind="primary" to="/bind">
                {t.bindNow}
              </ButtonLink>
            ) : null}
            <Button icon="refresh" onClick={reset}>
              {view.error.problem.retry === 'never' ? t.chooseAnother : t.retry}
            </Button>
          </>
        }
      />
    );
  }
  return (
    <Signer
      act="login"
      first={first}
      onSigned={(proof) => void start((signal) => call(hubRoutes.login, { body: proof, signal }))}
    />
  );
}
