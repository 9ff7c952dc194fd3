import { useContext } from 'react';
import { own } from '../../shared/own-api.ts';
import { OverviewContext, useTexts } from '../context.ts';
import { CertificateCard, type CertificateView } from '../ui/certificate-card.tsx';
import { ProblemNotice } from '../ui/notice.tsx';
import { useLoad } from '../use-load.ts';
import { useTokenChanges } from '../use-token-changes.ts';

export type CertificateLists = {
  readonly present: readonly (CertificateView & { readonly keyId: string; readonly algorithm?: string })[];
  readonly copies: readonly CertificateView[];
};

/** 证书显示 (AST-007), with the three steps when there is nothing to show (AST-010). */
export function CertificatesView() {
  const { certificates: t, loading } = useTexts();
  const { data, problem, reload } = useLoad(() => own<CertificateLists>('/certificates'));
  useTokenChanges(() => void reload());
  if (data === undefined)
    return problem === undefined ? <p>{loading}</p> : <ProblemNotice problem={problem} />;
  return (
    <section className="stack">
      <p>{t.intro}</p>
      {data.present.map((certificate) => (
        <CertificateCard key={certificate.keyId} certificate={certificate} />
      ))}
      {data.present.length === 0 ? <NoCertificate /> : null}
      {data.copies.length === 0 ? null : (
        <details className="stack">
          <summary>
            {t.copies} ({data.copies.length})
          </summary>
          <p className="soft">{t.copiesNote}</p>
          {data.copies.map((copy) => (
            <CertificateCard key={copy.sha256} certificate={copy} />
          ))}
        </details>
      )}
    </section>
  );
}

export function NoCertificate() {
  const { certificates: t } = useTexts();
  const overview = useContext(OverviewContext);
  return (
    <div className="card stack-tight">
      <h2>{t.stepsTitle}</h2>
      <ol>
        {t.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {overview === undefined ? null : (
        <p>
          <a href={overview.hub} target="_blank" rel="noreferrer">
            {t.download}
          </a>
        </p>
      )}
    </div>
  );
}
