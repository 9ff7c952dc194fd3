import type { PhoneCertificateDetail } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { day } from '../format/dates.ts';
import { certificates as texts } from '../i18n/certificates.ts';
import { useLanguage, useTexts } from '../i18n/language.tsx';
import { Alert } from '../ui/alert.tsx';
import { Cell, Group } from '../ui/cell.tsx';
import { CodeText, USCC_GROUPS } from '../ui/code-text.tsx';
import { Facts } from '../ui/facts.tsx';
import { Loaded, Skeleton } from '../ui/loaded.tsx';
import { PhoneLink } from '../ui/phone-link.tsx';
import { Screen } from '../ui/screen.tsx';
import { CertificateActions } from './certificate-actions.tsx';
import { certificateQuery, liveHalves, scopesQuery } from './certificate-queries.ts';
import { CertificateStateWord } from './certificate-state.tsx';
import { FormerFiles } from './former-files.tsx';
import { offersOrder, RenewStep } from './renew-step.tsx';
import './certificates.css';

const route = getRouteApi('/member/certificates/$id');

/** 证书详情: what it is, where it lies, what can be done with it (MOB-042, MOB-043). */
export function CertificatePage() {
  const t = useTexts(texts);
  const { id } = route.useParams();
  const certificate = useQuery(certificateQuery(id));
  const { data } = certificate;
  return (
    <Screen
      title={t.detail}
      back="/certificates"
      footer={data && offersOrder(data) ? <RenewStep certificate={data} /> : undefined}
    >
      <Loaded query={certificate} skeleton={<Skeleton lines={3} tall />}>
        {(found) => <CertificateBody certificate={found} />}
      </Loaded>
    </Screen>
  );
}

function CertificateBody({ certificate }: { certificate: PhoneCertificateDetail }) {
  const t = useTexts(texts);
  const here = liveHalves(certificate).length > 0;
  const { enterprise, authority, standing } = certificate;
  return (
    <>
      <section className="panel certificate-face">
        <p className="certificate-kind">{certificate.kind === 'ENTERPRISE' ? t.enterprise : t.personal}</p>
        <h2 className="certificate-name">{certificate.subjectName}</h2>
        <CertificateStateWord certificate={certificate} />
      </section>
      {certificate.state === 'EFFECTIVE' && !here ? (
        <Alert tone="info" title={t.notHere}>
          {t.notHereText}
        </Alert>
      ) : null}
      <section className="panel">
        <Facts
          facts={[
            ...(enterprise === null
              ? []
              : [
                  {
                    label: t.uscc,
                    value: <CodeText value={enterprise.uscc} pattern={USCC_GROUPS} copyable />,
                  },
                ]),
            {
              label: t.validity,
              value: (
                <span className="figures">
                  {t.span(day(certificate.validFrom), day(certificate.validTo))}
                </span>
              ),
            },
            { label: t.authority, value: authority.name },
            { label: t.authorityPhone, value: <PhoneLink phone={authority.phone} /> },
            { label: t.standing, value: t.standings[standing] },
            ...(standing === 'GRANTED'
              ? [{ label: t.scopes, value: <ScopeNames scopes={certificate.scopes} /> }]
              : []),
          ]}
        />
        <details className="fold">
          <summary>{t.numbers}</summary>
          <Facts
            facts={[
              { label: t.serial, value: <CodeText value={certificate.serialNumber} copyable />, wide: true },
              { label: t.fingerprint, value: <CodeText value={certificate.fingerprint} />, wide: true },
            ]}
          />
        </details>
      </section>
      {certificate.devices.length > 0 ? (
        <Group title={t.onDevices}>
          {certificate.devices.map(({ id, name, state }) => (
            <Cell
              key={id}
              icon="device"
              title={
                certificate.halves.some((half) => half.deviceId === id) ? `${name}（${t.thisDevice}）` : name
              }
              value={t.halfStates[state]}
            />
          ))}
        </Group>
      ) : null}
      {certificate.replacedBy !== null && standing === 'HOLDER' ? (
        <FormerFiles certificate={certificate} />
      ) : null}
      <CertificateActions certificate={certificate} />
    </>
  );
}

function ScopeNames({ scopes }: { scopes: readonly string[] }) {
  const { language } = useLanguage();
  const known = useQuery(scopesQuery).data ?? [];
  const names = scopes.map((scope) => {
    const entry = known.find((one) => one.scope === scope);
    return (language === 'en' ? entry?.nameEn : undefined) ?? entry?.name ?? scope;
  });
  return names.join(language === 'en' ? ', ' : '、');
}
