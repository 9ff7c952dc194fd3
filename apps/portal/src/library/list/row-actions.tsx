import type { RecordItem } from '@hufu/contracts';
import { type Event, RECORD_TYPES, type RecordType } from '@hufu/library';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { useSaid } from '../../i18n/said.ts';
import { Menu } from '../../ui/menu.tsx';
import { EventDialog } from '../events/event-dialog.tsx';
import { buttonOf, destroys, dialogsFrom, formsFrom } from '../events/events.ts';
import type { Place } from '../records-place.ts';

/** Beside 「查看」 so many stand in the row; the rest go into a menu. */
const IN_ROW = 2;

type RowActionsProps = { type: RecordType; row: RecordItem; place: Place; maintains: boolean };

/** What the state, the rules and the caller's key allow, in the words of the manual. */
export function RowActions({ type, row, place, maintains }: RowActionsProps) {
  const t = useTexts(records);
  const said = useSaid();
  const [pressed, setPressed] = useState<Event>();
  const allowed = maintains ? row.actions : [];
  const items = [
    ...(RECORD_TYPES.some(({ parent }) => parent === type.name)
      ? [
          <Link key="parts" to="/library/people/$id" params={{ id: row.id }}>
            {t.list.parts}
          </Link>,
        ]
      : []),
    ...formsFrom(type, row.state, allowed).map((form) => (
      <Link key={form.event.name} to={place.form(row.id, form.event.name)} search={true}>
        {said(buttonOf(form) ?? type.label)}
      </Link>
    )),
    ...dialogsFrom(type, row.state, allowed).map((event) => (
      <button
        key={event.name}
        type="button"
        className={destroys(event) ? 'link-button menu-destroy' : 'link-button'}
        onClick={() => setPressed(event)}
      >
        {said(event.button ?? type.label)}
      </button>
    )),
    ...(wasChanged(type, row)
      ? [
          <Link key="history" to={place.row(row.id)} search={true} hash="history">
            {t.view.history}
          </Link>,
        ]
      : []),
  ];
  const inRow = items.length > IN_ROW + 1 ? items.slice(0, IN_ROW) : items;
  const rest = items.slice(inRow.length);
  return (
    <>
      {inRow}
      {rest.length > 0 ? (
        <Menu label={t.list.more} name={t.list.moreOf(row.title)}>
          {rest}
        </Menu>
      ) : null}
      {pressed ? (
        <EventDialog type={type} event={pressed} record={row} onClose={() => setPressed(undefined)} />
      ) : null}
    </>
  );
}

/** A declaration counts changes of its own, such as those of the leader (LIB-PROJ-20). */
const wasChanged = (type: RecordType, row: RecordItem): boolean =>
  type.system?.some(
    ({ kind, name }) => kind === 'integer' && name.endsWith('Changes') && Number(row.system[name] ?? 0) > 0,
  ) ?? false;
