import type { PhoneCertificate } from '@hufu/contracts';
import { LEFT_HALF, LEFT_INLAY, TIGER } from '@hufu/theme/tally';
import { Link } from '@tanstack/react-router';
import { day } from '../format/dates.ts';
import { home } from '../i18n/home.ts';
import { useTexts } from '../i18n/language.tsx';
import { CodeText, USCC_GROUPS } from '../ui/code-text.tsx';

/** A certificate as what it is: one half of a bronze tally, with the joint at its right edge. */
export function CertificateCard({ certificate }: { certificate: PhoneCertificate }) {
  const t = useTexts(home).card;
  const { kind, enterprise, subjectName, authority, validTo, daysLeft, halves } = certificate;
  const here = halves.some(({ state }) => state === 'ACTIVE');
  const locked = halves.some(({ state }) => state === 'LOCKED');
  const held = certificate.state === 'HELD' || halves.some(({ state }) => state === 'HELD');
  return (
    <Link
      to="/certificates/$id"
      params={{ id: certificate.id }}
      className={here && !held && !locked ? 'tally-card' : 'tally-card tally-card-away'}
    >
      <Half />
      <span className="tally-kind">{kind === 'ENTERPRISE' ? t.enterprise : t.personal}</span>
      <strong className="tally-name">{enterprise?.name ?? subjectName}</strong>
      {enterprise === null ? null : (
        <span className="tally-code">
          <CodeText value={enterprise.uscc} pattern={USCC_GROUPS} />
        </span>
      )}
      <span className="tally-foot">{authority.name}</span>
      <span className="tally-foot">
        <span className="figures">{t.validTo(day(validTo))}</span>
        {daysLeft <= 30 ? <span className="tally-soon">{t.daysLeft(daysLeft)}</span> : null}
      </span>
      <span className="tally-foot">{held ? t.held : locked ? t.locked : here ? t.here : t.elsewhere}</span>
    </Link>
  );
}

function Half() {
  return (
    <svg className="tally-picture" viewBox="0 16 140 126" aria-hidden="true" focusable="false">
      <clipPath id="tally-half">
        <path d={LEFT_HALF} />
      </clipPath>
      <path clipPath="url(#tally-half)" className="tally-body" d={TIGER} />
      <path className="tally-inlay" d={LEFT_INLAY} />
      <circle className="tally-eye" cx="44" cy="61" r="3.4" />
    </svg>
  );
}
