import type { EvidenceEntry } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { EvidenceState } from '../../evidence/evidence-state.tsx';
import { second } from '../../format/dates.ts';
import { evidence } from '../../i18n/evidence.ts';
import { useTexts } from '../../i18n/language.tsx';
import { useSaid } from '../../i18n/said.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { FilterBar, FilterText } from '../../ui/filters.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { deskHistoryQuery } from './desk-evidence-query.ts';

const route = getRouteApi('/desk/evidence');

export function EvidencePage() {
  const t = useTexts(evidence);
  const history = useQuery(deskHistoryQuery(route.useSearch()));
  return (
    <Page
      title={t.deskTitle}
      aside={
        <ButtonLink to="/evidence/verify" icon="shield">
          {t.how}
        </ButtonLink>
      }
    >
      <FilterBar>
        <FilterText name="record" label={t.subject} />
      </FilterBar>
      <Loaded query={history} skeleton={<Skeleton lines={10} />}>
        {(page) => (
          <>
            <History rows={page.items} />
            <Pager {...page} />
          </>
        )}
      </Loaded>
      <Outlet />
    </Page>
  );
}

function History({ rows }: { rows: readonly EvidenceEntry[] }) {
  const t = useTexts(evidence);
  const said = useSaid();
  const kind = (name: string) => (t.kinds as Readonly<Record<string, string>>)[name] ?? name;
  return (
    <DataTable
      caption={t.deskTitle}
      rows={rows}
      rowKey={(row) => row.id}
      open={({ id }) => ({ to: '/desk/evidence/$id', params: { id }, search: true })}
      columns={[
        { key: 'at', label: t.at, render: (row) => <time>{second(row.at)}</time> },
        { key: 'said', label: t.content, render: (row) => said(row.said) },
        { key: 'state', label: t.progress, render: (row) => <EvidenceState state={row.state} /> },
        { key: 'subject', label: t.subject, render: (row) => kind(row.subject.kind), wide: true },
        { key: 'actor', label: t.actor, render: (row) => kind(row.actor.kind), wide: true },
      ]}
    />
  );
}
