import { type AuditRow, deskRoutes } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { addressOf } from '../../api/client.ts';
import { second } from '../../format/dates.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { ButtonAnchor } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { FilterBar, FilterDay, FilterSelect, FilterText } from '../../ui/filters.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Status } from '../../ui/status.tsx';
import { auditFilter, auditQuery } from './audit-query.ts';

const route = getRouteApi('/desk/audit');

export function AuditPage() {
  const texts = useTexts(desk);
  const t = texts.audit;
  const search = route.useSearch();
  const audit = useQuery(auditQuery(search));
  const exportAs = (format: 'csv' | 'xlsx') =>
    addressOf(deskRoutes.exportAudit, {
      query: { ...auditFilter({ ...search, page: undefined, pageSize: undefined }), format },
    });
  return (
    <Page
      title={t.title}
      aside={
        <span className="row">
          <ButtonAnchor icon="download" href={exportAs('xlsx')} download>
            {t.exportXlsx}
          </ButtonAnchor>
          <ButtonAnchor icon="download" href={exportAs('csv')} download>
            {t.exportCsv}
          </ButtonAnchor>
        </span>
      }
    >
      <FilterBar>
        <FilterText name="q" label={texts.list.search} />
        <FilterDay name="from" label={t.from} />
        <FilterDay name="to" label={t.to} />
        <FilterSelect
          name="outcome"
          label={t.outcome}
          options={(['OK', 'REFUSED'] as const).map((value) => ({ value, label: t.outcomes[value] }))}
        />
        <FilterText name="action" label={t.action} />
        <FilterText name="actor" label={t.actor} />
      </FilterBar>
      <Loaded query={audit} skeleton={<Skeleton lines={10} />}>
        {(page) => (
          <>
            <AuditTable rows={page.items} />
            <Pager {...page} />
          </>
        )}
      </Loaded>
      <Outlet />
    </Page>
  );
}

function AuditTable({ rows }: { rows: readonly AuditRow[] }) {
  const t = useTexts(desk).audit;
  return (
    <DataTable
      caption={t.title}
      rows={rows}
      rowKey={(row) => row.id}
      open={({ id }) => ({ to: '/desk/audit/$id', params: { id }, search: true })}
      columns={[
        { key: 'at', label: t.at, render: (row) => <time>{second(row.at)}</time> },
        { key: 'action', label: t.action, render: (row) => <code>{row.action}</code> },
        {
          key: 'outcome',
          label: t.outcome,
          render: (row) => (
            <Status tone={row.outcome === 'OK' ? 'good' : 'attention'}>{t.outcomes[row.outcome]}</Status>
          ),
        },
        { key: 'actor', label: t.actor, render: (row) => row.actor, wide: true },
        { key: 'subject', label: t.subject, render: (row) => row.subject, wide: true },
        {
          key: 'code',
          label: t.code,
          render: (row) => (row.code ? <code>{row.code}</code> : null),
          wide: true,
        },
        { key: 'reason', label: t.reason, render: (row) => row.reason, wide: true },
      ]}
    />
  );
}
