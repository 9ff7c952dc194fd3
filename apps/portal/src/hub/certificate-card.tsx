import type { CertificateView } from '@hufu/contracts';
import { Mark } from '@hufu/theme/mark';
import { day, daysBetween } from '../format/dates.ts';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { phone } from '../i18n/phone.ts';
import { CodeText, USCC_GROUPS } from '../ui/code-text.tsx';
import { Facts } from '../ui/facts.tsx';
import { Status } from '../ui/status.tsx';
import './certificate-card.css';

type CertificateCardProps = {
  certificate: CertificateView;
  mediaNo?: string | null | undefined;
  /** Words beside the kind, e.g. whether it is the primary key. */
  badge?: string | undefined;
};

/** A certificate as a card: whose it is first, then by whom and until when. */
export function CertificateCard({ certificate, mediaNo, badge }: CertificateCardProps) {
  const texts = useTexts(common);
  const t = texts.certificate;
  const { kind: onPhone } = useTexts(phone);
  const ofPhone = certificate.medium === 'phone' && certificate.holderKind === 'enterprise';
  return (
    <article className="certificate" aria-label={t.card}>
      <header className="certificate-head">
        <span className="certificate-kind">
          {t.card} · {ofPhone ? onPhone : texts.holderKinds[certificate.holderKind]}
          {badge ? ` · ${badge}` : ''}
        </span>
        <Mark className="certificate-mark" />
      </header>
      <p className="certificate-name">{certificate.unitName}</p>
      <Facts
        facts={[
          {
            label: t.uscc,
            value:
              certificate.uscc === null ? (
                t.notInCertificate
              ) : (
                <CodeText value={certificate.uscc} pattern={USCC_GROUPS} copyable />
              ),
          },
          { label: t.issuer, value: certificate.authority?.name ?? certificate.issuerName },
          { label: t.keyNo, value: <CodeText value={certificate.certKeyNo} copyable /> },
          ...(mediaNo ? [{ label: t.mediaNo, value: <CodeText value={mediaNo} copyable /> }] : []),
          { label: t.serial, value: <CodeText value={certificate.serialNumber} copyable /> },
          {
            label: t.validity,
            value: (
              <span className="certificate-validity">
                <time dateTime={certificate.validFrom}>{day(certificate.validFrom)}</time> {t.to}{' '}
                <time dateTime={certificate.validTo}>{day(certificate.validTo)}</time>
                <Expiry validTo={certificate.validTo} />
              </span>
            ),
          },
          { label: t.algorithm, value: certificate.algorithm },
        ]}
      />
    </article>
  );
}

/** How long a certificate still runs; a warning in its last thirty days. */
export function Expiry({ validTo }: { validTo: string }) {
  const t = useTexts(common).certificate;
  const left = daysBetween(Date.now(), Date.parse(validTo));
  if (left < 0) return <Status tone="bad">{t.expired(-left - 1)}</Status>;
  if (left <= 30) return <Status tone="attention">{t.daysLeft(left)}</Status>;
  return null;
}
