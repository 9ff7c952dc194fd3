import { deskRaRoutes, RaChannel, RaKind, RaState } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { call } from '../../api/client.ts';
import { minute } from '../../format/dates.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { ra } from '../../i18n/ra.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { FilterBar, FilterSelect, FilterText } from '../../ui/filters.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { useDeskRoles } from '../desk-session.ts';
import { raQueueQuery } from './ra-query.ts';
import { RaClock, RaStateWord } from './ra-state.tsx';

const route = getRouteApi('/desk/ra');

/** 证书受理: what is due first comes first. */
export function RaQueue() {
  const texts = useTexts(desk);
  const t = useTexts(ra);
  const has = useDeskRoles();
  const { show, ...search } = route.useSearch();
  const queue = useQuery(
    raQueueQuery({
      ...search,
      ...(show === 'waiting' ? { waiting: 'true' } : {}),
      ...(show === 'overdue' ? { overdue: 'true' } : {}),
    }),
  );
  const options = <T extends string>(values: readonly T[], labels: Readonly<Record<T, string>>) =>
    values.map((value) => ({ value, label: labels[value] }));
  return (
    <Page
      title={t.title}
      lead={<Timeliness />}
      aside={
        has('clerk', 'reviewer') ? (
          <ButtonLink kind="primary" to="/desk/ra/new" search={true}>
            {t.newTicket}
          </ButtonLink>
        ) : undefined
      }
    >
      <FilterBar>
        <FilterText name="q" label={texts.list.search} />
        <FilterSelect
          name="show"
          label={t.show}
          options={[
            { value: 'waiting', label: t.waitingOnly },
            { value: 'overdue', label: t.overdueOnly },
          ]}
        />
        <FilterSelect
          name="state"
          label={t.state}
          options={options(
            RaState.options.filter((one) => one !== 'DRAFT'),
            t.states,
          )}
        />
        <FilterSelect name="kind" label={t.kind} options={options(RaKind.options, t.kinds)} />
        <FilterSelect name="channel" label={t.channel} options={options(RaChannel.options, t.channels)} />
      </FilterBar>
      <Loaded query={queue} skeleton={<Skeleton lines={8} />}>
        {(page) => (
          <>
            <DataTable
              caption={t.title}
              rows={page.items}
              rowKey={(row) => row.id}
              open={({ id }) => ({ to: '/desk/ra/$id', params: { id }, search: true })}
              columns={[
                {
                  key: 'unit',
                  label: t.unit,
                  render: (row) => (row.applicant === 'ENTERPRISE' ? row.enterpriseName : row.applicantName),
                },
                { key: 'kind', label: t.kind, render: (row) => t.kinds[row.kind] },
                { key: 'state', label: t.state, render: (row) => <RaStateWord state={row.state} /> },
                { key: 'due', label: t.due, render: (row) => <RaClock order={row} /> },
                { key: 'channel', label: t.channel, render: (row) => t.channels[row.channel], wide: true },
                { key: 'reference', label: t.reference, render: (row) => row.reference, wide: true },
                {
                  key: 'submitted',
                  label: t.submittedAt,
                  render: (row) => <time>{minute(row.updatedAt)}</time>,
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

/** GOV-018, GOV-019. */
function Timeliness() {
  const t = useTexts(ra);
  const { data } = useQuery({
    queryKey: ['desk', 'ra', 'timeliness'],
    queryFn: ({ signal }) => call(deskRaRoutes.timeliness, { signal }),
    refetchInterval: 60_000,
  });
  if (data === undefined) return null;
  return (
    <span>
      {t.timeliness}：
      {data.rows
        .map((row) => `${t.channels[row.channel]} ${t.timelinessOf(row.onTime, row.late, row.running)}`)
        .join('；')}
    </span>
  );
}
