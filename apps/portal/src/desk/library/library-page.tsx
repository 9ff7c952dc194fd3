import { stewardRoutes } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { addressOf } from '../../api/client.ts';
import { day, minute } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { stewards } from '../../i18n/stewards.ts';
import { ButtonAnchor } from '../../ui/button.tsx';
import { CodeText, USCC_GROUPS } from '../../ui/code-text.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { FilterBar, FilterDay, FilterSelect, FilterText } from '../../ui/filters.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { useDeskRoles } from '../desk-session.ts';
import { EntityState } from './entity-state.tsx';
import { SearchResults } from './search-results.tsx';
import { entitiesQuery, filterOf } from './stewards-query.ts';

const route = getRouteApi('/desk/library');
const STATES = ['REGISTERED_SIMPLE', 'ACTIVE', 'FROZEN', 'MERGED'] as const;
const KINDS = ['ORGANISATION', 'NATURAL_PERSON'] as const;
const LACKS = ['any', 'base', 'letter'] as const;

/** 主体信息库: found by a word, or looked through by filters. */
export function LibraryPage() {
  const t = useTexts(stewards);
  const { q = '', page } = route.useSearch();
  return (
    <Page title={t.title} aside={<Exports />}>
      <FilterBar>
        <FilterText name="q" label={t.results} hint={t.searchHint} />
        {q === '' ? <Filters /> : null}
      </FilterBar>
      {[...q].length >= 2 ? <SearchResults q={q} page={page} /> : <Entities />}
      <Outlet />
    </Page>
  );
}

function Filters() {
  const t = useTexts(stewards);
  return (
    <>
      <FilterSelect
        name="state"
        label={t.state}
        options={STATES.map((value) => ({ value, label: t.states[value] }))}
      />
      <FilterSelect
        name="kind"
        label={t.kind}
        options={KINDS.map((value) => ({ value, label: t.entityKinds[value] }))}
      />
      <FilterSelect
        name="incomplete"
        label={t.incomplete}
        options={LACKS.map((value) => ({ value, label: t.lacks[value] }))}
      />
      <FilterText name="region" label={t.region} />
      <FilterDay name="from" label={t.from} />
      <FilterDay name="to" label={t.to} />
    </>
  );
}

/** Under the filters of the page. */
function Exports() {
  const t = useTexts(stewards);
  const has = useDeskRoles();
  const query = filterOf(route.useSearch());
  if (!has('clerk', 'reviewer', 'admin')) return null;
  return (
    <div className="row">
      <ButtonAnchor icon="download" download href={addressOf(stewardRoutes.exportXlsx, { query })}>
        {t.exportXlsx}
      </ButtonAnchor>
      <ButtonAnchor icon="download" download href={addressOf(stewardRoutes.exportCsv, { query })}>
        {t.exportCsv}
      </ButtonAnchor>
    </div>
  );
}

function Entities() {
  const t = useTexts(stewards);
  const entities = useQuery(entitiesQuery(route.useSearch()));
  return (
    <Loaded query={entities} skeleton={<Skeleton lines={10} />}>
      {(page) => (
        <>
          <DataTable
            caption={t.title}
            rows={page.items}
            rowKey={(row) => row.id}
            open={({ id }) => ({ to: '/desk/library/$id', params: { id }, search: true })}
            columns={[
              { key: 'name', label: t.name, render: (row) => row.name, sort: 'name' },
              { key: 'state', label: t.state, render: (row) => <EntityState entity={row} /> },
              {
                key: 'uscc',
                label: t.uscc,
                render: (row) =>
                  row.uscc === null ? t.never : <CodeText value={row.uscc} pattern={USCC_GROUPS} />,
              },
              { key: 'kind', label: t.kind, render: (row) => t.entityKinds[row.kind], wide: true },
              { key: 'region', label: t.region, render: (row) => row.region ?? t.never, wide: true },
              {
                key: 'registered',
                label: t.registeredAt,
                render: (row) => <time>{day(row.registeredAt)}</time>,
                sort: 'registeredAt',
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
          {page.capped ? <p className="faint">{t.listCapped}</p> : null}
        </>
      )}
    </Loaded>
  );
}
