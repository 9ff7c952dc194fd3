import type { LibraryKey } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { usePhoneOffered } from '../../api/site.ts';
import { day, minute } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { EnterprisePhones } from '../../phone/enterprise-phones.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { CodeText } from '../../ui/code-text.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Status } from '../../ui/status.tsx';
import { useMember } from '../session/library-session.ts';
import { keysQuery } from './keys-query.ts';
import { VoidKeyDialog } from './void-key-dialog.tsx';

/** 权限管理 (KEY-001): the entity's certificates, 「扫码绑定证书」 (MOB-031), and who acts for it by delegation. */
export function KeysPage() {
  const t = useTexts(library).keys;
  const { session } = useMember();
  const primary = session.standing === 'PRIMARY';
  const phone = usePhoneOffered();
  const keys = useQuery(keysQuery);
  const [voiding, setVoiding] = useState<LibraryKey>();
  const columns: readonly Column<LibraryKey>[] = [
    {
      key: 'serialNo',
      label: t.serialNo,
      render: ({ serialNo, own, isPrimary }) => (
        <>
          <CodeText value={serialNo} />
          <span className="row key-marks">
            {isPrimary ? <Status tone="good">{t.isPrimary}</Status> : null}
            {own ? <Status tone="busy">{t.own}</Status> : null}
          </span>
        </>
      ),
    },
    { key: 'certType', label: t.certType, render: ({ certType }) => t.types[certType] },
    { key: 'issuer', label: t.issuer, render: ({ authorityName }) => authorityName },
    { key: 'holder', label: t.holder, render: ({ holderName }) => holderName },
    {
      key: 'validTo',
      label: t.validTo,
      render: ({ validTo, expiry }) => (
        <>
          <time className="figures nowrap">{day(validTo)}</time>
          {expiry === 'VALID' ? null : (
            <Status tone={expiry === 'EXPIRED' ? 'bad' : 'attention'}>{t.expiry[expiry]}</Status>
          )}
        </>
      ),
    },
    {
      key: 'lastUsed',
      label: t.lastUsed,
      wide: true,
      render: ({ lastUsedAt }) =>
        lastUsedAt ? <time className="figures">{minute(lastUsedAt)}</time> : t.never,
    },
    {
      key: 'state',
      label: t.state,
      render: ({ state }) => <Status tone={state === 'SUBMITTED' ? 'good' : 'bad'}>{t.states[state]}</Status>,
    },
  ];
  return (
    <Page
      title={t.title}
      lead={t.lead}
      aside={
        primary ? (
          <div className="row">
            {phone ? (
              <ButtonLink icon="qr" to="/library/keys/new" search={{ type: 'MOBILE' }}>
                {t.scanToBind}
              </ButtonLink>
            ) : null}
            <ButtonLink kind="primary" icon="plus" to="/library/keys/new">
              {t.add}
            </ButtonLink>
          </div>
        ) : null
      }
    >
      {primary ? <KeyTabs /> : null}
      <div className="stack">
        <Loaded query={keys} skeleton={<Skeleton lines={4} />}>
          {(rows) => (
            <DataTable
              caption={t.title}
              rows={rows}
              columns={columns}
              rowKey={({ id }) => id}
              cards
              open={({ id }) => ({ to: '/library/keys/$id', params: { id } })}
              actions={(key) => (
                <>
                  {key.may.includes('change') ? (
                    <Link to="/library/keys/$id/change" params={{ id: key.id }}>
                      {t.change}
                    </Link>
                  ) : null}
                  {key.may.includes('void') ? (
                    <button
                      type="button"
                      className="link-button menu-destroy"
                      onClick={() => setVoiding(key)}
                    >
                      {t.void}
                    </button>
                  ) : null}
                </>
              )}
            />
          )}
        </Loaded>
        {primary ? <EnterprisePhones realm="library" /> : null}
      </div>
      {voiding ? <VoidKeyDialog certificate={voiding} onClose={() => setVoiding(undefined)} /> : null}
      <Outlet />
    </Page>
  );
}

export function KeyTabs() {
  const t = useTexts(library).keys;
  return (
    <nav className="tabs" aria-label={t.title}>
      <Link to="/library/keys" className="tab">
        {t.tabs[0]}
      </Link>
      <Link to="/library/delegates" className="tab">
        {t.tabs[1]}
      </Link>
    </nav>
  );
}
