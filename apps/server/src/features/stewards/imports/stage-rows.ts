import { CodedError } from '@hufu/kernel';
import { readHeader, recordType, type SheetColumn } from '@hufu/library';
import { sql } from 'kysely';
import { type Executor, type Tx, withTransaction } from '../../../infra/database/database.ts';
import { infraError } from '../../../infra/errors.ts';
import { sheetRows } from '../../../infra/sheets/read-sheet.ts';
import type { Cell, SheetRow, SheetSource } from '../../../infra/sheets/sheet.ts';
import type { StewardDeps } from '../ports.ts';
import { lockImport, setState } from './import-store.ts';

export const MOST_ROWS = 1_000_000;
const MOST_COLUMNS = 300;
const BATCH = 1_000;
const PIECE = 1024 * 1024;
const OWNER = '统一社会信用代码';

/** The file, until its rows are staged. */
export async function keepPieces(tx: Tx, id: string, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += PIECE) {
    await sql`
      insert into library_import_piece (import_id, no, bytes)
      values (${id}, ${at / PIECE}, ${Buffer.from(bytes.subarray(at, at + PIECE))})`.execute(tx);
  }
}

const piecesOf = (executor: Executor, id: string): SheetSource =>
  async function* () {
    for (let no = 0; ; no += 1) {
      const { rows } = await sql<{ bytes: Uint8Array }>`
        select bytes from library_import_piece where import_id = ${id} and no = ${no}`.execute(executor);
      if (rows[0] === undefined) return;
      yield new Uint8Array(rows[0].bytes);
    }
  };

type StageDeps = Pick<StewardDeps, 'database' | 'cipher' | 'clock'>;

/** Of a staged row's cells: they cannot be moved to another row. */
export const cellsPlace = (id: string, no: number): string => `library_import_row.cells:${id}/${no}`;

/** As the engine reads cells: a number that lost its last digits must look like one. */
function rawCell({ text, kind }: Cell): unknown {
  if (kind === 'inexact') return Number(text);
  return kind === 'error' ? { error: text } : text;
}

type Columns = readonly (SheetColumn | undefined)[];

/** @throws SHEET_COLUMNS */
function columnsOf(typeName: string, head: SheetRow): Columns {
  const first = head.cells.get(0)?.text.replace(/\*$/, '').trim();
  if (first !== OWNER) throw infraError('SHEET_COLUMNS');
  const last = Math.max(...head.cells.keys());
  const heads = Array.from({ length: last }, (_, at) => head.cells.get(at + 1)?.text ?? '');
  const { columns, issues } = readHeader(recordType(typeName), heads);
  if (issues.length > 0) throw infraError('SHEET_COLUMNS');
  return columns;
}

type Staged = { readonly no: number; readonly uscc: string; readonly cells: Record<string, unknown> };

const stagedRow = (columns: Columns, { number, cells }: SheetRow): Staged => ({
  no: number,
  uscc: (cells.get(0)?.text ?? '').normalize('NFKC').trim().toUpperCase().slice(0, 64),
  cells: Object.fromEntries(
    columns.flatMap((column, at) => {
      const cell = cells.get(at + 1);
      return column === undefined || cell === undefined ? [] : [[column.key, rawCell(cell)]];
    }),
  ),
});

/**
 * The rows of the file, sealed, many in a transaction. A process that dies leaves the file and what was staged; the next
 * one goes on behind that. A file that cannot be read ends the import with its code.
 */
export async function stageRows(deps: StageDeps, id: string): Promise<void> {
  const { db } = deps.database;
  const { rows } = await sql<{ type: string; last: number }>`
    select i.type, coalesce((select max(no) from library_import_row where import_id = i.id), 0)::int as last
      from library_import i where i.id = ${id} and i.state = 'READING' and not i.staged`.execute(db);
  const [found] = rows;
  if (found === undefined) return;
  try {
    await stageFile(deps, { id, ...found });
  } catch (error) {
    if (!(error instanceof CodedError) || !error.code.startsWith('SHEET_')) throw error;
    await withTransaction(deps.database, async (tx) => {
      await lockImport(tx, id, ['READING']);
      await sql`delete from library_import_row where import_id = ${id}`.execute(tx);
      const at = new Date(deps.clock.now());
      await setState(tx, { id, state: 'FAILED', at, failure: error.code });
    });
  }
}

type Half = { readonly id: string; readonly type: string; readonly last: number };

async function stageFile(deps: StageDeps, { id, type, last }: Half): Promise<void> {
  const limits = { rows: MOST_ROWS + 1, columns: MOST_COLUMNS };
  let columns: Columns | undefined;
  let count = 0;
  let waiting: Staged[] = [];
  const keep = (isLast: boolean) =>
    withTransaction(deps.database, (tx) => keepRows(deps, tx, { id, rows: waiting, count, isLast }));
  for await (const row of sheetRows(piecesOf(deps.database.db, id), limits)) {
    if (columns === undefined) {
      columns = columnsOf(type, row);
      continue;
    }
    count += 1;
    if (row.number <= last) continue;
    waiting.push(stagedRow(columns, row));
    if (waiting.length < BATCH) continue;
    await keep(false);
    waiting = [];
  }
  if (count === 0) throw infraError('SHEET_EMPTY');
  await keep(true);
}

type Part = {
  readonly id: string;
  readonly rows: readonly Staged[];
  /** Rows read so far. */
  readonly count: number;
  readonly isLast: boolean;
};

async function keepRows(deps: StageDeps, tx: Tx, { id, rows, count, isLast }: Part): Promise<void> {
  await lockImport(tx, id, ['READING']);
  const sealed = rows.map(({ no, cells }) => deps.cipher.seal(JSON.stringify(cells), cellsPlace(id, no)));
  await sql`
    insert into library_import_row (import_id, no, uscc, cells_sealed)
    select ${id}, no, uscc, cells
      from unnest(${rows.map(({ no }) => no)}::int[], ${rows.map(({ uscc }) => uscc)}::text[], ${sealed}::text[])
        as staged (no, uscc, cells)
    on conflict do nothing`.execute(tx);
  const at = new Date(deps.clock.now());
  await sql`
    update library_import set rows = ${count}, staged = ${isLast}, updated_at = ${at} where id = ${id}`.execute(
    tx,
  );
  if (isLast) await sql`delete from library_import_piece where import_id = ${id}`.execute(tx);
}
