import { type UnbindApplication, unbindRoutes } from '@hufu/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { call } from '../../api/client.ts';
import { minute } from '../../format/dates.ts';
import { fileSize } from '../../format/sizes.ts';
import { useTexts } from '../../i18n/language.tsx';
import { unbind } from '../../i18n/unbind.ts';
import { Alert } from '../../ui/alert.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { CodeText, USCC_GROUPS } from '../../ui/code-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { FileWarnings } from './file-warnings.tsx';
import { UnbindForm } from './unbind-form.tsx';
import { UnbindStateWord } from './unbind-state.tsx';
import { EMPTY_UNBIND } from './unbind-values.ts';
import { useSubmitUnbind } from './use-submit-unbind.ts';
import './unbind.css';

const route = getRouteApi('/unbind/status/$token');

/** The application by its secret link: its life so far, and resubmission after a refusal (SM-UNBIND). */
export function UnbindStatusPage() {
  const t = useTexts(unbind);
  const { token } = route.useParams();
  const application = useQuery({
    queryKey: ['unbind', 'status', token],
    queryFn: ({ signal }) => call(unbindRoutes.status, { params: { token }, signal }),
    refetchInterval: 30_000,
  });
  return (
    <Page title={t.statusTitle}>
      <Loaded query={application} skeleton={<Skeleton lines={3} tall />}>
        {(data) => <Application application={data} token={token} />}
      </Loaded>
    </Page>
  );
}

type ApplicationProps = { application: UnbindApplication; token: string };

function Application({ application, token }: ApplicationProps) {
  const t = useTexts(unbind);
  return (
    <div className="stack">
      <Outcome application={application} />
      <div className="columns">
        <section className="card">
          <div className="card-head">
            <h2>{application.title}</h2>
            <UnbindStateWord state={application.state} />
          </div>
          <Facts
            facts={[
              { label: t.reference, value: <CodeText value={application.reference} copyable /> },
              { label: t.uscc, value: <CodeText value={application.uscc} pattern={USCC_GROUPS} /> },
              { label: t.receivedAt, value: <time>{minute(application.receivedAt)}</time> },
              { label: t.due, value: <time>{application.dueAt.slice(0, 10)}</time> },
              { label: t.email, value: application.applicantEmailMasked },
              ...(application.decidedAt
                ? [{ label: t.decidedAt, value: <time>{minute(application.decidedAt)}</time> }]
                : []),
            ]}
          />
          <h3 className="files-title">{t.files}</h3>
          <ul className="files">
            {application.files.map((file) => (
              <li key={file.field}>
                {file.field === 'licenceScan' ? t.licence : t.authorisation} · {file.name}{' '}
                <span className="faint">{fileSize(file.size)}</span>
                <FileWarnings warnings={file.warnings} />
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h2 className="panel-title">{t.history}</h2>
          <ol className="history">
            {application.history.map((entry) => (
              <li key={`${entry.at}${entry.state}`}>
                <time className="faint">{minute(entry.at)}</time>
                <UnbindStateWord state={entry.state} />
                {entry.note ? <span>{entry.note}</span> : null}
              </li>
            ))}
          </ol>
        </section>
      </div>
      {application.state === 'REJECTED' ? <Resubmit application={application} token={token} /> : null}
    </div>
  );
}

function Outcome({ application }: { application: UnbindApplication }) {
  const t = useTexts(unbind);
  if (application.state === 'DONE') {
    return (
      <Alert
        tone="good"
        title={t.states.DONE}
        actions={
          <ButtonLink kind="primary" to="/bind">
            {t.bind}
          </ButtonLink>
        }
      >
        {t.rebind}
      </Alert>
    );
  }
  if (application.state !== 'REJECTED') return null;
  const known: Readonly<Record<string, string>> = t.rejectReasons;
  return (
    <Alert tone="attention" title={t.reasons}>
      <ul className="dashed">
        {application.rejectReasons.map((reason) => (
          <li key={reason}>{known[reason] ?? reason}</li>
        ))}
      </ul>
      {application.rejectNote ? <p>{application.rejectNote}</p> : null}
    </Alert>
  );
}

function Resubmit({ application, token }: ApplicationProps) {
  const t = useTexts(unbind);
  const client = useQueryClient();
  const { submit, sent, error } = useSubmitUnbind(token, (receipt) =>
    client.setQueryData(['unbind', 'status', token], receipt.application),
  );
  return (
    <section className="card stack">
      <div>
        <h2>{t.correct}</h2>
        <p>{t.correctText}</p>
      </div>
      <UnbindForm
        initial={{ ...EMPTY_UNBIND, unitName: application.unitName, uscc: application.uscc }}
        submitLabel={t.resubmit}
        sent={sent}
        error={error}
        onSubmit={submit}
      />
    </section>
  );
}
