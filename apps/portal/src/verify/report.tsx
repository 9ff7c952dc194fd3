import type { VerificationReport } from '@hufu/contracts';
import { second } from '../format/dates.ts';
import { fileSize } from '../format/sizes.ts';
import { useTexts } from '../i18n/language.tsx';
import { useSaid } from '../i18n/said.ts';
import { verify } from '../i18n/verify.ts';
import { Button } from '../ui/button.tsx';
import { CodeText } from '../ui/code-text.tsx';
import { Facts } from '../ui/facts.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Differences } from './differences.tsx';
import { Sheets } from './sheets.tsx';
import { SignatureCard } from './signature-card.tsx';
import { saveJson, useReportPdf } from './use-verify.ts';

const ICONS: Readonly<Record<VerificationReport['status'], IconName>> = {
  valid: 'shield',
  invalid: 'stop',
  indeterminate: 'warning',
};

const DIGEST = Array.from({ length: 8 }, () => 8);

/** One line for a clerk, a card for each signature, and every check for a court. */
export function Report({ file, report }: { file: File; report: VerificationReport }) {
  const t = useTexts(verify);
  return (
    <div className="stack">
      <Verdict report={report} />
      <Downloads file={file} report={report} />
      {report.signatures.map((signature, index) => (
        <SignatureCard key={signature.id} signature={signature} number={index + 1} />
      ))}
      <Sheets report={report} />
      <Differences report={report} />
      <section className="card">
        <div className="card-head">
          <h2>{t.summary}</h2>
        </div>
        <Facts
          compact
          facts={[
            { label: t.name, value: file.name },
            { label: t.size, value: fileSize(report.size) },
            { label: t.count, value: report.signatures.length },
            { label: t.verifiedAt, value: <time>{second(report.verifiedAt)}</time> },
            {
              label: t.sha256,
              value: <CodeText value={report.sha256} pattern={DIGEST} copyable />,
              wide: true,
            },
            { label: t.sm3, value: <CodeText value={report.sm3} pattern={DIGEST} copyable />, wide: true },
          ]}
        />
      </section>
    </div>
  );
}

function Verdict({ report: { status, headline, reasons } }: { report: VerificationReport }) {
  const said = useSaid();
  return (
    <section className={`verdict verdict-${status}`} role="status">
      <Icon name={ICONS[status]} size={44} />
      <p className="verdict-word">{said(headline)}</p>
      <p>{reasons.map(said).join(' ')}</p>
    </section>
  );
}

function Downloads({ file, report }: { file: File; report: VerificationReport }) {
  const t = useTexts(verify);
  const pdf = useReportPdf(file);
  return (
    <div className="stack-tight">
      <div className="row">
        <Button icon="download" busy={pdf.isPending} onClick={() => pdf.mutate()}>
          {t.reportPdf}
        </Button>
        <Button icon="download" onClick={() => saveJson(report, file.name)}>
          {t.reportJson}
        </Button>
      </div>
      {pdf.error ? <ProblemBox error={pdf.error} /> : null}
    </div>
  );
}
