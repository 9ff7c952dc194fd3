import { moduleOf, RECORD_TYPES, recordType } from '@hufu/library';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet, useMatchRoute } from '@tanstack/react-router';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { useSaid } from '../../i18n/said.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { placeOfModule } from '../records-place.ts';
import { detailQuery } from '../records-query.ts';
import { useMember } from '../session/library-session.ts';
import { RecordActions, RecordBody } from '../view/record-drawer.tsx';

const route = getRouteApi('/member/library/people/$id');
export const PERSON = recordType('person');
export const PARTS = RECORD_TYPES.filter(({ parent }) => parent === PERSON.name);

/** 「信息维护」: one person with the five kinds of sub-records (LIB-PERSON-03 … -09). */
export function PersonPage() {
  const t = useTexts(library).people;
  const said = useSaid();
  const { id } = route.useParams();
  const { maintains } = useMember();
  const person = useQuery(detailQuery(PERSON.name, id));
  const atBase = useMatchRoute()({ to: '/library/people/$id', params: { id } }) !== false;
  const module = moduleOf(PERSON.name).name;
  const place = placeOfModule(module, PERSON.name);
  return (
    <Page
      title={person.data?.title ?? t.title}
      aside={
        <ButtonLink to={place.list} icon="left">
          {t.back}
        </ButtonLink>
      }
    >
      <Loaded query={person} skeleton={<Skeleton lines={4} tall />}>
        {(record) => (
          <div className="stack">
            <nav className="tabs" aria-label={t.title}>
              <Link to="/library/people/$id" params={{ id }} className="tab" activeOptions={{ exact: true }}>
                {t.base}
              </Link>
              {PARTS.map(({ name, label }) => (
                <Link
                  key={name}
                  to="/library/people/$id/$part"
                  params={{ id, part: name }}
                  className="tab"
                  activeOptions={{ includeSearch: false }}
                >
                  {said(label)}
                </Link>
              ))}
            </nav>
            {atBase ? (
              <div className="card stack">
                <RecordBody type={PERSON} record={record} />
                <div className="row">
                  <RecordActions type={PERSON} record={record} place={place} maintains={maintains(module)} />
                </div>
              </div>
            ) : null}
            <Outlet />
          </div>
        )}
      </Loaded>
    </Page>
  );
}
