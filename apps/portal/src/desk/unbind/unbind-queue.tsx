import { deskRoutes } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { call } from '../../api/client.ts';
import { minute } from '../../format/dates.ts';
import { UnbindStateWord } from '../../hub/unbind/unbind-state.tsx';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { unbind } from '../../i18n/unbind.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { FilterBar, FilterSelect, FilterText } from '../../ui/filters.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Status } from '../../ui/status.tsx';

const route = getRouteApi('/desk/unbind');
const STATES = ['SUBMITTED', 'CHECKED', 'REJECTED', 'DONE', 'OBJECTED'] as const;

/** Applications, the most urgent first. */
export function UnbindQueue() {
  const texts = useTexts(desk);
  const t = texts.unbind;
  const { states } = useTexts(unbind);
  const query = route.useSearch();
  const applications = useQuery({
    queryKey: ['desk', 'unbind', query],
    queryFn: ({ signal }) => call(deskRoutes.unbindApplications, { query, signal }),
    refetchInterval: 30_000,
  });
  return (
    <Page title={t.title}>
      <FilterBar>
        <FilterText name="q" label={texts.list.search} />
        <FilterSelect
          name="state"
          label={t.state}
          options={STATES.map((value) => ({ value, label: states[value] }))}
        />
      </FilterBar>
      <Loaded query={applications} skeleton={<Skeleton lines={6} />}>
        {(page) => (
          <>
            <DataTable
              caption={t.title}
              rows={page.items}
              rowKey={(row) => row.id}
              open={({ id }) => ({ to: '/desk/unbind/$id', params: { id }, search: true })}
              columns={[
                { key: 'unit', label: t.unit, render: (row) => row.unitName },
                { key: 'state', label: t.state, render: (row) => <UnbindStateWord state={row.state} /> },
                {
                  key: 'due',
                  label: t.due,
                  render: (row) => (
                    <>
                      <time>{row.dueAt.slice(0, 10)}</time>{' '}
                      {row.overdue ? <Status tone="attention">{t.overdue}</Status> : null}
                    </>
                  ),
                },
                { key: 'reference', label: t.reference, render: (row) => row.reference, wide: true },
                {
                  key: 'received',
                  label: t.receivedAt,
                  render: (row) => <time>{minute(row.receivedAt)}</time>,
                  wide: true,
                },
                { key: 'checked', label: t.checkedBy, render: (row) => row.checkedBy, wide: true },
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
