import { type EnterpriseProfile, hubRoutes } from '@hufu/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { phone } from '../../i18n/phone.ts';
import { profile as profileTexts } from '../../i18n/profile.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeText } from '../../ui/code-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { AttemptProgress } from '../attempt/attempt-progress.tsx';
import { useAttempt } from '../attempt/use-attempt.ts';
import { ReadCertificate } from '../bind/read-certificate.tsx';
import { type ReadKey, spent } from '../bind/read-key.ts';
import { SignRead } from '../bind/sign-read.tsx';
import { profileQuery } from './profile-query.ts';

/** A secondary key, read and activated while the primary is unplugged (HUB-083, HUB-084). */
export function AddKey({ profile }: { profile: EnterpriseProfile }) {
  const t = useTexts(profileTexts);
  const client = useQueryClient();
  const [read, setRead] = useState<ReadKey>();
  const [signing, setSigning] = useState(false);
  const [done, setDone] = useState(false);
  const [other, setOther] = useState(false);
  const { otherCertificate } = useTexts(phone);
  const { view, start, reset } = useAttempt(() => {
    void client.invalidateQueries({ queryKey: profileQuery.queryKey });
    reset();
    setRead(undefined);
    setSigning(false);
    setDone(true);
  });
  const bound = new Set(profile.certificates.map((certificate) => certificate.fingerprint.toLowerCase()));
  const again = () => {
    reset();
    setSigning(false);
    setRead(undefined);
  };
  return (
    <div className="add-key stack-tight">
      <h3>{t.add}</h3>
      <p>{t.addNote}</p>
      <ol className="numbered">
        {t.addSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {done ? <Alert tone="good" title={t.activated} announced /> : null}
      {other ? <Alert tone="attention" title={otherCertificate} announced /> : null}
      {view.at === 'running' ? (
        <AttemptProgress attempt={view.attempt} since={view.since} />
      ) : read === undefined ? (
        <ReadCertificate
          plain
          act="activate"
          onRead={(key) => {
            setDone(false);
            setOther(false);
            setRead(key);
          }}
          closed={(fingerprint) => (bound.has(fingerprint) ? t.alreadyBound : undefined)}
        />
      ) : (
        <>
          <ReadNumbers read={read} />
          {view.at === 'failed' ? (
            <ProblemBox error={view.error} actions={<Button onClick={again}>{t.another}</Button>} />
          ) : signing ? (
            <SignRead
              act="activate"
              read={read}
              onSigned={(proof) => {
                setRead(spent(read));
                void start((signal) => call(hubRoutes.activate, { body: proof, signal }));
              }}
              onOther={() => {
                setOther(true);
                again();
              }}
            />
          ) : (
            <div className="row">
              <Button kind="primary" onClick={() => setSigning(true)}>
                {t.activate}
              </Button>
              <Button kind="quiet" onClick={again}>
                {t.another}
              </Button>
            </div>
          )}
        </>
      )}
    </div>
  );
}

/** Both numbers must have been shown before 「激活」 can be pressed (HUB-083). */
function ReadNumbers({ read }: { read: ReadKey }) {
  const t = useTexts(profileTexts);
  const texts = useTexts(common).certificate;
  return (
    <div className="two-numbers">
      <p>
        {read.preview.certificate.unitName} · {t.check}
      </p>
      <Facts
        facts={[
          { label: texts.keyNo, value: <CodeText value={read.preview.certificate.certKeyNo} /> },
          ...(read.mediaNumber === ''
            ? []
            : [{ label: texts.mediaNo, value: <CodeText value={read.mediaNumber} /> }]),
        ]}
      />
    </div>
  );
}
