import { type RecordDetail, recordRoutes } from '@hufu/contracts';
import { NONE, type RecordType, recordType, stateOf } from '@hufu/library';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { call } from '../../api/client.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { formsFrom } from '../events/events.ts';
import { RecordForm } from '../form/record-form.tsx';
import { librarySessionQuery, useMember } from '../session/library-session.ts';
import { RecordBody } from '../view/record-drawer.tsx';
import { BaseProgress } from './base-progress.tsx';
import { Letter } from './letter-card.tsx';
import { SyncCodeCard } from './sync-code-card.tsx';

const route = getRouteApi('/member/library/base');

/** The one record of the entity's base information; null before the first save. */
const baseQuery = (type: string) =>
  queryOptions({
    queryKey: ['library', 'records', type, 'base'],
    queryFn: async ({ signal }): Promise<RecordDetail | null> => {
      const { items } = await call(recordRoutes.list, { params: { type }, query: {}, signal });
      const [first] = items;
      return first === undefined
        ? null
        : call(recordRoutes.detail, { params: { type, id: first.id }, signal });
    },
  });

/** 主体信息 (LIB-BASE): 资料 → 附件 → 承诺书; afterwards to look at until 「修改信息」 is pressed. */
export function BasePage() {
  const texts = useTexts(library);
  const t = texts.base;
  const { first } = route.useSearch();
  const { session } = useMember();
  const type = recordType(session.entity.kind === 'ORGANISATION' ? 'organisation' : 'natural-person');
  const base = useQuery(baseQuery(type.name));
  const complete = session.entity.state !== 'REGISTERED_SIMPLE';
  return (
    <Page title={t.title} lead={complete ? t.leadDone : t.lead}>
      <div className="stack">
        {first && !complete ? <Alert tone="attention" announced title={texts.incomplete} /> : null}
        <Loaded query={base} skeleton={<Skeleton lines={4} tall />}>
          {(record) => <Base type={type} record={record} />}
        </Loaded>
      </div>
    </Page>
  );
}

function Base({ type, record }: { type: RecordType; record: RecordDetail | null }) {
  const t = useTexts(library).base;
  const texts = useTexts(common);
  const client = useQueryClient();
  const { session, owner, owns } = useMember();
  const { edit } = route.useSearch();
  const navigate = route.useNavigate();
  const state = record?.state ?? NONE;
  const [form] = formsFrom(type, state);
  const setEdit = (next: boolean) => void navigate({ search: next ? { edit: true } : {}, resetScroll: true });
  if (edit && owns && form) {
    return (
      <RecordForm
        key={record?.version ?? 0}
        type={type}
        event={form.event}
        draftEvent={form.draft}
        owner={owner}
        record={record ?? undefined}
        initial={
          type.name === 'organisation'
            ? { uscc: owner.uscc, entityName: owner.name, roles: session.entity.roles }
            : {}
        }
        cancel={texts.back}
        onCancel={() => setEdit(false)}
        onDone={(saved) => {
          client.setQueryData(baseQuery(type.name).queryKey, saved);
          void client.invalidateQueries({ queryKey: librarySessionQuery.queryKey });
          setEdit(false);
        }}
      />
    );
  }
  const submitted = record !== null && stateOf(type, state)?.tone !== 'draft';
  return (
    <div className="base">
      <div className="stack">
        <BaseProgress session={session} record={record} type={type} />
        {record !== null && !submitted ? <Alert tone="attention" title={t.incomplete} /> : null}
        {owns && form ? (
          <div>
            <Button kind={submitted ? 'plain' : 'primary'} icon="file" onClick={() => setEdit(true)}>
              {submitted ? t.edit : record === null ? t.fill : t.resume}
            </Button>
          </div>
        ) : null}
      </div>
      <aside className="stack base-aside">
        {session.completion.letterNeeded ? <Letter submitted={submitted} owns={owns} /> : null}
        {owns ? <SyncCodeCard /> : null}
      </aside>
      {record ? (
        <div className="card stack base-record">
          <RecordBody type={type} record={record} />
        </div>
      ) : null}
    </div>
  );
}
