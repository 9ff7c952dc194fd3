import { rowOf, type SheetColumn, sheetOf, stateOf, titleOf } from '@hufu/library';
import { sql } from 'kysely';
import { writeCsv } from '../../../infra/sheets/write-csv.ts';
import { writeXlsx, type XlsxColumn } from '../../../infra/sheets/write-xlsx.ts';
import type { Kind } from '../catalogue.ts';
import type { RecordsDeps } from '../deps.ts';
import type { RecordRow } from '../face.ts';
import { conditionsOf, type ListAsked, statesOf } from '../storage/list-query.ts';
import { COLUMNS, tableOf } from '../storage/record-store.ts';
import { openRow } from '../storage/rows.ts';
import type { StoredRow } from '../storage/tables.ts';
import { idsIn, referenceFields, referredRecords } from './references.ts';

type Exported = { readonly kind: Kind; readonly asked: ListAsked };

const STATE = '状态';
const BATCH = 500;

/** As the list has it under its filters, by the order of entry; memory does not grow with the rows. */
async function* rowsOf(deps: RecordsDeps, { kind, asked }: Exported): AsyncGenerator<readonly string[]> {
  const conditions = conditionsOf(deps, kind, asked);
  const states = statesOf(kind.type, asked);
  let last: string | undefined;
  for (;;) {
    const beyond = last === undefined ? sql`true` : sql`id > ${last}::uuid`;
    const { rows } = await sql<StoredRow>`
      select ${COLUMNS} from ${tableOf(kind)} where ${conditions} and ${states} and ${beyond}
       order by id limit ${BATCH}`.execute(deps.database.db);
    const opened = rows.map((row) => openRow(deps, kind.type, row));
    const titles = await titlesOf(deps, kind, opened);
    for (const row of opened) yield cellsOf(kind, row, titles);
    last = rows.at(-1)?.id;
    if (rows.length < BATCH) return;
  }
}

async function titlesOf(
  deps: RecordsDeps,
  { type }: Kind,
  rows: readonly RecordRow[],
): Promise<ReadonlyMap<string, string>> {
  const fields = referenceFields(type);
  const titles = new Map<string, string>();
  if (fields.length === 0 || rows[0] === undefined) return titles;
  const ids = rows.flatMap(({ values, system }) => idsIn(fields, { ...values, ...system }));
  const found = await referredRecords(deps, deps.database.db, { entityId: rows[0].entityId, fields, ids });
  for (const [id, one] of found) titles.set(id, titleOf(deps.catalogue.kind(one.type).type, one.values));
  return titles;
}

function cellsOf({ type }: Kind, row: RecordRow, titles: ReadonlyMap<string, string>): readonly string[] {
  const values = { ...row.values, ...row.system };
  const cells = rowOf(type, values, { titleOf: (id) => titles.get(id) });
  return [stateOf(type, row.state)?.label.zh ?? row.state, ...cells.map(String)];
}

const headingOf = ({ header }: SheetColumn): string => header.replace(/\*$/, '');

/** OD-21. The entity's own records, personal values in clear: it is their owner who asks. */
export function exportCsv(deps: RecordsDeps, exported: Exported): AsyncGenerator<Uint8Array> {
  const { columns } = sheetOf(exported.kind.type, 'export');
  return writeCsv([STATE, ...columns.map(headingOf)], rowsOf(deps, exported));
}

export function exportXlsx(deps: RecordsDeps, exported: Exported): AsyncGenerator<Uint8Array> {
  const { title, columns } = sheetOf(exported.kind.type, 'export');
  const all: XlsxColumn[] = [
    { heading: STATE, width: 12 },
    ...columns.map((column) => ({ heading: headingOf(column), width: column.width })),
  ];
  return writeXlsx([{ name: sheetName(title), columns: all, rows: rowsOf(deps, exported) }]);
}

/** An empty sheet to be filled in, with what may be chosen, and a second one that says what each column takes. */
export function templateXlsx({ type }: Kind): AsyncGenerator<Uint8Array> {
  const { title, columns } = sheetOf(type);
  return writeXlsx([
    {
      name: sheetName(title),
      columns: columns.map(({ header, width, required, allowed }) => ({
        heading: header,
        width,
        required,
        ...(allowed === undefined ? {} : { options: allowed }),
      })),
      rows: none(),
    },
    {
      name: '填写说明',
      columns: [
        { heading: '列名', width: 28 },
        { heading: '是否必填', width: 12 },
        { heading: '填写要求', width: 60 },
        { heading: 'How to fill it in', width: 60 },
      ],
      rows: notesOf(columns),
    },
  ]);
}

async function* none(): AsyncGenerator<readonly string[]> {}

async function* notesOf(columns: readonly SheetColumn[]): AsyncGenerator<readonly string[]> {
  for (const column of columns) {
    yield [headingOf(column), column.required ? '必填' : '', column.note.zh, column.note.en];
  }
}

/** Excel refuses longer names and these characters. */
const sheetName = (title: string): string => title.replaceAll(/[[\]:*?/\\]/g, '').slice(0, 31);
