import type { RecordDetail } from '@hufu/contracts';
import { type Event, moduleOf, RECORD_TYPES, type RecordType } from '@hufu/library';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { useSaid } from '../../i18n/said.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { EventDialog } from '../events/event-dialog.tsx';
import { buttonOf, destroys, dialogsFrom, formsFrom } from '../events/events.ts';
import { codeListsOf, useCodeLists } from '../form/code-lists.ts';
import type { Place } from '../records-place.ts';
import { detailQuery } from '../records-query.ts';
import { LifeLine } from './life-line.tsx';
import { RecordHistory } from './record-history.tsx';
import { RecordSections } from './record-sections.tsx';
import { RecordUses } from './record-uses.tsx';

type RecordDrawerProps = {
  type: RecordType;
  id: string;
  place: Place;
  /** The caller may maintain it. */
  maintains: boolean;
};

/** 「查看」: one record beside its list, at an address of its own. */
export function RecordDrawer({ type, id, place, maintains }: RecordDrawerProps) {
  const said = useSaid();
  const detail = useQuery(detailQuery(type.name, id));
  const title = detail.data?.title ?? '';
  return (
    <Drawer
      title={title === '' ? said(type.label) : `${said(type.label)} · ${title}`}
      back={place.list}
      wide
      actions={
        detail.data ? (
          <RecordActions type={type} record={detail.data} place={place} maintains={maintains} />
        ) : null
      }
    >
      <Loaded query={detail} skeleton={<Skeleton lines={5} tall />}>
        {(record) => <RecordBody type={type} record={record} />}
      </Loaded>
    </Drawer>
  );
}

export function RecordBody({ type, record }: { type: RecordType; record: RecordDetail }) {
  const t = useTexts(records).view;
  const said = useSaid();
  useCodeLists(codeListsOf(type));
  const [history, setHistory] = useState(() => location.hash === '#history');
  return (
    <>
      {type.single ? null : <LifeLine type={type} state={record.state} />}
      {record.warnings.length > 0 ? (
        <Alert tone="attention" title={t.warnings}>
          <ul>
            {record.warnings.map(({ path, code, says }) => (
              <li key={`${path} ${code}`}>{said(says)}</li>
            ))}
          </ul>
        </Alert>
      ) : null}
      <RecordSections type={type} record={record} />
      {moduleOf(type.name).name === 'performance' ? <RecordUses id={record.id} /> : null}
      {history ? (
        <RecordHistory type={type} id={record.id} />
      ) : record.history.versions > 1 ? (
        <div>
          <Button icon="clock" onClick={() => setHistory(true)}>
            {t.history}
          </Button>
        </div>
      ) : null}
    </>
  );
}

type RecordActionsProps = { type: RecordType; record: RecordDetail; place: Place; maintains: boolean };

/** What can be done now, in the words of the manual. */
export function RecordActions({ type, record, place, maintains }: RecordActionsProps) {
  const t = useTexts(records).list;
  const said = useSaid();
  const navigate = useNavigate();
  const [pressed, setPressed] = useState<Event>();
  const allowed = maintains ? record.actions.flatMap(({ event, allowed: may }) => (may ? [event] : [])) : [];
  const forms = formsFrom(type, record.state, allowed);
  const dialogs = dialogsFrom(type, record.state, allowed);
  const hasParts = RECORD_TYPES.some(({ parent }) => parent === type.name);
  if (forms.length + dialogs.length === 0 && !hasParts) return null;
  return (
    <>
      {forms.map((form) => (
        <ButtonLink key={form.event.name} to={place.form(record.id, form.event.name)} search={true}>
          {said(buttonOf(form) ?? type.label)}
        </ButtonLink>
      ))}
      {dialogs.map((event) => (
        <Button
          key={event.name}
          kind={destroys(event) ? 'destroy' : 'plain'}
          onClick={() => setPressed(event)}
        >
          {said(event.button ?? type.label)}
        </Button>
      ))}
      {hasParts ? (
        <ButtonLink kind="primary" to="/library/people/$id" params={{ id: record.id }}>
          {t.parts}
        </ButtonLink>
      ) : null}
      {pressed ? (
        <EventDialog
          type={type}
          event={pressed}
          record={record}
          onClose={() => setPressed(undefined)}
          onDone={(next) => {
            if (next === undefined) void navigate({ to: place.list, search: (old) => old });
          }}
        />
      ) : null}
    </>
  );
}
