import { CodedError } from '@hufu/kernel';
import { readHeader, recordType } from '@hufu/library';
import { sql } from 'kysely';
import { withTransaction } from '../../../infra/database/database.ts';
import { infraError } from '../../../infra/errors.ts';
import { readSheet } from '../../../infra/sheets/read-sheet.ts';
import type { Cell, SheetRow } from '../../../infra/sheets/sheet.ts';
import type { StewardDeps } from '../ports.ts';
import { lockImport, setState } from './import-store.ts';

const MOST_ROWS = 100_000;
const MOST_COLUMNS = 300;
const BATCH = 500;
const OWNER = '统一社会信用代码';

/** Of a staged row's cells: they cannot be moved to another row. */
export const cellsPlace = (id: string, no: number): string => `library_import_row.cells:${id}/${no}`;

/** As the engine reads cells: a number that lost its last digits must look like one. */
function rawCell({ text, kind }: Cell): unknown {
  if (kind === 'inexact') return Number(text);
  return kind === 'error' ? { error: text } : text;
}

type Staged = { readonly no: number; readonly uscc: string; readonly cells: Record<string, unknown> };

function stagedRows(typeName: string, [head, ...rows]: readonly SheetRow[]): Staged[] {
  if (head === undefined || rows.length === 0) throw infraError('SHEET_EMPTY');
  const first = head.cells.get(0)?.text.replace(/\*$/, '').trim();
  if (first !== OWNER) throw infraError('SHEET_COLUMNS');
  const last = Math.max(...head.cells.keys());
  const heads = Array.from({ length: last }, (_, at) => head.cells.get(at + 1)?.text ?? '');
  const { columns, issues } = readHeader(recordType(typeName), heads);
  if (issues.length > 0) throw infraError('SHEET_COLUMNS');
  return rows.map(({ number, cells }) => ({
    no: number,
    uscc: (cells.get(0)?.text ?? '').normalize('NFKC').trim().toUpperCase().slice(0, 64),
    cells: Object.fromEntries(
      columns.flatMap((column, at) => {
        const cell = cells.get(at + 1);
        return column === undefined || cell === undefined ? [] : [[column.key, rawCell(cell)]];
      }),
    ),
  }));
}

/**
 * The rows of the file, sealed, all in one transaction with the end of the file itself: a process that dies leaves the
 * file, and the next one begins anew. A file that cannot be read ends the import with its code.
 */
export async function stageRows(deps: StewardDeps, id: string): Promise<void> {
  const { rows } = await sql<{ type: string; content: Uint8Array | null }>`
    select type, content from library_import where id = ${id} and state = 'READING'`.execute(
    deps.database.db,
  );
  const [found] = rows;
  if (found?.content == null) return;
  const at = new Date(deps.clock.now());
  try {
    const limits = { rows: MOST_ROWS + 1, columns: MOST_COLUMNS };
    const staged = stagedRows(found.type, await readSheet(new Uint8Array(found.content), limits));
    await withTransaction(deps.database, async (tx) => {
      await lockImport(tx, id, ['READING']);
      for (let from = 0; from < staged.length; from += BATCH) {
        const part = staged.slice(from, from + BATCH);
        await sql`
          insert into library_import_row (import_id, no, uscc, cells_sealed)
          select ${id}, no, uscc, cells
            from unnest(${part.map(({ no }) => no)}::int[], ${part.map(({ uscc }) => uscc)}::text[],
                        ${part.map(({ no, cells }) => deps.cipher.seal(JSON.stringify(cells), cellsPlace(id, no)))}::text[])
              as staged (no, uscc, cells)
          on conflict do nothing`.execute(tx);
      }
      await sql`
        update library_import set rows = ${staged.length}, content = null, updated_at = ${at} where id = ${id}`.execute(
        tx,
      );
    });
  } catch (error) {
    if (!(error instanceof CodedError) || !error.code.startsWith('SHEET_')) throw error;
    await withTransaction(deps.database, async (tx) => {
      await lockImport(tx, id, ['READING']);
      await setState(tx, { id, state: 'FAILED', at, failure: error.code });
    });
  }
}
