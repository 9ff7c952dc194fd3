import type { LibraryKey } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { day, minute, second } from '../../format/dates.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { records } from '../../i18n/records.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { CodeText } from '../../ui/code-text.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Status } from '../../ui/status.tsx';
import { FileRow } from '../files/file-row.tsx';
import { keyHistoryQuery, keyQuery } from './keys-query.ts';

const route = getRouteApi('/member/library/keys/$id');

/** 「查看」 of one certificate, with its history (KEY-019, OD-24). */
export function KeyDrawer() {
  const t = useTexts(library).keys;
  const { id } = route.useParams();
  const key = useQuery(keyQuery(id));
  return (
    <Drawer
      title={t.view}
      back="/library/keys"
      actions={
        key.data?.may.includes('change') ? (
          <ButtonLink to="/library/keys/$id/change" params={{ id }}>
            {t.change}
          </ButtonLink>
        ) : null
      }
    >
      <Loaded query={key} skeleton={<Skeleton lines={4} tall />}>
        {(data) => (
          <>
            <KeyFacts certificate={data} />
            <History id={id} />
          </>
        )}
      </Loaded>
    </Drawer>
  );
}

function KeyFacts({ certificate }: { certificate: LibraryKey }) {
  const t = useTexts(library).keys;
  const { none } = useTexts(common);
  const { state, certType, serialNo, mediaNo, validFrom, validTo, issuer, isPrimary } = certificate;
  return (
    <Facts
      facts={[
        {
          label: t.state,
          value: (
            <span className="row">
              <Status tone={state === 'SUBMITTED' ? 'good' : 'bad'}>{t.states[state]}</Status>
              {isPrimary ? <Status tone="good">{t.isPrimary}</Status> : null}
            </span>
          ),
        },
        { label: t.certType, value: t.types[certType] },
        { label: t.serialNo, value: <CodeText value={serialNo} copyable />, wide: true },
        { label: t.mediaNo, value: mediaNo ? <CodeText value={mediaNo} copyable /> : none },
        { label: t.validFrom, value: <time className="figures">{day(validFrom)}</time> },
        { label: t.validTo, value: <time className="figures">{day(validTo)}</time> },
        { label: t.issuer, value: issuer, wide: true },
        { label: t.holder, value: certificate.holderName },
        { label: t.holderPhone, value: <span className="figures">{certificate.holderPhone}</span> },
        { label: t.holderIdNo, value: <span className="figures">{certificate.holderIdNo ?? none}</span> },
        { label: t.lastUsed, value: certificate.lastUsedAt ? minute(certificate.lastUsedAt) : t.never },
        ...(certificate.voidReason ? [{ label: t.reason, value: certificate.voidReason, wide: true }] : []),
      ]}
    />
  );
}

function History({ id }: { id: string }) {
  const t = useTexts(library).keys;
  const history = useQuery(keyHistoryQuery(id));
  const { yes, no } = useTexts(records);
  const labels: Readonly<Record<string, string>> = {
    state: t.state,
    certType: t.certType,
    serialNo: t.serialNo,
    mediaNo: t.mediaNo,
    certKeyNo: t.certKeyNo,
    fingerprint: t.fingerprint,
    issuer: t.issuer,
    validFrom: t.validFrom,
    validTo: t.validTo,
    isPrimary: t.isPrimary,
    holderName: t.holder,
    holderPhone: t.holderPhone,
    holderIdNo: t.holderIdNo,
    voidReason: t.reason,
  };
  const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    state: t.states,
    certType: t.types,
    isPrimary: { true: yes, false: no },
  };
  const shown = (field: string, value: string | null): string => {
    if (value === null) return '—';
    if (field === 'validFrom' || field === 'validTo') return day(value);
    return words[field]?.[value] ?? value;
  };
  return (
    <section className="record-section">
      <h3>{t.history}</h3>
      <Loaded query={history}>
        {(versions) => (
          <ol className="timeline">
            {versions.map(({ version, event, at, differences, reason, proof }) => (
              <li key={version} className="timeline-entry">
                <div className="row">
                  <strong>{t.events[event]}</strong>
                  <time className="figures faint">{second(at)}</time>
                </div>
                {reason ? <p>{reason}</p> : null}
                {proof.length > 0 ? (
                  <ul className="file-list">
                    {proof.map((file) => (
                      <FileRow key={file.sha256} file={file} />
                    ))}
                  </ul>
                ) : null}
                {/* Of the first version all is new, and stands above. */}
                {version > 1 && differences.length > 0 ? (
                  <ul className="faint">
                    {differences.map(({ field, before, after }) => (
                      <li key={field}>
                        {labels[field] ?? field}：{shown(field, before)} → {shown(field, after)}
                      </li>
                    ))}
                  </ul>
                ) : null}
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </section>
  );
}
