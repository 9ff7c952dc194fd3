import type { EntityFilter, EntityListPage, EntityListQuery } from '@hufu/contracts';
import { addDays, shanghaiInstant } from '@hufu/kernel';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Executor } from '../../../infra/database/database.ts';
import { ENTITY_COLUMNS, ENTITY_TABLES, type EntityRow, entityOf } from './entity-row.ts';

export type Filter = z.output<typeof EntityFilter>;
type Asked = z.output<typeof EntityListQuery>;
type Part = RawBuilder<unknown>;

/** Nobody turns more pages; to count two millions would cost more than to show them. */
const MOST_COUNTED = 10_000;

const STATES: Readonly<Record<NonNullable<Filter['state']>, Part>> = {
  REGISTERED_SIMPLE: sql`l.state = 'REGISTERED_SIMPLE' and l.frozen_at is null`,
  ACTIVE: sql`l.state = 'ACTIVE' and l.frozen_at is null`,
  FROZEN: sql`l.frozen_at is not null and l.merged_into is null`,
  MERGED: sql`l.merged_into is not null`,
};

const LACKS: Readonly<Record<NonNullable<Filter['incomplete']>, Part>> = {
  any: sql`l.state = 'REGISTERED_SIMPLE'`,
  base: sql`l.state = 'REGISTERED_SIMPLE' and l.base_submitted_at is null`,
  letter: sql`l.state = 'REGISTERED_SIMPLE' and l.letter_signed_at is null`,
};

function conditionsOf({ state, kind, region, from, to, incomplete }: Filter): Part {
  const parts: Part[] = [sql`true`];
  if (state !== undefined) parts.push(STATES[state]);
  if (kind !== undefined) parts.push(sql`l.kind = ${kind}`);
  if (region !== undefined) {
    parts.push(sql`(o.f_region like ${`${region}%`} or n.f_region like ${`${region}%`})`);
  }
  if (from !== undefined) parts.push(sql`l.created_at >= ${new Date(shanghaiInstant(from))}`);
  if (to !== undefined) parts.push(sql`l.created_at < ${new Date(shanghaiInstant(addDays(to, 1)))}`);
  if (incomplete !== undefined) parts.push(LACKS[incomplete]);
  return sql.join(parts, sql` and `);
}

const ORDERS: Readonly<Record<Asked['sort'], Part>> = {
  '-registeredAt': sql`l.created_at desc, l.id`,
  registeredAt: sql`l.created_at, l.id desc`,
  '-updatedAt': sql`l.updated_at desc, l.id`,
  updatedAt: sql`l.updated_at, l.id desc`,
  name: sql`l.name_masked, l.id`,
  '-name': sql`l.name_masked desc, l.id desc`,
};

export async function listEntities(executor: Executor, asked: Asked): Promise<EntityListPage> {
  const { page, pageSize, sort } = asked;
  const conditions = conditionsOf(asked);
  const { rows } = await sql<EntityRow>`
    select ${ENTITY_COLUMNS} from ${ENTITY_TABLES} where ${conditions}
     order by ${ORDERS[sort]} limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(executor);
  const counted = await sql<{ total: number }>`
    select count(*)::int as total
      from (select 1 from ${ENTITY_TABLES} where ${conditions} limit ${MOST_COUNTED + 1}) found`.execute(
    executor,
  );
  const total = counted.rows[0]?.total ?? 0;
  return {
    items: rows.map(entityOf),
    total: Math.min(total, MOST_COUNTED),
    capped: total > MOST_COUNTED,
    page,
    pageSize,
  };
}

const BATCH = 1_000;

/** All of them in the order of their ids, a batch at a time: memory does not grow with their number. */
export async function* everyEntity(executor: Executor, filter: Filter): AsyncGenerator<EntityRow> {
  const conditions = conditionsOf(filter);
  let last = '';
  for (;;) {
    const { rows } = await sql<EntityRow>`
      select ${ENTITY_COLUMNS} from ${ENTITY_TABLES} where ${conditions} and l.id > ${last}
       order by l.id limit ${BATCH}`.execute(executor);
    yield* rows;
    last = rows.at(-1)?.id ?? last;
    if (rows.length < BATCH) return;
  }
}
