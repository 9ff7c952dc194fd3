import { shanghaiParts } from '@hufu/kernel';
import {
  type Event,
  type Issue,
  NONE,
  type RecordType,
  readRow,
  readTaken,
  recordType,
  sheetOf,
  type Values,
} from '@hufu/library';
import { sql } from 'kysely';
import { type Executor, withTransaction } from '../../../infra/database/database.ts';
import type { EntityCard } from '../../entities/index.ts';
import { stewardError } from '../errors.ts';
import type { StewardDeps } from '../ports.ts';
import { type ImportFault, type ImportRow, lockImport, setState } from './import-store.ts';
import { cellsPlace } from './stage-rows.ts';

const BATCH = 500;

/** What begins a record: a draft where there are drafts, so that its papers are added afterwards. @throws STEWARD_IMPORT_TYPE */
export function birthOf(type: RecordType): Event {
  const event = type.lifeCycle.events.find(
    ({ from, by, takes }) =>
      from.includes(NONE) && by.includes('primary') && takes !== undefined && 'values' in takes,
  );
  if (event === undefined || type.single === true || type.parent !== undefined) {
    throw stewardError('STEWARD_IMPORT_TYPE');
  }
  return event;
}

export type StagedRow = { readonly no: number; readonly uscc: string; readonly cells_sealed: string };

export type Judged =
  | { readonly entity: EntityCard; readonly values: Values; readonly faults: readonly [] }
  | { readonly faults: readonly ImportFault[] };

const OWNER = '统一社会信用代码';
const unusable = (zh: string, en: string): Judged => ({
  faults: [{ column: OWNER, code: 'STEWARD_UNKNOWN_ENTITY', zh, en }],
});

/** The same verdict before a second person looks and again before the row is written. */
export async function judgeRow(
  deps: Pick<StewardDeps, 'cipher' | 'clock' | 'directory'>,
  executor: Executor,
  { batch, row }: { readonly batch: ImportRow; readonly row: StagedRow },
): Promise<Judged> {
  const entity = await deps.directory.byUscc(executor, row.uscc);
  if (entity === undefined) return unusable('没有该统一社会信用代码的主体', 'No entity has this code.');
  if (entity.state === 'FROZEN') return unusable('该主体已被冻结', 'This entity is frozen.');
  const type = recordType(batch.type);
  const event = birthOf(type);
  const cells = JSON.parse(deps.cipher.open(row.cells_sealed, cellsPlace(batch.id, row.no))) as Record<
    string,
    unknown
  >;
  const { raw, issues } = readRow(type, cells);
  const read = readTaken(type, raw, {
    of: event,
    today: shanghaiParts(deps.clock.now()).date,
    entity: { name: entity.name, uscc: entity.uscc },
    settled: false,
  });
  const broken = new Set(issues.map(({ path }) => path.split('.', 1)[0]));
  const others = read.ok ? [] : read.issues.filter(({ path }) => !broken.has(path.split('.', 1)[0]));
  const faults = [...issues, ...others].map((issue) => faultOf(type, issue));
  return faults.length === 0 && read.ok ? { entity, values: read.values, faults: [] } : { faults };
}

export function faultOf(type: RecordType, { path, code, says }: Omit<Issue, 'severity'>): ImportFault {
  const { columns } = sheetOf(type);
  const [field = ''] = path.split('.', 1);
  const column = columns.find(({ key }) => key === path) ?? columns.find((one) => one.field.name === field);
  return { column: column?.header.replace(/\*$/, '') ?? '', code, zh: says.zh, en: says.en };
}

/** The next rows without a verdict. @returns whether there may be more */
export async function judgeRows(deps: StewardDeps, id: string): Promise<boolean> {
  return withTransaction(deps.database, async (tx) => {
    const batch = await lockImport(tx, id, ['READING']);
    const { rows } = await sql<StagedRow>`
      select no, uscc, cells_sealed from library_import_row
       where import_id = ${id} and verdict = 'NEW' order by no limit ${BATCH}`.execute(tx);
    const verdicts: { no: number; verdict: string; faults: string }[] = [];
    for (const row of rows) {
      const { faults } = await judgeRow(deps, tx, { batch, row });
      verdicts.push({
        no: row.no,
        verdict: faults.length === 0 ? 'GOOD' : 'BAD',
        faults: JSON.stringify(faults),
      });
    }
    await sql`
      update library_import_row r set verdict = v.verdict, faults = v.faults::jsonb
        from unnest(${verdicts.map(({ no }) => no)}::int[], ${verdicts.map(({ verdict }) => verdict)}::text[],
                    ${verdicts.map(({ faults }) => faults)}::text[]) as v (no, verdict, faults)
       where r.import_id = ${id} and r.no = v.no`.execute(tx);
    if (rows.length === BATCH) return true;
    await setState(tx, { id, state: 'READ', at: new Date(deps.clock.now()) });
    return false;
  });
}
