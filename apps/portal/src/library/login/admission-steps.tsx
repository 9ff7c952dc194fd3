import { type Admission, type LibrarySession, libraryEntityRoutes } from '@hufu/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { day } from '../../format/dates.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { CertificateFacts } from '../keys/certificate-facts.tsx';
import { KeyUserForm } from '../keys/key-user-form.tsx';

type AdmissionStepsProps = {
  admission: Admission;
  onEntered: (session: LibrarySession) => void;
  onCancel: () => void;
};

/** A key that proved itself and is not in yet: to be activated (LIB-ACT), or one that opens several doors. */
export function AdmissionSteps({ admission, onEntered, onCancel }: AdmissionStepsProps) {
  return admission.purpose === 'CHOOSE' ? (
    <Doors admission={admission} onEntered={onEntered} />
  ) : (
    <Activation admission={admission} onEntered={onEntered} onCancel={onCancel} />
  );
}

function Activation({ admission, onEntered, onCancel }: AdmissionStepsProps) {
  const t = useTexts(library).activate;
  const texts = useTexts(common);
  const [confirmed, setConfirmed] = useState(false);
  if (!confirmed) {
    return (
      <Dialog
        title={t.title}
        onClose={onCancel}
        actions={
          <>
            <Button onClick={onCancel}>{texts.cancel}</Button>
            <Button kind="primary" onClick={() => setConfirmed(true)}>
              {t.confirm}
            </Button>
          </>
        }
      >
        <p className="dialog-lead">{admission.message ?? t.message}</p>
        <p>{t.text}</p>
      </Dialog>
    );
  }
  return (
    <div className="stack">
      <h2 className="panel-title">{t.title}</h2>
      <CertificateFacts
        certificate={admission.certificate}
        mediaNo={admission.mediaNo}
        certType={admission.certType}
      />
      <KeyUserForm
        submit={t.submit}
        cancel={texts.cancel}
        onCancel={onCancel}
        send={(user) => call(libraryEntityRoutes.activate, { body: { admissionId: admission.id, ...user } })}
        onDone={onEntered}
      />
    </div>
  );
}

function Doors({ admission, onEntered }: Pick<AdmissionStepsProps, 'admission' | 'onEntered'>) {
  const t = useTexts(library);
  const choose = useMutation({
    mutationFn: (door: string) =>
      call(libraryEntityRoutes.choose, { body: { admissionId: admission.id, door } }),
    onSuccess: onEntered,
  });
  return (
    <div className="stack-tight">
      <h2 className="panel-title">{t.choose.title}</h2>
      {admission.doors.map((door) => (
        <button
          key={door.id}
          type="button"
          className="choice-card"
          disabled={choose.isPending}
          onClick={() => choose.mutate(door.id)}
        >
          <strong>{door.entityName}</strong>
          <span className="faint">
            {door.id === 'self' ? t.choose.self : t.standings[door.standing]}
            {door.expiresAt ? ` · ${t.choose.until(day(door.expiresAt))}` : ''}
          </span>
        </button>
      ))}
      {choose.error ? <ProblemBox error={choose.error} /> : null}
    </div>
  );
}
