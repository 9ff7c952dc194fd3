import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { ago } from '../../format/dates.ts';

import { desk } from '../../i18n/desk.ts';
import { useLanguage, useNamed, useTexts } from '../../i18n/language.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Status } from '../../ui/status.tsx';
import { useDeskRoles } from '../desk-session.ts';
import { AuthorityState } from './authority-state.tsx';
import { deskAuthoritiesQuery } from './desk-authorities-query.ts';

/** Recognised authorities with their policy and live health. */
export function AuthoritiesPage() {
  const t = useTexts(desk).authorities;
  const named = useNamed();
  const { language } = useLanguage();
  const has = useDeskRoles();
  const authorities = useQuery(deskAuthoritiesQuery);
  return (
    <Page
      title={t.title}
      aside={
        has('admin') ? (
          <ButtonLink kind="primary" icon="plus" to="/desk/authorities/new">
            {t.recognise}
          </ButtonLink>
        ) : null
      }
    >
      <Loaded query={authorities} skeleton={<Skeleton lines={6} />}>
        {(list) => (
          <DataTable
            caption={t.title}
            rows={list}
            rowKey={(authority) => authority.id}
            open={({ id }) => ({ to: '/desk/authorities/$id', params: { id } })}
            columns={[
              { key: 'name', label: t.name, render: named },
              {
                key: 'health',
                label: t.health,
                render: (authority) => <AuthorityState authority={authority} />,
              },
              {
                key: 'region',
                label: t.region,
                render: (authority) => (authority.inRegion ? t.inRegion : t.outRegion),
                wide: true,
              },
              {
                key: 'crl',
                label: t.nextUpdate,
                render: ({ crl }) => {
                  const next = crl.flatMap(({ nextUpdate }) => nextUpdate ?? []).sort()[0];
                  return next ? <time>{ago(next, Date.now(), language)}</time> : null;
                },
                wide: true,
              },
              {
                key: 'ocsp',
                label: t.ocsp,
                render: ({ ocsp }) => <span className="figures">{t.ocspLine(ocsp.p50Ms, ocsp.p95Ms)}</span>,
                wide: true,
              },
              {
                key: 'grace',
                label: t.grace,
                render: ({ graceInUse, policy }) =>
                  graceInUse ? (
                    <Status tone="attention">{t.graceInUse}</Status>
                  ) : policy.graceSeconds === 0 ? (
                    t.graceNone
                  ) : (
                    <span className="figures">{policy.graceSeconds} s</span>
                  ),
                wide: true,
              },
            ]}
          />
        )}
      </Loaded>
      <Outlet />
    </Page>
  );
}
