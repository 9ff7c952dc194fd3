import type { DeskAuthority } from '@hufu/contracts';
import { day, minute } from '../../format/dates.ts';

import { common } from '../../i18n/common.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Facts } from '../../ui/facts.tsx';
import { PhoneLink } from '../../ui/phone-link.tsx';
import { Status, type Tone } from '../../ui/status.tsx';
import { AuthorityState } from './authority-state.tsx';

const CRL_TONES: Readonly<Record<DeskAuthority['crl'][number]['state'], Tone>> = {
  FRESH: 'good',
  STALE: 'attention',
  MISSING: 'idle',
  INVALID: 'bad',
};

/** What is known of an authority now: its state, its lists, its online status, its policy and its roots. */
export function AuthorityFacts({ authority }: { authority: DeskAuthority }) {
  const t = useTexts(desk).authorities;
  const { none, listSeparator } = useTexts(common);
  const { policy, ocsp } = authority;
  return (
    <>
      <Facts
        facts={[
          { label: t.health, value: <AuthorityState authority={authority} /> },
          { label: t.phone, value: <PhoneLink phone={authority.phone} /> },
          { label: t.region, value: `${authority.region} ${authority.inRegion ? t.inRegion : t.outRegion}` },
          { label: t.profileId, value: <code>{authority.profileId}</code> },
          ...(authority.suspendReason
            ? [{ label: t.suspend, value: authority.suspendReason, wide: true }]
            : []),
        ]}
      />
      <section>
        <h3>{t.crl}</h3>
        {authority.crl.length === 0 ? <p>{none}</p> : null}
        {authority.crl.map((crl) => (
          <div key={crl.url} className="card">
            <Facts
              compact
              facts={[
                {
                  label: t.health,
                  value: <Status tone={CRL_TONES[crl.state]}>{t.crlStates[crl.state]}</Status>,
                },
                { label: t.entries, value: <span className="figures">{crl.entries}</span> },
                { label: t.fetchedAt, value: <When at={crl.fetchedAt} /> },
                { label: t.nextUpdate, value: <When at={crl.nextUpdate} /> },
                { label: t.crlUrls, value: <code>{crl.url}</code>, wide: true },
              ]}
            />
          </div>
        ))}
      </section>
      <section>
        <h3>{t.ocsp}</h3>
        <Facts
          compact
          facts={[
            {
              label: t.health,
              value: <span className="figures">{t.ocspLine(ocsp.p50Ms, ocsp.p95Ms)}</span>,
            },
            { label: t.failures, value: <span className="figures">{ocsp.failures}</span> },
            { label: t.lastAnswer, value: <When at={ocsp.lastAnswerAt} /> },
            { label: t.ocspUrl, value: ocsp.url ? <code>{ocsp.url}</code> : none, wide: true },
          ]}
        />
      </section>
      <section>
        <h3>{t.policy}</h3>
        <Facts
          compact
          facts={[
            { label: t.sources, value: t.sourceNames[policy.sources] },
            { label: t.algorithms, value: policy.algorithms.join(listSeparator) },
            { label: t.graceSeconds, value: <span className="figures">{policy.graceSeconds}</span> },
            { label: t.graceUntil, value: <When at={policy.graceUntil} /> },
            { label: t.ocspBudgetMs, value: <span className="figures">{policy.ocspBudgetMs}</span> },
            { label: t.ocspCacheSeconds, value: <span className="figures">{policy.ocspCacheSeconds}</span> },
          ]}
        />
      </section>
      <section>
        <h3>{t.anchors}</h3>
        {authority.anchors.map((anchor) => (
          <p key={anchor.fingerprint}>
            {anchor.subject} <span className="faint">{anchor.algorithm}</span>
            <br />
            <span className="faint">
              {t.notAfter} {day(anchor.notAfter)} · <code>{anchor.fingerprint}</code>
            </span>
          </p>
        ))}
      </section>
    </>
  );
}

function When({ at }: { at: string | null }) {
  const { none } = useTexts(common);
  return at === null ? none : <time>{minute(at)}</time>;
}
