import { type Attempt, type BindingFields, hubRoutes } from '@hufu/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import type { ProblemError } from '../../api/problem.ts';
import { enterSession } from '../../api/session.ts';
import { bind } from '../../i18n/bind.ts';
import { useTexts } from '../../i18n/language.tsx';
import { phone } from '../../i18n/phone.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { AttemptProgress } from '../attempt/attempt-progress.tsx';
import { useAttempt } from '../attempt/use-attempt.ts';
import { CertificateCard } from '../certificate-card.tsx';
import { BindForm } from './bind-form.tsx';
import { AlreadyBound, BindRefused, BoundNow } from './bind-outcome.tsx';
import { loadDraft, saveDraft } from './draft.ts';
import { ReadCertificate } from './read-certificate.tsx';
import { type ReadKey, spent } from './read-key.ts';
import { SignRead } from './sign-read.tsx';

/** Read the certificate, fill in the form, sign, wait for the answer. `onRead` hears whether a certificate is at hand. */
export function BindFlow({ onRead }: { onRead: (isRead: boolean) => void }) {
  const t = useTexts(bind);
  const client = useQueryClient();
  const texts = useTexts(phone);
  const [read, setRead] = useState<ReadKey>();
  const [other, setOther] = useState(false);
  const [draft, setDraft] = useState(loadDraft);
  const [fields, setFields] = useState<BindingFields>();
  const [done, setDone] = useState<Attempt>();
  const { view, start, reset } = useAttempt((attempt) => {
    if (attempt.session) enterSession(client, attempt.session);
    if (attempt.outcome === 'BOUND') saveDraft(undefined);
    setDone(attempt);
  });
  const anotherKey = () => {
    reset();
    setFields(undefined);
    setRead(undefined);
    onRead(false);
  };

  if (done && read) {
    const name = read.preview.certificate.unitName;
    return done.outcome === 'ALREADY_BOUND' ? (
      <AlreadyBound />
    ) : (
      <BoundNow name={name} loggedIn={done.session !== undefined} />
    );
  }
  if (read === undefined)
    return (
      <div className="stack">
        {other ? <Alert tone="attention" announced title={texts.otherCertificate} /> : null}
        <ReadCertificate
          act="bind"
          onRead={(key) => {
            setOther(false);
            setRead(key);
            onRead(true);
          }}
        />
      </div>
    );
  const { preview, mediaNumber } = read;
  if (preview.boundTo === 'THIS_ENTERPRISE') return <AlreadyBound />;
  if (view.at === 'running') return <AttemptProgress attempt={view.attempt} since={view.since} />;
  const refusal: ProblemError | undefined = view.at === 'failed' ? view.error : undefined;
  return (
    <div className="stack">
      <div className="row-spread">
        <p className="faint">{t.fromCertificate}</p>
        <Button kind="quiet" icon="refresh" onClick={anotherKey}>
          {t.another}
        </Button>
      </div>
      <CertificateCard
        certificate={preview.certificate}
        {...(mediaNumber === '' ? {} : { mediaNo: mediaNumber })}
      />
      {refusal ? <BindRefused error={refusal} onAnotherKey={anotherKey} /> : null}
      {fields === undefined || refusal ? (
        <BindForm
          certificate={preview.certificate}
          draft={draft}
          onDraft={setDraft}
          refusal={refusal}
          onComplete={(complete) => {
            reset();
            setFields(complete);
          }}
        />
      ) : (
        <section className="stack-tight">
          {read.means === 'key' ? (
            <>
              <h2 className="panel-title">{t.signTitle}</h2>
              <p>{t.signText(preview.certificate.unitName)}</p>
            </>
          ) : null}
          <SignRead
            act="bind"
            read={read}
            onSigned={(proof) => {
              setRead(spent(read));
              void start((signal) => call(hubRoutes.bind, { body: { proof, fields }, signal }));
            }}
            onOther={() => {
              setOther(true);
              anotherKey();
            }}
          />
          <div>
            <Button icon="left" onClick={() => setFields(undefined)}>
              {t.backToForm}
            </Button>
          </div>
        </section>
      )}
    </div>
  );
}
