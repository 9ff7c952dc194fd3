import type { StewardImport } from '@hufu/contracts';
import { recordType } from '@hufu/library';
import { type RawBuilder, sql } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { stewardError } from '../errors.ts';

export type ImportRow = {
  readonly id: string;
  readonly type: string;
  readonly event: string;
  readonly file_name: string;
  readonly state: StewardImport['state'];
  readonly failure: string | null;
  readonly rows: number;
  readonly created_by: string;
  readonly created_at: Date;
  readonly updated_at: Date;
};

const COLUMNS = sql.raw(
  'id, type, event, file_name, state, failure, rows, created_by, created_at, updated_at',
);

/** Held until the transaction ends. @throws STEWARD_IMPORT_STATE unless it is in one of these */
export const lockImport = (tx: Tx, id: string, states: readonly ImportRow['state'][]): Promise<ImportRow> =>
  holdImport(tx, { id, states, lock: sql`for update` });

/** The same, while others may keep it in that state too. */
export const keepImport = (tx: Tx, id: string, states: readonly ImportRow['state'][]): Promise<ImportRow> =>
  holdImport(tx, { id, states, lock: sql`for share` });

type Holding = {
  readonly id: string;
  readonly states: readonly ImportRow['state'][];
  readonly lock: RawBuilder<unknown>;
};

async function holdImport(tx: Tx, { id, states, lock }: Holding): Promise<ImportRow> {
  const { rows } = await sql<ImportRow>`
    select ${COLUMNS} from library_import where id = ${id} ${lock}`.execute(tx);
  const [row] = rows;
  if (row === undefined || !states.includes(row.state)) throw stewardError('STEWARD_IMPORT_STATE');
  return row;
}

export async function importById(executor: Executor, id: string): Promise<ImportRow | undefined> {
  const { rows } = await sql<ImportRow>`select ${COLUMNS} from library_import where id = ${id}`.execute(
    executor,
  );
  return rows[0];
}

export async function setState(
  tx: Tx,
  {
    id,
    state,
    at,
    failure = null,
  }: { id: string; state: ImportRow['state']; at: Date; failure?: string | null },
): Promise<void> {
  await sql`
    update library_import set state = ${state}, failure = ${failure}, updated_at = ${at} where id = ${id}`.execute(
    tx,
  );
  if (state !== 'READING') await sql`delete from library_import_piece where import_id = ${id}`.execute(tx);
}

type Counts = { readonly import_id: string; readonly verdict: string; readonly count: number };

async function viewsOf(executor: Executor, rows: readonly ImportRow[]): Promise<StewardImport[]> {
  const counted = await sql<Counts>`
    select import_id, verdict, count(*)::int as count from library_import_row
     where import_id = any(${rows.map(({ id }) => id)}::text[]) group by import_id, verdict`.execute(
    executor,
  );
  const count = (id: string, verdict: string): number =>
    counted.rows.find((one) => one.import_id === id && one.verdict === verdict)?.count ?? 0;
  return rows.map((row) => ({
    id: row.id,
    type: row.type,
    label: recordType(row.type).label,
    fileName: row.file_name,
    state: row.state,
    failure: row.failure,
    rows: row.rows,
    good: count(row.id, 'GOOD'),
    bad: count(row.id, 'BAD'),
    written: count(row.id, 'WRITTEN'),
    refused: count(row.id, 'REFUSED'),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }));
}

/** @throws STEWARD_UNKNOWN_IMPORT */
export async function showImport(executor: Executor, id: string): Promise<StewardImport> {
  const row = await importById(executor, id);
  if (row === undefined) throw stewardError('STEWARD_UNKNOWN_IMPORT');
  const [view] = await viewsOf(executor, [row]);
  return view!;
}

export async function listImports(executor: Executor, asked: { page: number; pageSize: number }) {
  const { page, pageSize } = asked;
  const { rows } = await sql<ImportRow>`
    select ${COLUMNS} from library_import
     order by created_at desc, id limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(executor);
  const counted = await sql<{ total: number }>`select count(*)::int as total from library_import`.execute(
    executor,
  );
  return { items: await viewsOf(executor, rows), total: counted.rows[0]?.total ?? 0, page, pageSize };
}

type FaultRow = { readonly no: number; readonly uscc: string; readonly faults: readonly ImportFault[] };
export type ImportFault = {
  readonly column: string;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
};

const BATCH = 1_000;

export async function* everyFault(executor: Executor, id: string): AsyncGenerator<readonly string[]> {
  let last = 0;
  for (;;) {
    const { rows } = await sql<FaultRow>`
      select no, uscc, faults from library_import_row
       where import_id = ${id} and no > ${last} and verdict in ('BAD', 'REFUSED') order by no limit ${BATCH}`.execute(
      executor,
    );
    for (const { no, uscc, faults } of rows) {
      for (const { column, code, zh, en } of faults) yield [String(no), uscc, column, code, zh, en];
    }
    last = rows.at(-1)?.no ?? last;
    if (rows.length < BATCH) return;
  }
}
