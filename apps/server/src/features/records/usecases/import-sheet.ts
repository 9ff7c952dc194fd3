import type { SheetAnswer } from '@hufu/contracts';
import {
  type Event,
  type Issue,
  NONE,
  type RecordType,
  readHeader,
  readRow,
  readTaken,
  type SheetColumn,
  sheetOf,
  type Values,
} from '@hufu/library';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import { infraError } from '../../../infra/errors.ts';
import { ListedError } from '../../../infra/http/listed-error.ts';
import { readSheet } from '../../../infra/sheets/read-sheet.ts';
import type { Cell, SheetRow } from '../../../infra/sheets/sheet.ts';
import type { Kind } from '../catalogue.ts';
import type { RecordsDeps } from '../deps.ts';
import { recordError } from '../errors.ts';
import type { RecordOwner, WriteOrder } from '../face.ts';
import { createMany } from './create-many.ts';
import { type Known, knownNames } from './known-names.ts';
import { idsIn, referenceFields, referenceIssues, referredRecords } from './references.ts';
import { takenValues } from './taken-values.ts';

/** Rows of data; the headings are one more. */
export const MOST_ROWS = 10_000;
const MOST_COLUMNS = 300;

type Fault = SheetAnswer['faults'][number];
type Imported = {
  readonly kind: Kind;
  readonly bytes: Uint8Array;
  readonly mode: 'all' | 'good-rows' | 'check';
  readonly event?: string | undefined;
  readonly order: Pick<WriteOrder, 'entityId' | 'by' | 'actor' | 'origin' | 'parentId'>;
};

type Row = {
  readonly number: number;
  readonly values: Values;
  readonly faults: readonly Fault[];
  readonly warnings: readonly Fault[];
};

/** As often a sheet is read anew because others wrote the same numbers meanwhile. */
const MOST_READINGS = 3;

/**
 * Adds records from a sheet. Every row is read and every fault of every row told, with its cell and what to do;
 * then all are written in one transaction, or none is; with `good-rows` those that have no fault.
 * @throws SHEET_…, RECORD_NO_TEMPLATE
 */
export async function importSheet(deps: RecordsDeps, imported: Imported): Promise<SheetAnswer> {
  const { kind, bytes, mode, order } = imported;
  const event = eventOf(kind.type, imported.event);
  const [head, ...rows] = await readSheet(bytes, { rows: MOST_ROWS + 1, columns: MOST_COLUMNS });
  if (head === undefined || rows.length === 0) throw infraError('SHEET_EMPTY');
  const columns = columnsOf(kind.type, head);
  for (let reading = 1; ; reading += 1) {
    const read = await readRows(deps, { kind, event, columns, rows, order });
    const good = read.filter(({ faults }) => faults.length === 0);
    const answer = answerOf(read);
    const stays = mode === 'check' || good.length === 0 || (mode === 'all' && good.length < rows.length);
    if (stays) return answer;
    try {
      const late = await writeRows(deps, { kind, event, order, rows: good, isWhole: mode === 'all' });
      return withLate(answer, late, mode === 'all');
    } catch (error) {
      // Somebody else wrote one of them meanwhile: read anew, the sheet says which.
      if (!(error instanceof ListedError) || reading === MOST_READINGS) throw error;
    }
  }
}

const answerOf = (read: readonly Row[]): SheetAnswer => ({
  rows: read.length,
  good: read.filter(({ faults }) => faults.length === 0).length,
  written: 0,
  faults: read.flatMap(({ faults }) => faults),
  warnings: read.flatMap(({ warnings }) => warnings),
});

function withLate(answer: SheetAnswer, late: readonly Fault[], isWhole: boolean): SheetAnswer {
  const good = answer.good - new Set(late.map(({ row }) => row)).size;
  const written = isWhole && late.length > 0 ? 0 : good;
  return { ...answer, good, written, faults: [...answer.faults, ...late] };
}

/** What the caller names, or a draft where there are drafts: papers are added to it afterwards. */
function eventOf(type: RecordType, name: string | undefined): Event {
  const births = type.lifeCycle.events.filter(
    ({ from, by, takes }) =>
      from.includes(NONE) && by.includes('primary') && takes !== undefined && 'values' in takes,
  );
  const event = name === undefined ? births[0] : births.find((one) => one.name === name);
  if (event === undefined || type.single === true) throw recordError('RECORD_NO_TEMPLATE');
  return event;
}

function columnsOf(type: RecordType, head: SheetRow): ReadonlyMap<number, SheetColumn> {
  const last = Math.max(...head.cells.keys());
  const heads = Array.from({ length: last + 1 }, (_, at) => head.cells.get(at)?.text ?? '');
  const { columns, issues } = readHeader(type, heads);
  if (issues.length > 0) {
    throw new ListedError(
      'SHEET_COLUMNS',
      issues.map(({ path, code, says }) => ({ path, code, says })),
    );
  }
  return new Map(columns.flatMap((column, at) => (column === undefined ? [] : [[at, column]])));
}

/** As the engine reads cells: a number that lost its last digits must look like one. */
function rawCell({ text, kind }: Cell): unknown {
  if (kind === 'inexact') return Number(text);
  return kind === 'error' ? { error: text } : text;
}

type Reading = {
  readonly kind: Kind;
  readonly event: Event;
  readonly columns: ReadonlyMap<number, SheetColumn>;
  readonly rows: readonly SheetRow[];
  readonly order: Imported['order'];
};

async function readRows(deps: RecordsDeps, reading: Reading): Promise<Row[]> {
  const { kind, columns, rows, order } = reading;
  const { db } = deps.database;
  const owner = await deps.owner(db, order.entityId);
  if (owner === undefined) throw recordError('RECORD_UNKNOWN');
  const known = await knownNames(deps, db, {
    kind,
    columns: [...columns.values()],
    entityId: order.entityId,
  });
  const taken = await takenValues(deps, db, { kind, ...order });
  const read: Row[] = [];
  for (const [at, row] of rows.entries()) {
    read.push(readOne(deps, reading, { row, owner, known, taken }));
    if (at % YIELD_EVERY === YIELD_EVERY - 1) await nextTurn();
  }
  return withReferences(deps, { ...reading, read });
}

const YIELD_EVERY = 200;
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type One = {
  readonly row: SheetRow;
  readonly owner: RecordOwner;
  readonly known: Known;
  readonly taken: Awaited<ReturnType<typeof takenValues>>;
};

function readOne(
  deps: RecordsDeps,
  { kind, event, columns }: Reading,
  { row, owner, known, taken }: One,
): Row {
  const cells: Record<string, unknown> = {};
  for (const [at, cell] of row.cells) {
    const column = columns.get(at);
    if (column !== undefined) cells[column.key] = rawCell(cell);
  }
  const { raw, issues } = readRow(kind.type, cells, known);
  const read = readTaken(kind.type, raw, { of: event, today: deps.today(), entity: owner, settled: false });
  const broken = new Set(issues.map(({ path }) => path.split('.', 1)[0]));
  const others = (read.ok ? read.warnings : read.issues).filter(
    ({ path }) => !broken.has(path.split('.', 1)[0]),
  );
  const values = read.ok ? read.values : {};
  const all = [...issues, ...others, ...(read.ok ? taken.issues(values) : [])];
  return rowOf(kind.type, { row, values, issues: all });
}

function rowOf(
  type: RecordType,
  {
    row,
    values,
    issues,
  }: { readonly row: Pick<SheetRow, 'number'>; readonly values: Values; readonly issues: readonly Issue[] },
): Row {
  const told = (severity: Issue['severity']): Fault[] =>
    issues.filter((one) => one.severity === severity).map((issue) => faultOf(type, row.number, issue));
  return { number: row.number, values, faults: told('error'), warnings: told('warning') };
}

function faultOf(type: RecordType, row: number, { path, code, says }: Issue): Fault {
  const { columns } = sheetOf(type);
  const [field = ''] = path.split('.', 1);
  const column = columns.find(({ key }) => key === path) ?? columns.find((one) => one.field.name === field);
  return { row, column: column?.header.replace(/\*$/, '') ?? '', field, code, says };
}

/** References are held against the store for all rows at once. */
async function withReferences(
  deps: RecordsDeps,
  { kind, event, order, read }: Reading & { readonly read: readonly Row[] },
): Promise<Row[]> {
  const fields = referenceFields(kind.type, event);
  if (fields.length === 0) return [...read];
  const { entityId } = order;
  const ids = read.flatMap(({ values }) => idsIn(fields, values));
  const found = await referredRecords(deps, deps.database.db, { entityId, fields, ids });
  return read.map((row) => {
    const issues = referenceIssues(deps, fields, { values: row.values, before: {}, found });
    const faults = issues.map((issue) => faultOf(kind.type, row.number, issue));
    return { ...row, faults: [...row.faults, ...faults] };
  });
}

type Writing = Pick<Reading, 'kind' | 'event' | 'order'> & {
  readonly rows: readonly Row[];
  /** All or none. */
  readonly isWhole: boolean;
};

const BATCH = 500;

/** Ends a transaction of which nothing shall stay. */
class TakenBack extends Error {}

/**
 * In one transaction, many in a round trip. @returns what only the store can tell, of every row
 * @throws LIB_INVALID when a number is taken by now; nothing is written then
 */
async function writeRows(deps: RecordsDeps, writing: Writing): Promise<readonly Fault[]> {
  let late: Fault[] = [];
  try {
    await withTransaction(deps.database, async (tx) => {
      late = [];
      for (let at = 0; at < writing.rows.length; at += BATCH) {
        late.push(...(await writeSome(deps, tx, { ...writing, rows: writing.rows.slice(at, at + BATCH) })));
      }
      if (writing.isWhole && late.length > 0) throw new TakenBack();
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error;
  }
  return late;
}

async function writeSome(deps: RecordsDeps, tx: Tx, { kind, event, order, rows }: Writing): Promise<Fault[]> {
  const { entityId, ...by } = order;
  const owner = await deps.owner(tx, entityId);
  if (owner === undefined) throw recordError('RECORD_UNKNOWN');
  const created = await createMany(deps, tx, {
    ...by,
    type: kind.type.name,
    event: event.name,
    records: rows.map(({ values }) => ({ entityId, owner, taken: values })),
  });
  return created.flatMap((one, at) => {
    if (one.ok) return [];
    const { error } = one;
    if (!(error instanceof ListedError)) throw error;
    return error.complaints.map((told) =>
      faultOf(kind.type, rows[at]!.number, { ...told, severity: 'error' }),
    );
  });
}
