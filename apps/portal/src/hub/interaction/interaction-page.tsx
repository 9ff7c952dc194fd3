import { type InteractionDetails, interactionRoutes } from '@hufu/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/client.ts';
import { isCode } from '../../api/problem.ts';
import { sessionQuery } from '../../api/session.ts';
import { hub } from '../../i18n/hub.ts';
import { useNamed, useTexts } from '../../i18n/language.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button, ButtonAnchor } from '../../ui/button.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { Way } from '../../ui/way.tsx';
import { Confirmation } from '../authorise/confirmation.tsx';
import { type LoggedIn, LoginFlow } from '../login/login-flow.tsx';
import { SessionDetails } from '../session/session-details.tsx';
import { AuthorisePlatform } from './authorise-platform.tsx';
import { ExpiredPage } from './expired-page.tsx';

const route = getRouteApi('/interaction/$uid');

/** A login that a platform began: the same pages, with the platform chosen beforehand. */
export function InteractionPage() {
  const { uid } = route.useParams();
  const client = useQueryClient();
  const details = useQuery({
    queryKey: ['interaction', uid],
    queryFn: async ({ signal }) => {
      const found = await call(interactionRoutes.details, { params: { uid }, signal });
      if (found.session !== null) client.setQueryData(sessionQuery.queryKey, found.session);
      return found;
    },
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
  /** What was shown when 「确认授权」 was pressed. */
  const [authorised, setAuthorised] = useState<string>();
  const key = ['interaction', uid];
  const confirm = useMutation({
    mutationFn: () =>
      call(interactionRoutes.confirm, { params: { uid }, body: { authorisation: authorised ?? null } }),
    onError: (error) => {
      // Somebody else has logged in meanwhile: what that session would tell has to be shown first.
      if (isCode(error, 'OIDC_CONFIRMATION_ORDER')) void client.invalidateQueries({ queryKey: key });
    },
  });
  if (isCode(confirm.error, 'HUB_INTERACTION_EXPIRED')) {
    return <ExpiredPage error={confirm.error} restartUrl={restartUrl} />;
  }
  const abort = <Abort uid={uid} />;

  if (details.authorisation === null || details.session === null) {
    return (
      <Page title={t.interaction.title} lead={t.interaction.from(named(platform))} narrow>
        <Way at={0} />
        <div className="stack">
          <LoginFlow
            onLoggedIn={(login) => {
              setShown(true);
              client.setQueryData(key, loggedIn(details, login));
            }}
          />
          {abort}
        </div>
      </Page>
    );
  }
  if (details.authorisation.id === authorised) {
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
        onAuthorise={() => {
          confirm.reset();
          setAuthorised(details.authorisation?.id);
        }}
      >
        {abort}
      </AuthorisePlatform>
    </Page>
  );
}

/** The page after a login, from what the login has answered. */
function loggedIn(details: InteractionDetails, { session, admission }: LoggedIn): InteractionDetails {
  const { platform, expiresAt } = details;
  const { id, claims, entered } = admission;
  const { certificate } = session;
  const firstTime = !entered.includes(platform.code);
  const authorisation = { id, platform, claims, certificate, firstTime, expiresAt };
  return { ...details, step: 'AUTHORISE', session, authorisation };
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
