import { eventsFrom, moduleOf, NONE } from '@hufu/library';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { NotFoundPage } from '../../app/fallback-pages.tsx';
import { useSaid } from '../../i18n/said.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Pager } from '../../ui/pager.tsx';
import { codeListsOf, useCodeLists } from '../form/code-lists.ts';
import { RecordTable } from '../list/record-table.tsx';
import { StateTabs } from '../list/state-tabs.tsx';
import { placeOfPart } from '../records-place.ts';
import { listQuery } from '../records-query.ts';
import { useMember } from '../session/library-session.ts';
import { PARTS, PERSON } from './person-page.tsx';

const route = getRouteApi('/member/library/people/$id/$part');

/** Sub-records of one kind: 学历信息, 资格证书, 获奖信息, 从业经历, 个人业绩. */
export function PartList() {
  const said = useSaid();
  const { id, part } = route.useParams();
  const search = route.useSearch();
  const { maintains } = useMember();
  const type = PARTS.find(({ name }) => name === part);
  const list = useQuery({
    ...listQuery(part, { ...search, parent: id }),
    enabled: type !== undefined,
    placeholderData: keepPreviousData,
  });
  useCodeLists(type ? codeListsOf(type) : []);
  if (type === undefined) return <NotFoundPage />;
  const place = placeOfPart(id, part);
  const may = maintains(moduleOf(PERSON.name).name);
  const adds = may && eventsFrom(type, NONE, 'primary').some(({ takes }) => takes);
  return (
    <section className="stack-tight">
      <div className="list-head">
        <StateTabs type={type} counts={list.data?.counts} />
        {adds && type.adding ? (
          <ButtonLink kind="primary" icon="plus" to={place.add}>
            {said(type.adding.button)}
          </ButtonLink>
        ) : null}
      </div>
      <Loaded query={list} skeleton={<Skeleton lines={4} />}>
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
            {page.total > 20 ? <Pager {...page} /> : null}
          </>
        )}
      </Loaded>
      <Outlet />
    </section>
  );
}
