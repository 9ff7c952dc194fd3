import { deskRaRoutes, RaCertificateState } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { call } from '../../api/client.ts';
import { day } from '../../format/dates.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { ra } from '../../i18n/ra.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { FilterBar, FilterSelect, FilterText } from '../../ui/filters.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { CertificateStateWord } from './certificate-state.tsx';
import { PhoneAdmins } from './phone-admins.tsx';

const route = getRouteApi('/desk/ra-certificates');

/** 证书登记: what was issued here. */
export function CertificatesPage() {
  const texts = useTexts(desk);
  const t = useTexts(ra);
  const query = route.useSearch();
  const register = useQuery({
    queryKey: ['desk', 'ra', 'certificates', query],
    queryFn: ({ signal }) => call(deskRaRoutes.certificates, { query, signal }),
  });
  return (
    <Page title={t.certificates}>
      <FilterBar>
        <FilterText name="q" label={texts.list.search} />
        <FilterSelect
          name="state"
          label={t.state}
          options={RaCertificateState.options.map((value) => ({ value, label: t.certificateStates[value] }))}
        />
      </FilterBar>
      <Loaded query={register} skeleton={<Skeleton lines={8} />}>
        {(page) => (
          <>
            <DataTable
              caption={t.certificates}
              rows={page.items}
              rowKey={(row) => row.id}
              open={({ id }) => ({ to: '/desk/ra-certificates/$id', params: { id }, search: true })}
              columns={[
                { key: 'holder', label: t.holder, render: (row) => row.holder },
                { key: 'state', label: t.state, render: (row) => <CertificateStateWord state={row.state} /> },
                { key: 'medium', label: t.medium, render: (row) => t.media[row.medium] },
                { key: 'validTo', label: t.validTo, render: (row) => <time>{day(row.validTo)}</time> },
                { key: 'keyNo', label: t.keyNo, render: (row) => row.keyNo, wide: true },
                {
                  key: 'authority',
                  label: t.form.authority,
                  render: (row) => row.authority.name,
                  wide: true,
                },
              ]}
            />
            <Pager {...page} />
          </>
        )}
      </Loaded>
      <PhoneAdmins />
      <Outlet />
    </Page>
  );
}
