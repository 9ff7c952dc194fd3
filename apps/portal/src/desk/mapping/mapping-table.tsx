import { useState } from 'react';
import { useTexts } from '../../i18n/language.tsx';
import { mapping } from '../../i18n/mapping.ts';
import { SelectField, TextField } from '../../ui/form.tsx';
import { Empty } from '../../ui/loaded.tsx';
import { Status } from '../../ui/status.tsx';
import type { Row } from './mapping-draft.ts';

const SHOWS = ['all', 'changed', 'unmapped', 'required'] as const;
type Shows = (typeof SHOWS)[number];

type MappingTableProps = {
  rows: readonly Row[];
  changed: ReadonlySet<string>;
  /** Absent: to be read only. */
  onChange: ((libNode: string, to: Partial<Row>) => void) | undefined;
};

/** Every directory of the library, module by module, and where it goes. */
export function MappingTable({ rows, changed, onChange }: MappingTableProps) {
  const t = useTexts(mapping);
  const [find, setFind] = useState('');
  const [shows, setShows] = useState<Shows>('all');
  const wanted: Readonly<Record<Shows, (row: Row) => boolean>> = {
    all: () => true,
    changed: ({ libNode }) => changed.has(libNode),
    unmapped: ({ platformNode }) => !platformNode,
    required: ({ required }) => required,
  };
  const found = rows.filter(
    (row) => wanted[shows](row) && `${row.label} ${row.platformNode ?? ''}`.includes(find.trim()),
  );
  const modules = [...new Set(found.map(moduleOf))];
  return (
    <div className="stack">
      <div className="mapping-find">
        <TextField name="find" label={t.find} value={find} onValue={setFind} optional />
        <SelectField
          name="shows"
          label={t.only}
          value={shows}
          onValue={(value) => setShows(SHOWS.find((one) => one === value) ?? 'all')}
          options={SHOWS.map((value) => ({ value, label: t.shows[value] }))}
        />
      </div>
      {found.length === 0 ? <Empty title={t.nothing} /> : null}
      {modules.map((module) => (
        <section key={module} className="data-table data-table-cards mapping-table">
          <table>
            <caption>{module}</caption>
            <thead>
              <tr>
                <th scope="col">{t.libraryNode}</th>
                <th scope="col">{t.platformNode}</th>
                <th scope="col">{t.required}</th>
              </tr>
            </thead>
            <tbody>
              {found
                .filter((row) => moduleOf(row) === module)
                .map((row) => (
                  <MappingRow
                    key={row.libNode}
                    row={row}
                    changed={changed.has(row.libNode)}
                    onChange={onChange && ((to) => onChange(row.libNode, to))}
                  />
                ))}
            </tbody>
          </table>
        </section>
      ))}
    </div>
  );
}

const moduleOf = ({ label }: Row): string => label.split('/')[0] ?? label;

/** A directory of a module's only type is called as the module is. */
const shortOf = ({ label }: Row): string => label.split('/').slice(1).join(' / ') || label;

type MappingRowProps = { row: Row; changed: boolean; onChange: ((to: Partial<Row>) => void) | undefined };

function MappingRow({ row, changed, onChange }: MappingRowProps) {
  const t = useTexts(mapping);
  const unmapped = !row.platformNode;
  return (
    <tr className={changed ? 'mapping-changed' : undefined}>
      <th scope="row">
        {shortOf(row)} {changed ? <Status tone="attention">{t.changed}</Status> : null}
      </th>
      <td data-label={t.platformNode}>
        {onChange === undefined ? (
          <ReadTarget row={row} />
        ) : (
          <div className="stack-tight">
            <input
              className="control"
              aria-label={`${row.label}：${t.platformNode}`}
              placeholder={t.platformNodeHint}
              maxLength={200}
              value={row.platformNode ?? ''}
              onChange={({ target }) => onChange({ platformNode: target.value || null })}
            />
            {unmapped ? (
              <input
                className="control"
                aria-label={`${row.label}：${t.hint}`}
                placeholder={t.hintHint}
                maxLength={300}
                value={row.hint ?? ''}
                onChange={({ target }) => onChange({ hint: target.value || null })}
              />
            ) : null}
          </div>
        )}
      </td>
      <td data-label={t.required}>
        <input
          type="checkbox"
          aria-label={`${row.label}：${t.required}`}
          checked={row.required}
          disabled={onChange === undefined}
          onChange={({ target }) => onChange?.({ required: target.checked })}
        />
      </td>
    </tr>
  );
}

function ReadTarget({ row }: { row: Row }) {
  const t = useTexts(mapping);
  if (row.platformNode) return <>{row.platformNode}</>;
  return (
    <>
      <Status tone="idle">{t.notMirrored}</Status> <span className="faint">{row.hint}</span>
    </>
  );
}
