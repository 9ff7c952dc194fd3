import type { PhoneCertificate } from '@hufu/contracts';
import { Link } from '@tanstack/react-router';
import { day } from '../format/dates.ts';
import { certificates } from '../i18n/certificates.ts';
import { useTexts } from '../i18n/language.tsx';
import { liveHalves } from './certificate-queries.ts';
import { CertificateStateWord } from './certificate-state.tsx';
import './certificates.css';

/** A certificate as a card: whose, of what kind, until when. */
export function CertificateCard({ certificate }: { certificate: PhoneCertificate }) {
  const t = useTexts(certificates);
  const { id, kind, subjectName, authority, validTo, halves } = certificate;
  const here = liveHalves({ halves }).length > 0;
  return (
    <li>
      <Link to="/certificates/$id" params={{ id }} className="certificate-card">
        <span className="certificate-kind">{kind === 'ENTERPRISE' ? t.enterprise : t.personal}</span>
        <span className="certificate-name">{subjectName}</span>
        <span className="certificate-line">
          <CertificateStateWord certificate={certificate} />
          <span className="faint">{t.validTo(day(validTo))}</span>
        </span>
        <span className="certificate-line">
          <span className="faint">{authority.name}</span>
          {here ? null : <span className="badge badge-soft">{t.elsewhere}</span>}
        </span>
      </Link>
    </li>
  );
}
