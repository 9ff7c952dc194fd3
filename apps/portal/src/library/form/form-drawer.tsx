import type { RecordDetail } from '@hufu/contracts';
import { NONE, type RecordType } from '@hufu/library';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { useSaid } from '../../i18n/said.ts';
import { Drawer } from '../../ui/drawer.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { formOf, formsFrom } from '../events/events.ts';
import type { Place } from '../records-place.ts';
import { detailQuery } from '../records-query.ts';
import { useMember } from '../session/library-session.ts';
import { RecordForm } from './record-form.tsx';

type NewDrawerProps = { type: RecordType; place: Place; parentId?: string };

/** A new record, under the title that the manual gives its dialog. */
export function NewRecordDrawer({ type, place, parentId }: NewDrawerProps) {
  const texts = useTexts(common);
  const said = useSaid();
  const { owner } = useMember();
  const { toList, toRow } = useWays(place);
  const [form] = formsFrom(type, NONE);
  if (form === undefined) return null;
  const { event, draft } = form;
  return (
    <Drawer title={said(type.adding?.dialog ?? event.dialog ?? type.label)} back={place.list} wide>
      <RecordForm
        type={type}
        event={event}
        draftEvent={draft}
        owner={owner}
        parentId={parentId}
        cancel={texts.cancel}
        onCancel={toList}
        onDone={toRow}
      />
    </Drawer>
  );
}

type FormDrawerProps = { type: RecordType; id: string; event: string; place: Place };

/** A step that takes the whole form: 编辑, 在建项目维护, 项目竣工. */
export function RecordFormDrawer({ type, id, event: name, place }: FormDrawerProps) {
  const texts = useTexts(common);
  const said = useSaid();
  const { owner } = useMember();
  const { toRow } = useWays(place);
  // What is being edited stays as it was opened: somebody else's change is met when the form is sent.
  const detail = useQuery({ ...detailQuery(type.name, id), refetchOnWindowFocus: false });
  const form = detail.data ? formToOpen(type, detail.data, name) : undefined;
  return (
    <Drawer title={said(form?.event.dialog ?? form?.event.button ?? type.label)} back={place.row(id)} wide>
      <Loaded query={detail} skeleton={<Skeleton lines={6} tall />}>
        {(record) =>
          form ? (
            <RecordForm
              type={type}
              event={form.event}
              draftEvent={form.draft}
              owner={owner}
              record={record}
              cancel={texts.cancel}
              onCancel={() => toRow(record)}
              onDone={toRow}
            />
          ) : null
        }
      </Loaded>
    </Drawer>
  );
}

function formToOpen(type: RecordType, { state, actions }: RecordDetail, event: string) {
  const allowed = actions.flatMap((action) => (action.allowed ? [action.event] : []));
  return formOf(type, { state, event, allowed });
}

function useWays(place: Place) {
  const navigate = useNavigate();
  return {
    toList: () => void navigate({ to: place.list, search: (old) => old, resetScroll: false }),
    toRow: ({ id }: Pick<RecordDetail, 'id'>) =>
      void navigate({ to: place.row(id), search: (old) => old, resetScroll: false }),
  };
}
