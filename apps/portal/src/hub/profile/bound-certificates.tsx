import { type BoundCertificate, type EnterpriseProfile, hubRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/client.ts';
import { day, minute } from '../../format/dates.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { profile as profileTexts } from '../../i18n/profile.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeText } from '../../ui/code-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Facts } from '../../ui/facts.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { CertificateState } from '../certificate-state.tsx';
import { AddKey } from './add-key.tsx';
import { profileQuery } from './profile-query.ts';

type BoundCertificatesProps = { profile: EnterpriseProfile; editing: boolean };

/** 「02证书绑定」 (HUB-083 … HUB-086). */
export function BoundCertificates({ profile, editing }: BoundCertificatesProps) {
  const t = useTexts(profileTexts);
  const [leaving, setLeaving] = useState<BoundCertificate>();
  const [removed, setRemoved] = useState(false);
  return (
    <section className="card" id="certificates">
      <div className="card-head">
        <h2>{t.certificates}</h2>
      </div>
      {removed ? <Alert tone="good" title={t.removed} announced /> : null}
      <ul aria-label={t.list}>
        {profile.certificates.map((certificate) => (
          <li key={certificate.id} className="bound">
            <BoundLine certificate={certificate}>
              {editing && certificate.role === 'SECONDARY' ? (
                <Button
                  kind="destroy"
                  onClick={() => {
                    setRemoved(false);
                    setLeaving(certificate);
                  }}
                >
                  {t.remove}
                </Button>
              ) : null}
            </BoundLine>
          </li>
        ))}
      </ul>
      {editing ? (
        <>
          <p className="faint">{t.primaryStays}</p>
          <AddKey profile={profile} />
        </>
      ) : profile.editable ? (
        <p className="faint">{t.editFirst}</p>
      ) : null}
      {leaving ? (
        <RemoveDialog
          certificate={leaving}
          onRemoved={() => setRemoved(true)}
          onClose={() => setLeaving(undefined)}
        />
      ) : null}
    </section>
  );
}

function BoundLine({ certificate, children }: { certificate: BoundCertificate; children: ReactNode }) {
  const t = useTexts(profileTexts);
  const texts = useTexts(common);
  return (
    <>
      <div className="bound-head">
        {texts.keyRoles[certificate.role]}
        <CertificateState status={certificate.status} />
        <span className="bound-action">{children}</span>
      </div>
      <Facts
        compact
        facts={[
          { label: texts.certificate.keyNo, value: <CodeText value={certificate.certKeyNo} copyable /> },
          { label: texts.certificate.mediaNo, value: <CodeText value={certificate.mediaNo ?? texts.none} /> },
          {
            label: texts.certificate.issuer,
            value: certificate.authority?.name ?? certificate.issuerName,
          },
          { label: texts.certificate.validTo, value: <time>{day(certificate.validTo)}</time> },
          { label: t.boundAt, value: <time>{minute(certificate.boundAt)}</time> },
          {
            label: t.lastUsedAt,
            value: certificate.lastUsedAt ? <time>{minute(certificate.lastUsedAt)}</time> : t.never,
          },
        ]}
      />
    </>
  );
}

type RemoveDialogProps = { certificate: BoundCertificate; onRemoved: () => void; onClose: () => void };

function RemoveDialog({ certificate, onRemoved, onClose }: RemoveDialogProps) {
  const t = useTexts(profileTexts);
  const texts = useTexts(common);
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => call(hubRoutes.removeCertificate, { params: { id: certificate.id } }),
    onSuccess: (next) => {
      client.setQueryData(profileQuery.queryKey, next);
      onRemoved();
      onClose();
    },
  });
  return (
    <Dialog
      title={t.removeTitle}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button kind="destroy" busy={remove.isPending} onClick={() => remove.mutate()}>
            {t.remove}
          </Button>
        </>
      }
    >
      <p>{t.removeText(certificate.certKeyNo)}</p>
      <p className="faint">{t.removeAgain}</p>
      {remove.error ? <ProblemBox error={remove.error} /> : null}
    </Dialog>
  );
}
