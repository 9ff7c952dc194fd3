import { CodedError } from '@hufu/kernel';
import { recordType } from '@hufu/library';
import { sql } from 'kysely';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import { ListedError } from '../../../infra/http/listed-error.ts';
import type { StewardDeps } from '../ports.ts';
import { type ImportFault, type ImportRow, importById, lockImport, setState } from './import-store.ts';
import { faultOf, judgeRow, type StagedRow } from './judge-rows.ts';

const BATCH = 100;

const nextRows = async (tx: Tx, id: string, most: number): Promise<readonly StagedRow[]> => {
  const { rows } = await sql<StagedRow>`
    select no, uscc, cells_sealed from library_import_row
     where import_id = ${id} and verdict = 'GOOD' order by no limit ${most} for update`.execute(tx);
  return rows;
};

/** The record and the mark that it is written are one: whoever comes after a process that died goes on behind it. */
async function writeRow(
  deps: StewardDeps,
  tx: Tx,
  { batch, row }: { readonly batch: ImportRow; readonly row: StagedRow },
): Promise<void> {
  const judged = await judgeRow(deps, tx, { batch, row });
  if (!('entity' in judged)) {
    await refuse(tx, { id: batch.id, no: row.no, faults: judged.faults });
    return;
  }
  const record = await deps.records.write(tx, {
    entityId: judged.entity.id,
    type: batch.type,
    event: batch.event,
    by: 'primary',
    taken: judged.values,
    actor: { kind: 'operator', id: batch.created_by },
  });
  await sql`
    update library_import_row set verdict = 'WRITTEN', record_id = ${record.id}
     where import_id = ${batch.id} and no = ${row.no}`.execute(tx);
}

type Refused = { readonly id: string; readonly no: number; readonly faults: readonly ImportFault[] };

async function refuse(tx: Tx, { id, no, faults }: Refused): Promise<void> {
  await sql`
    update library_import_row set verdict = 'REFUSED', faults = ${JSON.stringify(faults)}::jsonb
     where import_id = ${id} and no = ${no}`.execute(tx);
}

/** What the store still finds: another record with the same number, for one. */
function faultsOf(type: string, error: CodedError): ImportFault[] {
  const complaints = error instanceof ListedError ? error.complaints : [];
  if (complaints.length === 0) return [{ column: '', code: error.code, zh: error.code, en: error.code }];
  return complaints.map((one) => faultOf(recordType(type), one));
}

/** The next rows that are right; one that is refused after all leaves the others be. @returns whether there may be more */
export async function writeRows(deps: StewardDeps, id: string): Promise<boolean> {
  const batch = await importById(deps.database.db, id);
  if (batch?.state !== 'WRITING') return false;
  try {
    return await withTransaction(deps.database, async (tx) => {
      await lockImport(tx, id, ['WRITING']);
      const rows = await nextRows(tx, id, BATCH);
      for (const row of rows) await writeRow(deps, tx, { batch, row });
      if (rows.length === BATCH) return true;
      await setState(tx, { id, state: 'DONE', at: new Date(deps.clock.now()) });
      return false;
    });
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    await writeSingly(deps, batch);
    return true;
  }
}

/** After a batch that failed: each row on its own, so that the one at fault is known. */
async function writeSingly(deps: StewardDeps, batch: ImportRow): Promise<void> {
  for (let left = BATCH; left > 0; left -= 1) {
    let no: number | undefined;
    try {
      await withTransaction(deps.database, async (tx) => {
        const [row] = await nextRows(tx, batch.id, 1);
        no = row?.no;
        if (row !== undefined) await writeRow(deps, tx, { batch, row });
      });
    } catch (error) {
      if (!(error instanceof CodedError) || no === undefined) throw error;
      const refused = { id: batch.id, no, faults: faultsOf(batch.type, error) };
      await withTransaction(deps.database, (tx) => refuse(tx, refused));
    }
    if (no === undefined) return;
  }
}
