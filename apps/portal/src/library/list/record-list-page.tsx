import { eventsFrom, type Module, NONE, type RecordType } from '@hufu/library';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet } from '@tanstack/react-router';
import { NotFoundPage } from '../../app/fallback-pages.tsx';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { useSaid } from '../../i18n/said.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { codeListsOf, useCodeLists } from '../form/code-lists.ts';
import { placeOfModule } from '../records-place.ts';
import { listQuery } from '../records-query.ts';
import { useMember } from '../session/library-session.ts';
import { modulesFor } from '../session/modules.ts';
import { ListFilters } from './list-filters.tsx';
import { ListTools } from './list-tools.tsx';
import { RecordTable } from './record-table.tsx';
import { StateTabs } from './state-tabs.tsx';

const route = getRouteApi('/member/library/m/$module/$type');

/** The list of one kind of record; several boards of a module stand side by side as tabs. */
export function RecordListPage() {
  const { module: moduleName, type: typeName } = route.useParams();
  const member = useMember();
  const module = modulesFor(member).find(({ name }) => name === moduleName);
  const type = module?.types.find(({ name }) => name === typeName);
  if (module === undefined || type === undefined) return <NotFoundPage />;
  return <RecordList key={type.name} module={module} type={type} />;
}

function RecordList({ module, type }: { module: Module; type: RecordType }) {
  const said = useSaid();
  const { maintains } = useMember();
  const search = route.useSearch();
  const list = useQuery({ ...listQuery(type.name, search), placeholderData: keepPreviousData });
  useCodeLists(codeListsOf(type));
  const may = maintains(module.name);
  const place = placeOfModule(module.name, type.name);
  const adds = may && eventsFrom(type, NONE, 'primary').some(({ takes }) => takes);
  const adding = type.adding;
  return (
    <Page
      title={said(module.label)}
      lead={module.hint ? said(module.hint) : undefined}
      aside={
        adds && adding ? (
          <ButtonLink kind="primary" icon="plus" to={place.add} search={(old) => old}>
            {said(adding.button)}
          </ButtonLink>
        ) : null
      }
    >
      {module.types.length > 1 ? <Boards module={module} type={type} /> : null}
      <div className="list-head">
        <StateTabs type={type} counts={list.data?.counts} />
        <ListTools type={type} search={search} total={list.data?.total ?? 0} mayImport={adds} />
      </div>
      <ListFilters type={type} />
      <Loaded query={list} skeleton={<Skeleton lines={6} />}>
        {(page) => (
          <>
            <RecordTable
              type={type}
              rows={page.items}
              search={search}
              adds={adds}
              place={place}
              maintains={may}
            />
            {page.total > 0 ? <Pager {...page} /> : null}
          </>
        )}
      </Loaded>
      <Outlet />
    </Page>
  );
}

function Boards({ module, type }: { module: Module; type: RecordType }) {
  const t = useTexts(records).list;
  const said = useSaid();
  return (
    <nav className="tabs" aria-label={t.boards}>
      {module.types.map(({ name, label }) => (
        <Link
          key={name}
          to="/library/m/$module/$type"
          params={{ module: module.name, type: name }}
          className="tab"
          activeOptions={{ exact: false, includeSearch: false }}
          aria-current={name === type.name ? 'page' : undefined}
        >
          {said(label)}
        </Link>
      ))}
    </nav>
  );
}
