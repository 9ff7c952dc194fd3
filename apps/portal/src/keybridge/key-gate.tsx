import type { ReactNode } from 'react';
import { isCode } from '../api/problem.ts';
import { useTexts } from '../i18n/language.tsx';
import { login } from '../i18n/login.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Skeleton } from '../ui/loaded.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import type { KeyCertificate } from './bridge.ts';
import { type GatePlace, obstacleIn } from './obstacle.ts';
import { PairPanel } from './pair-panel.tsx';
import { useBridgeState } from './use-bridge.ts';
import './keybridge.css';

type KeyGateProps = {
  place?: GatePlace;
  children: (certificates: readonly KeyCertificate[], again: { run: () => void; busy: boolean }) => ReactNode;
};

/** Leads to a readable key, one obstacle at a time, each with its remedy; then shows its children. */
export function KeyGate({ place = 'hub', children }: KeyGateProps) {
  const t = useTexts(login).gate;
  const { state, lookAgain, looking } = useBridgeState();
  const retry = (
    <Button icon="refresh" busy={looking} onClick={lookAgain}>
      {t.retry}
    </Button>
  );
  const download = (
    <>
      <ButtonLink kind="primary" icon="download" to="/downloads">
        {t.download}
      </ButtonLink>
      {retry}
    </>
  );
  const error = 'error' in state ? obstacleIn(place, state) : undefined;
  const foreign = isCode(error, 'TOKEN_SERIAL_UNREAD');
  switch (state.at) {
    case 'checking':
      return (
        <div className="stack-tight">
          <p className="faint">{t.prompt}</p>
          <Skeleton lines={2} tall />
        </div>
      );
    case 'absent':
      return (
        <ProblemBox error={error} actions={download}>
          <p>{place === 'hub' ? t.absentLead : t.absentText}</p>
          <Steps steps={t.absentSteps} />
          <p className="faint">{t.stillNot}</p>
          <p className="faint">{t.prompt}</p>
        </ProblemBox>
      );
    case 'blocked':
      return (
        <ProblemBox error={state.error} actions={retry}>
          <Steps steps={t.blockedSteps} />
        </ProblemBox>
      );
    case 'outdated':
      return (
        <ProblemBox error={error} actions={download}>
          {foreign ? <p>{t.ownDriver}</p> : null}
        </ProblemBox>
      );
    case 'unpaired':
      return <PairPanel onPaired={lookAgain} />;
    case 'empty':
      return (
        <ProblemBox error={error} actions={retry}>
          <Steps steps={t.emptySteps} />
        </ProblemBox>
      );
    case 'failed':
      return (
        <ProblemBox error={error} actions={foreign ? download : retry}>
          {foreign ? <p>{t.ownDriver}</p> : null}
        </ProblemBox>
      );
    case 'ready':
      return children(state.certificates, { run: lookAgain, busy: looking });
  }
}

function Steps({ steps }: { steps: readonly string[] }) {
  return (
    <ol className="numbered">
      {steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}
