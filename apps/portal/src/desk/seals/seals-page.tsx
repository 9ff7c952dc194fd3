import type { DeskSeal } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { minute } from '../../format/dates.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { seals } from '../../i18n/seals.ts';
import { SealState } from '../../seals/seal-state.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { FilterBar, FilterSelect, FilterText } from '../../ui/filters.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { deskSealsQuery } from './desk-seals-query.ts';

const route = getRouteApi('/desk/seals');
const STATES = ['APPLIED', 'ACTIVE', 'FROZEN', 'REVOKED', 'EXPIRED', 'REPLACED', 'REJECTED'] as const;

/** 印章登记. */
export function SealsPage() {
  const texts = useTexts(desk);
  const t = useTexts(seals);
  const register = useQuery(deskSealsQuery(route.useSearch()));
  return (
    <Page title={t.deskTitle}>
      <FilterBar>
        <FilterText name="q" label={texts.list.search} />
        <FilterSelect
          name="state"
          label={t.state}
          options={STATES.map((value) => ({ value, label: t.states[value] }))}
        />
      </FilterBar>
      <Loaded query={register} skeleton={<Skeleton lines={10} />}>
        {(page) => (
          <>
            <Register rows={page.items} />
            <Pager {...page} />
          </>
        )}
      </Loaded>
      <Outlet />
    </Page>
  );
}

function Register({ rows }: { rows: readonly DeskSeal[] }) {
  const t = useTexts(seals);
  return (
    <DataTable
      caption={t.deskTitle}
      rows={rows}
      rowKey={(row) => row.id}
      open={({ id }) => ({ to: '/desk/seals/$id', params: { id }, search: true })}
      columns={[
        { key: 'name', label: t.name, render: (row) => row.name },
        { key: 'state', label: t.state, render: (row) => <SealState state={row.state} /> },
        { key: 'kind', label: t.kind, render: (row) => t.kinds[row.kind] },
        { key: 'enterprise', label: t.enterprise, render: (row) => row.enterprise.unitName, wide: true },
        {
          key: 'appliedAt',
          label: t.appliedAt,
          render: (row) => <time>{minute(row.appliedAt)}</time>,
          wide: true,
        },
      ]}
    />
  );
}
