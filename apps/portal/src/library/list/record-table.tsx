import type { RecordItem } from '@hufu/contracts';
import { fieldOf, type RecordType, stateOf, type Values } from '@hufu/library';
import { useMemo } from 'react';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { useSaid } from '../../i18n/said.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/loaded.tsx';
import type { Place } from '../records-place.ts';
import type { ListSearch } from '../records-query.ts';
import { FieldValue } from '../view/field-value.tsx';
import { RecordState } from '../view/record-state.tsx';
import { ExpiryMark } from './expiry-mark.tsx';
import { RowActions } from './row-actions.tsx';

type RecordTableProps = {
  type: RecordType;
  rows: readonly RecordItem[];
  search: ListSearch;
  /** Whether the caller may add one. */
  adds: boolean;
  place: Place;
  maintains: boolean;
};

/** Rows of one kind of record, with what can be done with each. */
export function RecordTable({ type, rows, search, adds, place, maintains }: RecordTableProps) {
  const t = useTexts(records);
  const said = useSaid();
  const columns = useMemo(() => columnsOf(type, { said, state: t.state }), [type, said, t]);
  if (rows.length === 0) {
    const filtered = Object.keys(search).some((name) => !['page', 'pageSize', 'sort'].includes(name));
    return (
      <Empty title={filtered ? t.list.noMatch : t.list.emptyTitle}>
        {filtered
          ? null
          : adds && type.adding
            ? t.list.emptyText(said(type.adding.button))
            : t.list.emptyAuto}
      </Empty>
    );
  }
  return (
    <DataTable
      caption={said(type.label)}
      rows={rows}
      columns={columns}
      rowKey={({ id }) => id}
      cards
      open={(row) => ({
        to: place.row(row.id),
        search: true,
      })}
      actions={(row) => <RowActions type={type} row={row} place={place} maintains={maintains} />}
    />
  );
}

type Words = { said: ReturnType<typeof useSaid>; state: string };

/** The record's name first, since it opens the row; then what the declaration lists, and the state. */
function columnsOf(type: RecordType, { said, state }: Words) {
  const names = [type.title, ...type.list.columns.filter((name) => name !== type.title)].slice(0, 6);
  const fields = names.flatMap((name) => fieldOf(type, name) ?? []);
  // What is sealed has no order.
  const sorted = new Set(type.list.columns.filter((name) => fieldOf(type, name)?.privacy !== 'personal'));
  return [
    ...fields.map((field, at) => ({
      key: field.name,
      label: said(field.label),
      ...(sorted.has(field.name) ? { sort: field.name } : {}),
      render: (row: RecordItem) => {
        const values = { ...(row.system as Values), ...(row.values as Values) };
        const cell = <FieldValue field={field} value={values[field.name]} values={values} brief />;
        if (at === 0) return row.title === '' ? cell : row.title;
        return field.name === type.expires ? (
          <span className="nowrap">
            {cell}
            <ExpiryMark row={row} ended={stateOf(type, row.state)?.ended === true} />
          </span>
        ) : (
          cell
        );
      },
    })),
    {
      key: 'state',
      label: state,
      sort: 'state',
      render: (row: RecordItem) => <RecordState type={type} state={row.state} />,
    },
  ];
}
