import { deskRoutes } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { call } from '../../api/client.ts';
import { authoritiesQuery, useSite } from '../../api/site.ts';
import { day, minute } from '../../format/dates.ts';
import { common } from '../../i18n/common.ts';
import { desk } from '../../i18n/desk.ts';
import { useNamed, useTexts } from '../../i18n/language.tsx';
import { CodeText, USCC_GROUPS } from '../../ui/code-text.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { FilterBar, FilterSelect, FilterText } from '../../ui/filters.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';

const route = getRouteApi('/desk/bindings');

/** Every bound enterprise. */
export function BindingsPage() {
  const texts = useTexts(desk);
  const t = texts.bindings;
  const words = useTexts(common);
  const named = useNamed();
  const query = route.useSearch();
  const { data: site } = useSite();
  const { data: authorities } = useQuery(authoritiesQuery);
  const bindings = useQuery({
    queryKey: ['desk', 'bindings', query],
    queryFn: ({ signal }) => call(deskRoutes.bindings, { query, signal }),
  });
  const cityName = (code: string) => {
    const city = site?.cities.find((one) => one.code === code);
    return city ? named(city) : code;
  };
  return (
    <Page title={t.title}>
      <FilterBar>
        <FilterText name="q" label={texts.list.search} hint={t.searchHint} />
        <FilterSelect
          name="city"
          label={t.city}
          options={(site?.cities ?? []).map((city) => ({ value: city.code, label: named(city) }))}
        />
        <FilterSelect
          name="authority"
          label={t.authority}
          options={(authorities ?? []).map((authority) => ({ value: authority.id, label: named(authority) }))}
        />
      </FilterBar>
      <Loaded query={bindings} skeleton={<Skeleton lines={10} />}>
        {(page) => (
          <>
            <DataTable
              caption={t.title}
              rows={page.items}
              rowKey={(row) => row.entityId}
              open={({ entityId }) => ({ to: '/desk/bindings/$id', params: { id: entityId }, search: true })}
              columns={[
                { key: 'name', label: t.unitName, render: (row) => row.unitName, sort: 'unitName' },
                {
                  key: 'uscc',
                  label: t.uscc,
                  render: (row) => <CodeText value={row.uscc} pattern={USCC_GROUPS} />,
                },
                { key: 'city', label: t.city, render: (row) => cityName(row.regCity), wide: true },
                {
                  key: 'roles',
                  label: t.roles,
                  render: (row) => row.roles.map((role) => words.roles[role]).join(words.listSeparator),
                  wide: true,
                },
                {
                  key: 'keys',
                  label: t.keys,
                  render: (row) => <span className="figures">{row.certificates}</span>,
                  wide: true,
                },
                {
                  key: 'bound',
                  label: t.boundAt,
                  render: (row) => <time>{day(row.boundAt)}</time>,
                  sort: 'boundAt',
                  wide: true,
                },
                {
                  key: 'login',
                  label: t.lastLoginAt,
                  render: (row) => (row.lastLoginAt ? <time>{minute(row.lastLoginAt)}</time> : t.never),
                  wide: true,
                },
              ]}
            />
            <Pager {...page} />
          </>
        )}
      </Loaded>
      <Outlet />
    </Page>
  );
}
