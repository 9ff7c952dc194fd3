import { type HubSession, hubRoutes } from '@hufu/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { isCode } from '../../api/problem.ts';
import { enterSession } from '../../api/session.ts';
import { useTexts } from '../../i18n/language.tsx';
import { login } from '../../i18n/login.ts';
import { KeySigner } from '../../keybridge/key-signer.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { AttemptProgress } from '../attempt/attempt-progress.tsx';
import { useAttempt } from '../attempt/use-attempt.ts';

/** From the key to a session: sign the challenge, then wait for the authority (HUB-050, HUB-056). */
export function LoginFlow({ onLoggedIn }: { onLoggedIn: (session: HubSession) => void }) {
  const t = useTexts(login);
  const client = useQueryClient();
  const { view, start, reset } = useAttempt(({ session }) => {
    if (session === undefined) return;
    enterSession(client, session);
    onLoggedIn(session);
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
    <KeySigner
      act="login"
      onSigned={(proof) => void start((signal) => call(hubRoutes.login, { body: proof, signal }))}
    />
  );
}
