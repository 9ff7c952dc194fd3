import { type Admission, type LibraryEntrance, libraryEntityRoutes } from '@hufu/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { usePhoneOffered, useSite } from '../../api/site.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Steps } from '../../ui/steps.tsx';
import { AdmissionSteps } from '../login/admission-steps.tsx';
import { entranceQuery } from '../login/entrance-query.ts';
import { KeyProof } from '../login/key-proof.tsx';
import { enterLibrary } from '../session/library-session.ts';
import { Agreements } from './agreements.tsx';
import { ApplicantForm } from './applicant-form.tsx';
import '../know-errors.ts';
import '../library.css';

/** 用户注册 by a lock or a phone (LIB-REG-03, LIB-REG-05 … LIB-REG-10): agreements → CA注册 → applicant → 主体信息. */
export function RegisterPage() {
  const t = useTexts(library).register;
  const entrance = useQuery(entranceQuery);
  return (
    <Page title={t.title} lead={t.lead} narrow>
      <Loaded query={entrance} skeleton={<Skeleton lines={3} tall />}>
        {(data) => <Registration entrance={data} />}
      </Loaded>
    </Page>
  );
}

function Registration({ entrance }: { entrance: LibraryEntrance }) {
  const t = useTexts(library).register;
  const client = useQueryClient();
  const navigate = useNavigate();
  const phone = usePhoneOffered();
  const { data: site } = useSite();
  const [agreed, setAgreed] = useState(false);
  const [admission, setAdmission] = useState<Admission>();
  const at = admission ? 2 : agreed ? 1 : 0;
  const enter = (session: Parameters<typeof enterLibrary>[1]) => {
    enterLibrary(client, session);
    void navigate({ to: session.entity.state === 'ACTIVE' ? '/library/home' : '/library/base' });
  };
  return (
    <div className="stack">
      <Steps label={t.stepsLabel} steps={t.steps} at={at} />
      {at === 0 ? <Agreements agreements={entrance.agreements} onAgreed={() => setAgreed(true)} /> : null}
      {at === 1 ? (
        <section className="stack-tight">
          <h2 className="panel-title">{t.ca}</h2>
          <p>{t.caText}</p>
          <KeyProof
            act="library-register"
            phoneLabel={t.mobile(site?.regionName ?? '')}
            send={(proof) => call(libraryEntityRoutes.readForRegistration, { body: proof })}
            onDone={setAdmission}
            advice={({ code }) => (code === 'LIBRARY_REGISTERED_ALREADY' ? <ToLogin /> : null)}
          />
          {phone ? (
            <p className="faint">
              {t.mobileText}{' '}
              <Link to="/downloads" hash="phone">
                {t.mobileGuide}
              </Link>
            </p>
          ) : null}
          <div>
            <Button icon="left" onClick={() => setAgreed(false)}>
              {t.back}
            </Button>
          </div>
        </section>
      ) : null}
      {admission?.purpose === 'REGISTER' ? (
        <ApplicantForm
          admission={admission}
          agreements={entrance.agreements}
          onBack={() => setAdmission(undefined)}
          onRegistered={enter}
        />
      ) : admission ? (
        // The entity is known: its further key is activated instead (LIB-REG-01).
        <AdmissionSteps admission={admission} onEntered={enter} onCancel={() => setAdmission(undefined)} />
      ) : null}
      <p className="faint">
        <Link to="/library">{useTexts(library).login.title}</Link>
      </p>
    </div>
  );
}

function ToLogin() {
  const t = useTexts(library).login;
  return (
    <ButtonLink kind="primary" to="/library">
      {t.ca}
    </ButtonLink>
  );
}
