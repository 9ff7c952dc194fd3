import { type DeskUnbind, deskRoutes } from '@hufu/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { addressOf, call } from '../../api/client.ts';
import { minute } from '../../format/dates.ts';
import { fileSize } from '../../format/sizes.ts';
import { CertificateCard } from '../../hub/certificate-card.tsx';
import { FileWarnings } from '../../hub/unbind/file-warnings.tsx';
import { UnbindStateWord } from '../../hub/unbind/unbind-state.tsx';
import { common } from '../../i18n/common.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { unbind } from '../../i18n/unbind.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button, ButtonAnchor } from '../../ui/button.tsx';
import { CodeText, USCC_GROUPS } from '../../ui/code-text.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Status } from '../../ui/status.tsx';
import { useDeskRoles } from '../desk-session.ts';
import { CheckDialog } from './check-dialog.tsx';
import { RejectDialog } from './reject-dialog.tsx';

const route = getRouteApi('/desk/unbind/$id');

export function UnbindDrawer() {
  const t = useTexts(desk).unbind;
  const { id } = route.useParams();
  const has = useDeskRoles();
  const client = useQueryClient();
  const [step, setStep] = useState<'check' | 'reject'>();
  const application = useQuery({
    queryKey: ['desk', 'unbind', 'one', id],
    queryFn: ({ signal }) => call(deskRoutes.unbindApplication, { params: { id }, signal }),
  });
  const state = application.data?.state;
  const done = () => {
    setStep(undefined);
    void client.invalidateQueries({ queryKey: ['desk'] });
  };
  return (
    <Drawer
      title={application.data?.title ?? t.title}
      back="/desk/unbind"
      actions={
        (state === 'SUBMITTED' || state === 'OBJECTED') && has('clerk', 'reviewer') ? (
          <>
            {state === 'SUBMITTED' ? (
              <Button kind="primary" onClick={() => setStep('check')}>
                {t.check}
              </Button>
            ) : null}
            <Button onClick={() => setStep('reject')}>{t.reject}</Button>
          </>
        ) : null
      }
    >
      <Loaded query={application}>
        {(data) => (
          <>
            <Application application={data} />
            {step === 'check' ? (
              <CheckDialog id={id} onDone={done} onClose={() => setStep(undefined)} />
            ) : null}
            {step === 'reject' ? (
              <RejectDialog id={id} onDone={done} onClose={() => setStep(undefined)} />
            ) : null}
          </>
        )}
      </Loaded>
    </Drawer>
  );
}

function Application({ application }: { application: DeskUnbind }) {
  const t = useTexts(desk).unbind;
  const words = useTexts(unbind);
  const texts = useTexts(common);
  const same = application.nameOnRecord === application.unitName;
  return (
    <>
      {application.objection ? (
        <Alert tone="attention" title={t.objection}>
          {application.objection}
        </Alert>
      ) : null}
      <Facts
        facts={[
          { label: t.reference, value: <CodeText value={application.reference} copyable /> },
          { label: t.state, value: <UnbindStateWord state={application.state} /> },
          { label: t.due, value: application.dueAt.slice(0, 10) },
          { label: t.receivedAt, value: <time>{minute(application.receivedAt)}</time> },
          { label: t.unit, value: application.unitName },
          {
            label: t.nameOnRecord,
            value: (
              <>
                {application.nameOnRecord ?? texts.none}{' '}
                <Status tone={same ? 'good' : 'attention'}>{same ? t.nameSame : t.nameDiffers}</Status>
              </>
            ),
          },
          { label: words.uscc, value: <CodeText value={application.uscc} pattern={USCC_GROUPS} copyable /> },
          ...(application.checkedBy ? [{ label: t.checkedBy, value: application.checkedBy }] : []),
        ]}
      />
      <section className="stack-tight">
        <h3>{t.files}</h3>
        {application.files.map((file) => (
          <Scan key={file.field} id={application.id} file={file} />
        ))}
      </section>
      {application.certificate ? (
        <section>
          <h3>{t.certificate}</h3>
          <CertificateCard
            certificate={application.certificate}
            mediaNo={application.certificate.mediaNo}
            badge={texts.keyRoles[application.certificate.role]}
          />
        </section>
      ) : null}
    </>
  );
}

type ScanProps = { id: string; file: DeskUnbind['files'][number] };

/** A picture is shown here; a PDF opens in a tab of its own. Opening either is audited by the server. */
function Scan({ id, file }: ScanProps) {
  const t = useTexts(desk).unbind;
  const words = useTexts(unbind);
  const has = useDeskRoles();
  const address = addressOf(deskRoutes.unbindFile, { params: { id, field: file.field } });
  const label = file.field === 'licenceScan' ? words.licence : words.authorisation;
  const may = has('clerk', 'reviewer');
  return (
    <div className="scan">
      <div className="row-spread">
        <span>
          <strong>{label}</strong> {file.name} <span className="faint">{fileSize(file.size)}</span>
        </span>
        {may ? (
          <ButtonAnchor href={address} icon="external" newTab>
            {t.open}
          </ButtonAnchor>
        ) : null}
      </div>
      <FileWarnings warnings={file.warnings} />
      {may && file.type.startsWith('image/') ? <img src={address} alt={label} loading="lazy" /> : null}
    </div>
  );
}
