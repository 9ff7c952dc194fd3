import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { minute } from '../../format/dates.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { FilterBar, FilterSelect } from '../../ui/filters.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ApprovalState } from './approval-state.tsx';
import { approvalsQuery } from './approvals-query.ts';

const route = getRouteApi('/desk/approvals');

/** Dangerous steps that wait for a second person. */
export function ApprovalsPage() {
  const t = useTexts(desk).approvals;
  const approvals = useQuery(approvalsQuery(route.useSearch()));
  return (
    <Page title={t.title}>
      <FilterBar>
        <FilterSelect
          name="state"
          label={t.state}
          otherwise="OPEN"
          options={[
            { value: 'OPEN', label: t.open },
            { value: 'CLOSED', label: t.closed },
          ]}
        />
      </FilterBar>
      <Loaded query={approvals} skeleton={<Skeleton lines={6} />}>
        {(page) => (
          <>
            <DataTable
              caption={t.title}
              rows={page.items}
              rowKey={(row) => row.id}
              open={({ id }) => ({ to: '/desk/approvals/$id', params: { id }, search: true })}
              columns={[
                { key: 'kind', label: t.kind, render: (row) => t.kinds[row.kind] },
                { key: 'summary', label: t.summary, render: (row) => row.summary },
                { key: 'state', label: t.state, render: (row) => <ApprovalState state={row.state} /> },
                { key: 'by', label: t.proposedBy, render: (row) => row.proposedBy, wide: true },
                {
                  key: 'at',
                  label: t.proposedAt,
                  render: (row) => <time>{minute(row.proposedAt)}</time>,
                  wide: true,
                },
                {
                  key: 'expires',
                  label: t.expiresAt,
                  render: (row) => <time>{minute(row.expiresAt)}</time>,
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
