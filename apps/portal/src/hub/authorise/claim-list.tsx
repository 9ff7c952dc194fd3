import type { Authorisation } from '@hufu/contracts';
import type { Language } from '../../i18n/language.tsx';
import { CodeText, USCC_GROUPS } from '../../ui/code-text.tsx';
import { Facts } from '../../ui/facts.tsx';

type Claim = Authorisation['claims'][number];

/** Every fact that the platform will be told, with its value. */
export function ClaimList({ claims, language }: { claims: readonly Claim[]; language: Language }) {
  return (
    <Facts
      facts={claims.map((claim) => ({
        label: language === 'en' ? claim.labelEn : claim.label,
        value: <ClaimValue claim={claim} />,
      }))}
    />
  );
}

function ClaimValue({ claim }: { claim: Claim }) {
  if (claim.name === 'uscc') return <CodeText value={claim.value} pattern={USCC_GROUPS} />;
  return /^[0-9A-Fa-f]{12,}$/.test(claim.value) ? <CodeText value={claim.value} /> : claim.value;
}
