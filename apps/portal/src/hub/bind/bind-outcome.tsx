import { isCode, type ProblemError } from '../../api/problem.ts';
import { bind } from '../../i18n/bind.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';

type BoundNowProps = { name: string; loggedIn: boolean };

/** 「绑定成功」 (HUB-028), and the next step. */
export function BoundNow({ name, loggedIn }: BoundNowProps) {
  const t = useTexts(bind);
  return (
    <Alert
      tone="good"
      title={t.done}
      announced
      actions={
        <ButtonLink kind="primary" large to={loggedIn ? '/session' : '/login'}>
          {loggedIn ? t.next : t.login}
        </ButtonLink>
      }
    >
      {t.doneText(name)}
    </Alert>
  );
}

/** 「已绑定」 (HUB-029): nothing was overwritten. */
export function AlreadyBound() {
  const t = useTexts(bind);
  return (
    <Alert
      tone="info"
      title={t.already}
      announced
      actions={
        <ButtonLink kind="primary" large to="/login">
          {t.login}
        </ButtonLink>
      }
    >
      {t.alreadyText}
    </Alert>
  );
}

/** A refusal; when another key of the enterprise is bound, with the way to add this one (HUB-030). */
export function BindRefused({ error, onAnotherKey }: { error: ProblemError; onAnotherKey: () => void }) {
  const t = useTexts(bind);
  const taken = isCode(error, 'HUB_USCC_TAKEN');
  return (
    <ProblemBox
      error={error}
      actions={
        <>
          <Button icon="refresh" onClick={onAnotherKey}>
            {t.otherKey}
          </Button>
          {taken ? (
            <>
              <ButtonLink to="/login">{t.login}</ButtonLink>
              <ButtonLink to="/unbind">{t.unbind}</ButtonLink>
            </>
          ) : null}
        </>
      }
    >
      {taken ? (
        <>
          <ol className="numbered">
            {t.takenSteps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <p>{t.takenLost}</p>
        </>
      ) : null}
    </ProblemBox>
  );
}
