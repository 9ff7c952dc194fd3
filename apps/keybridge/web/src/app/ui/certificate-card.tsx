import { formatDate } from '../../shared/language.ts';
import { useTexts } from '../context.ts';

export type CertificateView = {
  readonly sha256: string;
  readonly serial: string;
  readonly unitName: string;
  readonly issuer: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly mediaNumber?: string;
  readonly tokenLabel?: string;
  readonly usage?: 'sign' | 'encrypt';
};

const SOON_MS = 30 * 86_400_000;

function stateOf({ notBefore, notAfter }: CertificateView): 'valid' | 'expired' | 'early' | 'soon' {
  const now = Date.now();
  if (Date.parse(notAfter) < now) return 'expired';
  if (Date.parse(notBefore) > now) return 'early';
  return Date.parse(notAfter) < now + SOON_MS ? 'soon' : 'valid';
}

const KINDS = { valid: 'good', expired: 'bad', early: 'bad', soon: 'attention' } as const;

/** Long numbers in groups of four for reading; copying takes them without gaps. */
const grouped = (digits: string) =>
  (digits.match(/.{1,4}/g) ?? []).map((group, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: groups of one fixed number
    <span key={index} className="digits">
      {group}
    </span>
  ));

/** AST-007: the certificate as a card. */
export function CertificateCard({ certificate }: { readonly certificate: CertificateView }) {
  const t = useTexts().certificates;
  const state = stateOf(certificate);
  const { mediaNumber, tokenLabel, usage } = certificate;
  return (
    <article className="card certificate">
      <header className="row">
        <h2>{certificate.unitName}</h2>
        <span className={`tag ${KINDS[state]}`}>{t.states[state]}</span>
        {usage === undefined ? null : <span className="tag">{usage === 'sign' ? t.sign : t.encrypt}</span>}
      </header>
      <dl className="facts">
        <dt>{t.serial}</dt>
        <dd className="code">{grouped(certificate.serial.toUpperCase())}</dd>
        {mediaNumber === undefined ? null : (
          <>
            <dt>{t.media}</dt>
            <dd className="code">{mediaNumber}</dd>
          </>
        )}
        <dt>{t.from}</dt>
        <dd>{formatDate(certificate.notBefore)}</dd>
        <dt>{t.to}</dt>
        <dd>{formatDate(certificate.notAfter)}</dd>
        <dt>{t.issuer}</dt>
        <dd>{certificate.issuer}</dd>
        {tokenLabel === undefined ? null : (
          <>
            <dt>{t.token}</dt>
            <dd>{tokenLabel}</dd>
          </>
        )}
      </dl>
    </article>
  );
}
