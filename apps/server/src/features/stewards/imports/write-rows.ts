import { CodedError } from '@hufu/kernel';
import { recordType } from '@hufu/library';
import { sql } from 'kysely';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import { ListedError } from '../../../infra/http/listed-error.ts';
import type { StewardDeps } from '../ports.ts';
import {
  type ImportFault,
  type ImportRow,
  importById,
  keepImport,
  lockImport,
  setState,
} from './import-store.ts';
import { faultOf, readStaged, type StagedRow, withOwners } from './judge-rows.ts';

const BATCH = 500;

const nextRows = async (tx: Tx, id: string, most: number): Promise<readonly StagedRow[]> => {
  const { rows } = await sql<StagedRow>`
    select no, uscc, cells_sealed from library_import_row
     where import_id = ${id} and verdict = 'GOOD' order by no limit ${most} for update skip locked`.execute(
    tx,
  );
  return rows;
};

type Written = { readonly no: number; readonly record: string };
type Refused = { readonly no: number; readonly faults: readonly ImportFault[] };

/** The records and the marks that they are written are one: whoever comes after a process that died goes on behind them. */
async function writeAll(
  deps: StewardDeps,
  tx: Tx,
  { batch, rows }: { readonly batch: ImportRow; readonly rows: readonly StagedRow[] },
): Promise<void> {
  const refused: Refused[] = [];
  const usable = (await withOwners(deps, tx, rows)).flatMap((owned) => {
    const { no } = owned.row;
    const read = readStaged(deps, batch, owned);
    if ('faults' in read) refused.push({ no, faults: read.faults });
    return 'faults' in read ? [] : [{ no, ...read }];
  });
  const created = await deps.records.create(tx, {
    type: batch.type,
    event: batch.event,
    by: 'primary',
    actor: { kind: 'operator', id: batch.created_by },
    records: usable.map(({ entity, raw }) => ({ entityId: entity.id, owner: entity, taken: raw })),
  });
  const written: Written[] = [];
  for (const [at, { no }] of usable.entries()) {
    const one = created[at]!;
    if (one.ok) written.push({ no, record: one.row.id });
    else refused.push({ no, faults: faultsOf(batch.type, one.error) });
  }
  await markWritten(tx, batch.id, written);
  await markRefused(tx, batch.id, refused);
}

async function markWritten(tx: Tx, id: string, written: readonly Written[]): Promise<void> {
  if (written.length === 0) return;
  await sql`
    update library_import_row r set verdict = 'WRITTEN', record_id = w.record
      from unnest(${written.map(({ no }) => no)}::int[], ${written.map(({ record }) => record)}::uuid[]) as w (no, record)
     where r.import_id = ${id} and r.no = w.no`.execute(tx);
}

async function markRefused(tx: Tx, id: string, refused: readonly Refused[]): Promise<void> {
  if (refused.length === 0) return;
  await sql`
    update library_import_row r set verdict = 'REFUSED', faults = f.faults::jsonb
      from unnest(${refused.map(({ no }) => no)}::int[], ${refused.map(({ faults }) => JSON.stringify(faults))}::text[])
             as f (no, faults)
     where r.import_id = ${id} and r.no = f.no`.execute(tx);
}

function faultsOf(type: string, error: CodedError): ImportFault[] {
  const complaints = error instanceof ListedError ? error.complaints : [];
  if (complaints.length === 0) return [{ column: '', code: error.code, zh: error.code, en: error.code }];
  return complaints.map((one) => faultOf(recordType(type), one));
}

/**
 * So many transactions write at a time: while the database writes the rows of one, those of the other are judged. On one
 * that has a single session, they follow each other.
 */
const WRITERS = 2;

/**
 * Writes the rows that are right, many in a transaction, in the order of the sheet but for what two transactions do at
 * the same time: of two rows with the same number one is written and the other refused.
 */
export async function writeRows(deps: StewardDeps, id: string): Promise<void> {
  const batch = await importById(deps.database.db, id);
  if (batch?.state !== 'WRITING') return;
  const writers = await Promise.allSettled(Array.from({ length: WRITERS }, () => writeOn(deps, batch)));
  const failed = writers.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  await withTransaction(deps.database, async (tx) => {
    await lockImport(tx, id, ['WRITING']);
    await setState(tx, { id, state: 'DONE', at: new Date(deps.clock.now()) });
  });
}

/**
 * Until no rows are left that nobody has taken. Where the store finds another record with the same number, all of a
 * transaction are taken back: half as many are tried then, until the row at fault stands alone and is refused.
 */
async function writeOn(deps: StewardDeps, batch: ImportRow): Promise<void> {
  for (let size = BATCH; ; ) {
    let alone: number | undefined;
    try {
      const count = await withTransaction(deps.database, async (tx) => {
        await keepImport(tx, batch.id, ['WRITING']);
        const rows = await nextRows(tx, batch.id, size);
        alone = rows.length === 1 ? rows[0]?.no : undefined;
        await writeAll(deps, tx, { batch, rows });
        return rows.length;
      });
      if (count === 0) return;
      size = Math.min(BATCH, size * 2);
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      if (size > 1 && alone === undefined) {
        size = Math.ceil(size / 2);
        continue;
      }
      if (alone === undefined) throw error;
      const refused = [{ no: alone, faults: faultsOf(batch.type, error) }];
      await withTransaction(deps.database, (tx) => markRefused(tx, batch.id, refused));
    }
  }
}
