import { type HubSession, hubRoutes } from '@hufu/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { isCode } from '../../api/problem.ts';
import { enterSession } from '../../api/session.ts';
import { useTexts } from '../../i18n/language.tsx';
import { login } from '../../i18n/login.ts';
import type { KeyCertificate } from '../../keybridge/bridge.ts';
import { CertificateChoice } from '../../keybridge/certificate-choice.tsx';
import { KeyGate } from '../../keybridge/key-gate.tsx';
import { PinPanel } from '../../keybridge/pin-panel.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { AttemptProgress } from '../attempt/attempt-progress.tsx';
import { useAttempt } from '../attempt/use-attempt.ts';

/** From the key to a session: find the assistant, choose the key, enter the password, wait for the authority. */
export function LoginFlow({ onLoggedIn }: { onLoggedIn: (session: HubSession) => void }) {
  return (
    <KeyGate>
      {(certificates, again) => (
        <LoginWithKey certificates={certificates} again={again} onLoggedIn={onLoggedIn} />
      )}
    </KeyGate>
  );
}

type LoginWithKeyProps = {
  certificates: readonly KeyCertificate[];
  again: { run: () => void; busy: boolean };
  onLoggedIn: (session: HubSession) => void;
};

function LoginWithKey({ certificates, again, onLoggedIn }: LoginWithKeyProps) {
  const t = useTexts(login);
  const client = useQueryClient();
  const [picked, setPicked] = useState<string>();
  const usable = certificates.filter((one) => one.algorithm !== undefined);
  const chosen = usable.find((one) => one.keyId === picked) ?? (usable.length === 1 ? usable[0] : undefined);
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
    <div className="stack">
      <CertificateChoice certificates={certificates} chosen={chosen?.keyId} onChoose={setPicked} />
      {chosen ? (
        <PinPanel
          act="login"
          certificate={chosen}
          onSigned={(proof) => void start((signal) => call(hubRoutes.login, { body: proof, signal }))}
        />
      ) : null}
      <div className="row-spread">
        <Button kind="quiet" icon="refresh" busy={again.busy} onClick={again.run}>
          {t.again}
        </Button>
        <span className="faint">{t.forgotten}</span>
      </div>
    </div>
  );
}
