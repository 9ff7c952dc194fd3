import { type InteractionDetails, interactionRoutes } from '@hufu/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/client.ts';
import { isCode } from '../../api/problem.ts';
import { hub } from '../../i18n/hub.ts';
import { useNamed, useTexts } from '../../i18n/language.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button, ButtonAnchor } from '../../ui/button.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { Way } from '../../ui/way.tsx';
import { Confirmation } from '../authorise/confirmation.tsx';
import { LoginFlow } from '../login/login-flow.tsx';
import { SessionDetails } from '../session/session-details.tsx';
import { AuthorisePlatform } from './authorise-platform.tsx';
import { ExpiredPage } from './expired-page.tsx';

const route = getRouteApi('/interaction/$uid');

/** A login that a platform began: the same pages, with the platform chosen beforehand. */
export function InteractionPage() {
  const { uid } = route.useParams();
  const details = useQuery({
    queryKey: ['interaction', uid],
    queryFn: ({ signal }) => call(interactionRoutes.details, { params: { uid }, signal }),
  });
  if (isCode(details.error, 'HUB_INTERACTION_EXPIRED', 'NOT_FOUND')) {
    return <ExpiredPage error={details.error} restartUrl={details.data?.restartUrl ?? null} />;
  }
  return (
    <Loaded query={details} skeleton={<Skeleton lines={3} tall />}>
      {(data) => <Interaction details={data} />}
    </Loaded>
  );
}

function Interaction({ details }: { details: InteractionDetails }) {
  const { uid, platform, restartUrl } = details;
  const t = useTexts(hub);
  const named = useNamed();
  const client = useQueryClient();
  const [shown, setShown] = useState(false);
  const key = ['interaction', uid];
  const authorise = useMutation({
    mutationFn: () => call(interactionRoutes.authorise, { params: { uid } }),
    onSuccess: (next) => client.setQueryData(key, next),
  });
  const confirm = useMutation({ mutationFn: () => call(interactionRoutes.confirm, { params: { uid } }) });
  const expired = [authorise.error, confirm.error].find((error) => isCode(error, 'HUB_INTERACTION_EXPIRED'));
  if (expired) return <ExpiredPage error={expired} restartUrl={restartUrl} />;
  const abort = <Abort uid={uid} />;

  if (details.step === 'LOGIN' || details.session === null) {
    return (
      <Page title={t.interaction.title} lead={t.interaction.from(named(platform))} narrow>
        <Way at={0} />
        <div className="stack">
          <LoginFlow
            onLoggedIn={() => {
              setShown(true);
              void client.invalidateQueries({ queryKey: key });
            }}
          />
          {abort}
        </div>
      </Page>
    );
  }
  if (details.step === 'CONFIRM' && details.authorisation !== null) {
    return (
      <Confirmation
        authorisation={details.authorisation}
        confirm={confirm}
        way={<Way at={confirm.data ? 3 : 2} />}
        another={abort}
      />
    );
  }
  if (shown) {
    return (
      <Page title={t.session.title} lead={t.session.lead}>
        <Way at={1} />
        <SessionDetails session={details.session}>
          <Button kind="primary" large onClick={() => setShown(false)}>
            {t.session.enter}
          </Button>
          {abort}
        </SessionDetails>
      </Page>
    );
  }
  return (
    <Page title={t.interaction.authoriseTitle} lead={t.interaction.authoriseLead} narrow>
      <Way at={2} />
      <AuthorisePlatform
        details={details}
        busy={authorise.isPending}
        error={authorise.error}
        onAuthorise={() => authorise.mutate()}
      >
        {abort}
      </AuthorisePlatform>
    </Page>
  );
}

/** Back to the platform, which is told that nobody logged in. */
function Abort({ uid }: { uid: string }): ReactNode {
  const t = useTexts(hub).interaction;
  const abort = useMutation({
    mutationFn: () => call(interactionRoutes.abort, { params: { uid } }),
    onSuccess: ({ redirectTo }) => location.assign(redirectTo),
  });
  if (abort.data) {
    return (
      <Alert
        tone="info"
        title={t.abort}
        actions={<ButtonAnchor href={abort.data.redirectTo}>{t.abort}</ButtonAnchor>}
      />
    );
  }
  return (
    <>
      {abort.error ? <ProblemBox error={abort.error} /> : null}
      <div>
        <Button kind="quiet" icon="left" busy={abort.isPending} onClick={() => abort.mutate()}>
          {t.abort}
        </Button>
      </div>
    </>
  );
}
