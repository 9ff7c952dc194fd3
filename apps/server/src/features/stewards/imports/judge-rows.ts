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
} from '@hufu/library';
import { sql } from 'kysely';
import { type Executor, type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { EntityCard } from '../../entities/index.ts';
import { stewardError } from '../errors.ts';
import type { StewardDeps } from '../ports.ts';
import { type ImportFault, type ImportRow, importById, lockImport, setState } from './import-store.ts';
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

/** A row, and the entity that it names when there is one. */
export type OwnedRow = { readonly row: StagedRow; readonly entity: EntityCard | undefined };

export async function withOwners(
  deps: Pick<StewardDeps, 'directory'>,
  executor: Executor,
  rows: readonly StagedRow[],
): Promise<OwnedRow[]> {
  const entities = await deps.directory.byUsccs(executor, [...new Set(rows.map(({ uscc }) => uscc))]);
  return rows.map((row) => ({ row, entity: entities.get(row.uscc) }));
}

/** What a row is refused for whatever it says; otherwise its values as they came. */
export type Read =
  | {
      readonly entity: EntityCard;
      readonly raw: Readonly<Record<string, unknown>>;
      readonly issues: readonly Issue[];
    }
  | { readonly faults: readonly ImportFault[] };

const OWNER = '统一社会信用代码';
const unusable = (zh: string, en: string): Read => ({
  faults: [{ column: OWNER, code: 'STEWARD_UNKNOWN_ENTITY', zh, en }],
});

export function readStaged(
  deps: Pick<StewardDeps, 'cipher'>,
  batch: ImportRow,
  { row, entity }: OwnedRow,
): Read {
  if (entity === undefined) return unusable('没有该统一社会信用代码的主体', 'No entity has this code.');
  if (entity.state === 'FROZEN') return unusable('该主体已被冻结', 'This entity is frozen.');
  const text = deps.cipher.open(row.cells_sealed, cellsPlace(batch.id, row.no));
  const { raw, issues } = readRow(recordType(batch.type), JSON.parse(text) as Record<string, unknown>);
  return { entity, raw, issues };
}

/** Every fault of a row, before a second person looks. */
function judge(deps: Pick<StewardDeps, 'cipher' | 'clock'>, batch: ImportRow, owned: OwnedRow) {
  const read = readStaged(deps, batch, owned);
  if ('faults' in read) return read.faults;
  const type = recordType(batch.type);
  const { entity, raw, issues } = read;
  const taken = readTaken(type, raw, {
    of: birthOf(type),
    today: shanghaiParts(deps.clock.now()).date,
    entity: { name: entity.name, uscc: entity.uscc },
    settled: false,
  });
  const broken = new Set(issues.map(({ path }) => path.split('.', 1)[0]));
  const others = taken.ok ? [] : taken.issues.filter(({ path }) => !broken.has(path.split('.', 1)[0]));
  return [...issues, ...others].map((issue) => faultOf(type, issue));
}

export function faultOf(type: RecordType, { path, code, says }: Omit<Issue, 'severity'>): ImportFault {
  const { columns } = sheetOf(type);
  const [field = ''] = path.split('.', 1);
  const column = columns.find(({ key }) => key === path) ?? columns.find((one) => one.field.name === field);
  return { column: column?.header.replace(/\*$/, '') ?? '', code, zh: says.zh, en: says.en };
}

/** Gives every row its verdict, many in a transaction; goes on where it was left. */
export async function judgeRows(deps: StewardDeps, id: string): Promise<void> {
  const batch = await importById(deps.database.db, id);
  let isDone = batch?.state !== 'READING';
  while (batch !== undefined && !isDone) {
    isDone = await withTransaction(deps.database, (tx) => judgeNext(deps, tx, batch));
  }
}

/** @returns whether these were the last */
async function judgeNext(deps: StewardDeps, tx: Tx, batch: ImportRow): Promise<boolean> {
  const { id } = await lockImport(tx, batch.id, ['READING']);
  const { rows } = await sql<StagedRow>`
    select no, uscc, cells_sealed from library_import_row
     where import_id = ${id} and verdict = 'NEW' order by no limit ${BATCH}`.execute(tx);
  const verdicts = (await withOwners(deps, tx, rows)).map((owned) => {
    const faults = judge(deps, batch, owned);
    const verdict = faults.length === 0 ? 'GOOD' : 'BAD';
    return { no: owned.row.no, verdict, faults: JSON.stringify(faults) };
  });
  await sql`
    update library_import_row r set verdict = v.verdict, faults = v.faults::jsonb
      from unnest(${verdicts.map(({ no }) => no)}::int[], ${verdicts.map(({ verdict }) => verdict)}::text[],
                  ${verdicts.map(({ faults }) => faults)}::text[]) as v (no, verdict, faults)
     where r.import_id = ${id} and r.no = v.no`.execute(tx);
  if (rows.length === BATCH) return false;
  await setState(tx, { id, state: 'READ', at: new Date(deps.clock.now()) });
  return true;
}
