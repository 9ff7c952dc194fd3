import { addDays, shanghaiParts } from '@hufu/kernel';
import { RECORD_TYPES, type RecordType, storageOf } from '@hufu/library';
import { type RawBuilder, sql } from 'kysely';
import { withTransaction } from '../../../infra/database/database.ts';
import type { StewardDeps } from '../ports.ts';

const OLD_DRAFT_DAYS = 90;
/** Findings kept of one kind; the counts are whole. */
const MOST_KEPT = 10_000;
const REPORTS_KEPT = 30;

type Part = RawBuilder<unknown>;

type Store = {
  readonly type: RecordType;
  readonly table: Part;
  /** Column of a field, where the type has one. */
  column(field: string | undefined): Part | undefined;
};

function storeOf(type: RecordType): Store {
  const { table, columns } = storageOf(type);
  return {
    type,
    table: sql.table(table),
    column: (field) => {
      const found = columns.find((one) => one.field === field);
      return found && sql.ref(found.name);
    },
  };
}

const statesOf = (type: RecordType, wanted: (state: RecordType['lifeCycle']['states'][number]) => boolean) =>
  type.lifeCycle.states.filter(wanted).map(({ name }) => name);

const usableStates = (type: RecordType): string[] => statesOf(type, ({ usable }) => usable === true);

/** Each gives `entity_id, type, record_id, day, together`. */
function expired({ type, table, column }: Store, today: string): Part[] {
  const ends = column(type.expires);
  if (ends === undefined) return [];
  return [
    sql`select entity_id, ${type.name}::text as type, id as record_id, ${ends}::date as day, null::text as together
          from ${table} where ${ends} < ${today}::date and state = any(${usableStates(type)}::text[])`,
  ];
}

function oldDrafts({ type, table }: Store, today: string): Part[] {
  if (!type.lifeCycle.states.some(({ name }) => name === 'editing')) return [];
  const before = addDays(today, -OLD_DRAFT_DAYS);
  return [
    sql`select entity_id, ${type.name}::text as type, id as record_id, updated_at::date as day, null::text as together
          from ${table} where state = 'editing' and updated_at < ${before}::date`,
  ];
}

/** Papers of an organisation; the number of a person's paper moves with the person. */
function certificates({ type, table, column }: Store): Part[] {
  const number = type.parent === undefined ? column('certNo') : undefined;
  if (number === undefined) return [];
  return [
    sql`select entity_id, ${type.name}::text as type, id as record_id, null::date as day,
               ${type.name} || ':' || upper(${number}) as together
          from ${table} where ${number} is not null and state = any(${usableStates(type)}::text[])`,
  ];
}

function persons({ type, table, column }: Store): Part[] {
  const number = type.name === 'person' ? column('idNo') : undefined;
  if (number === undefined) return [];
  return [
    sql`select entity_id, ${type.name}::text as type, id as record_id, null::date as day, ${number} as together
          from ${table} where ${number} is not null and state = 'employed'`,
  ];
}

/** Those that stand at several entities. */
const shared = (parts: readonly Part[]): Part => sql`
  select found.* from (${sql.join(parts, sql` union all `)}) found
    join (select together from (${sql.join(parts, sql` union all `)}) every
           group by together having count(distinct entity_id) > 1) several using (together)`;

const NOTHING = sql`
  select null::text as entity_id, null::text as type, null::uuid as record_id, null::date as day, null::text as together
   where false`;

const together = (parts: readonly Part[]): Part =>
  parts.length === 0 ? NOTHING : sql.join(parts, sql` union all `);

/** Looks at all records and writes down what is amiss; earlier reports are kept for a month. */
export async function makeReport(deps: Pick<StewardDeps, 'database' | 'clock'>): Promise<void> {
  const now = deps.clock.now();
  const today = shanghaiParts(now).date;
  const stores = RECORD_TYPES.map(storeOf);
  const sources = {
    EXPIRED_PAPER: together(stores.flatMap((store) => expired(store, today))),
    OLD_DRAFT: together(stores.flatMap((store) => oldDrafts(store, today))),
    SHARED_CERTIFICATE: oneOf(stores.flatMap(certificates)),
    PERSON_AT_TWO: oneOf(stores.flatMap(persons)),
  };
  await withTransaction(deps.database, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      insert into library_quality_report (made_at, counts) values (${new Date(now)}, '{}') returning id`.execute(
      tx,
    );
    const id = rows[0]!.id;
    const counts: Record<string, { count: number; entities: number }> = {};
    for (const [kind, source] of Object.entries(sources)) {
      await sql`create temporary table found on commit drop as ${source}`.execute(tx);
      const counted = await sql<{ count: number; entities: number }>`
        select count(*)::int as count, count(distinct entity_id)::int as entities from found`.execute(tx);
      counts[kind] = counted.rows[0]!;
      await sql`
        insert into library_quality_finding (report_id, kind, no, entity_id, type, record_id, day, together)
        select ${id}, ${kind}, row_number() over (order by day nulls last, together, entity_id, record_id),
               entity_id, type, record_id, day, together
          from found order by day nulls last, together, entity_id, record_id limit ${MOST_KEPT}`.execute(tx);
      await sql`drop table found`.execute(tx);
    }
    await sql`update library_quality_report set counts = ${JSON.stringify(counts)}::jsonb where id = ${id}`.execute(
      tx,
    );
    await sql`
      delete from library_quality_report
       where id not in (select id from library_quality_report order by id desc limit ${REPORTS_KEPT})`.execute(
      tx,
    );
  });
}

const oneOf = (parts: readonly Part[]): Part => (parts.length === 0 ? NOTHING : shared(parts));
