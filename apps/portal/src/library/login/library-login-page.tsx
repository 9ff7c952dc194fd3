import { type LibraryLogin, libraryEntityRoutes } from '@hufu/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { readProblem } from '../../api/problem.ts';
import { useNamed, useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { enterLibrary, librarySessionQuery } from '../session/library-session.ts';
import { AdmissionSteps } from './admission-steps.tsx';
import { entranceQuery } from './entrance-query.ts';
import { GetReady } from './get-ready.tsx';
import { KeyProof } from './key-proof.tsx';
import '../know-errors.ts';
import '../library.css';

const route = getRouteApi('/library');

/** 主体信息库登录 (LIB-LOGIN): 「CA登录」, 「苏服办」 for natural persons, 「用户注册」. */
export function LibraryLoginPage() {
  const t = useTexts(library);
  const { problem, admission } = route.useSearch();
  const { data: session } = useQuery(librarySessionQuery);
  return (
    <Page title={t.login.title} lead={t.login.lead}>
      <div className="columns">
        <section className="card stack">
          <div className="card-head">
            <h2>{t.login.ca}</h2>
          </div>
          {problem ? (
            <ProblemBox
              error={readProblem(
                { type: 'about:blank', title: problem, status: 403, code: problem, retry: 'corrected' },
                403,
              )}
              actions={<Advice code={problem} />}
            >
              <Explanation code={problem} />
            </ProblemBox>
          ) : null}
          {session ? (
            <Alert
              tone="info"
              title={t.login.already}
              actions={
                <ButtonLink kind="primary" to="/library/home">
                  {t.login.enter}
                </ButtonLink>
              }
            >
              {session.entity.name}
            </Alert>
          ) : null}
          <KeyLogin admissionId={admission} />
        </section>
        <OtherWays />
      </div>
    </Page>
  );
}

function KeyLogin({ admissionId }: { admissionId: string | undefined }) {
  const t = useTexts(library);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { next } = route.useSearch();
  const [answer, setAnswer] = useState<LibraryLogin>();
  const enter = (login: LibraryLogin) => {
    if (login.session === null) {
      setAnswer(login);
      return;
    }
    enterLibrary(client, login.session);
    void navigate({ href: next ?? '/library/home' });
  };
  const waiting = useQuery({
    queryKey: ['library', 'admission', admissionId],
    enabled: admissionId !== undefined && answer === undefined,
    queryFn: ({ signal }) =>
      call(libraryEntityRoutes.admission, { params: { id: admissionId ?? '' }, signal }),
  });
  const admission = answer?.admission ?? waiting.data;
  if (admission) {
    return (
      <AdmissionSteps
        admission={admission}
        onEntered={(session) => enter({ outcome: 'LOGGED_IN', session, admission: null })}
        onCancel={() => {
          setAnswer(undefined);
          if (admissionId !== undefined) void navigate({ to: '/library', search: {} });
        }}
      />
    );
  }
  return (
    <>
      <p>{t.login.caText}</p>
      <KeyProof
        act="library-login"
        send={(proof) => call(libraryEntityRoutes.login, { body: proof })}
        onDone={enter}
        explain={({ code }) => <Explanation code={code} />}
        advice={({ code }) => <Advice code={code} />}
      />
    </>
  );
}

function Explanation({ code }: { code: string }) {
  const t = useTexts(library).login;
  return code === 'LIBRARY_NOT_REGISTERED' ? <p>{t.notRegistered}</p> : null;
}

/** What to do after a refusal at the door. */
function Advice({ code }: { code: string }) {
  const t = useTexts(library).login;
  if (code === 'LIBRARY_NOT_REGISTERED') {
    return (
      <ButtonLink kind="primary" to="/library/register">
        {t.register}
      </ButtonLink>
    );
  }
  if (code === 'LIBRARY_NOT_ACTIVATED') {
    return (
      <ButtonLink kind="primary" to="/login">
        {t.hub}
      </ButtonLink>
    );
  }
  return null;
}

function OtherWays() {
  const t = useTexts(library).login;
  const named = useNamed();
  const entrance = useQuery(entranceQuery);
  const citizens = useMutation({
    mutationFn: (agreements: Parameters<typeof acceptedOf>[0]) =>
      call(libraryEntityRoutes.startCitizenLogin, { body: { agreements: acceptedOf(agreements) } }),
    onSuccess: ({ redirectTo }) => location.assign(redirectTo),
  });
  return (
    <aside className="stack">
      <section className="card stack-tight">
        <h2 className="panel-title">{t.register}</h2>
        <p>{t.registerText}</p>
        <ButtonLink to="/library/register" icon="person">
          {t.register}
        </ButtonLink>
      </section>
      <GetReady />
      <Loaded query={entrance}>
        {({ citizens: provider, agreements, libEntry }) => (
          <>
            {provider ? (
              <section className="card stack-tight">
                <h2 className="panel-title">
                  {t.citizens(named({ name: provider.label, nameEn: provider.labelEn }))}
                </h2>
                <p>{t.citizensText}</p>
                <Button icon="external" busy={citizens.isPending} onClick={() => citizens.mutate(agreements)}>
                  {named({ name: provider.label, nameEn: provider.labelEn })}
                </Button>
                {citizens.error ? <ProblemBox error={citizens.error} /> : null}
              </section>
            ) : null}
            {libEntry === 'HUB_FIRST' ? (
              <section className="card stack-tight">
                <p>{t.hubFirst}</p>
                <ButtonLink to="/login" icon="key">
                  {t.hub}
                </ButtonLink>
              </section>
            ) : null}
          </>
        )}
      </Loaded>
    </aside>
  );
}

const acceptedOf = (agreements: readonly { code: string; version: string; sha256: string }[]) =>
  agreements.map(({ code, version, sha256 }) => ({ code, version, sha256 }));
