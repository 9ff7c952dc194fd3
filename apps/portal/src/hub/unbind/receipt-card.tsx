import { Link } from '@tanstack/react-router';
import { minute } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { unbind } from '../../i18n/unbind.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { CodeText } from '../../ui/code-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { FileWarnings } from './file-warnings.tsx';
import type { Receipt } from './use-submit-unbind.ts';

/** What the applicant takes away: the reference, the day, and the only link to the application. */
export function ReceiptCard({ receipt }: { receipt: Receipt }) {
  const t = useTexts(unbind);
  const { application, token } = receipt;
  const link = `${location.origin}/unbind/status/${token}`;
  return (
    <section className="card stack">
      <h2>{application.title}</h2>
      <Facts
        facts={[
          { label: t.reference, value: <CodeText value={application.reference} copyable /> },
          { label: t.receivedAt, value: <time>{minute(application.receivedAt)}</time> },
          { label: t.due, value: <time>{application.dueAt.slice(0, 10)}</time> },
          { label: t.email, value: application.applicantEmailMasked },
          {
            label: t.statusLink,
            wide: true,
            value: (
              <Link to="/unbind/status/$token" params={{ token }} className="status-link">
                {link}
              </Link>
            ),
          },
        ]}
      />
      <FileWarnings warnings={[...new Set(application.files.flatMap((file) => file.warnings))]} />
      <p>{t.statusLinkText}</p>
      <div>
        <ButtonLink kind="primary" to="/unbind/status/$token" params={{ token }}>
          {t.openStatus}
        </ButtonLink>
      </div>
    </section>
  );
}
