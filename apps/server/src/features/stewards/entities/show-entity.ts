import type { EntityPageView } from '@hufu/contracts';
import { MODULES, tableOf } from '@hufu/library';
import { sql } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';
import { stewardError } from '../errors.ts';
import { ENTITY_COLUMNS, ENTITY_TABLES, type EntityRow, entityOf } from './entity-row.ts';

type Facts = EntityRow & {
  readonly frozen_reason: string | null;
  readonly registered_by: EntityPageView['registeredBy'];
  readonly base_submitted_at: Date | null;
  readonly letter_signed_at: Date | null;
};

const stamp = (at: Date | null): string | null => at?.toISOString() ?? null;

/** @throws STEWARD_UNKNOWN_ENTITY */
export async function showEntity(executor: Executor, id: string): Promise<EntityPageView> {
  const { rows } = await sql<Facts>`
    select ${ENTITY_COLUMNS}, l.frozen_reason, l.registered_by, l.base_submitted_at, l.letter_signed_at
      from ${ENTITY_TABLES} where l.id = ${id}`.execute(executor);
  const [row] = rows;
  if (row === undefined) throw stewardError('STEWARD_UNKNOWN_ENTITY');
  return {
    ...entityOf(row),
    updatedAt: row.updated_at.toISOString(),
    frozenAt: stamp(row.frozen_at),
    frozenReason: row.frozen_reason,
    registeredBy: row.registered_by,
    baseSubmittedAt: stamp(row.base_submitted_at),
    letterSignedAt: stamp(row.letter_signed_at),
    formerNames: await formerNames(executor, id),
    merged: await mergedInto(executor, id),
    keys: await keysOf(executor, id),
    records: await countsOf(executor, id),
  };
}

async function formerNames(executor: Executor, id: string): Promise<string[]> {
  const { rows } = await sql<{ shown: string }>`
    select distinct shown from library_search where entity_id = ${id} and kind = 'FORMER_NAME' order by shown`.execute(
    executor,
  );
  return rows.map(({ shown }) => shown);
}

async function mergedInto(executor: Executor, id: string): Promise<EntityPageView['merged']> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name_masked as name from library_entity where merged_into = ${id} order by id limit 100`.execute(
    executor,
  );
  return rows;
}

type KeyRow = {
  id: string;
  cert_type: 'TOKEN' | 'MOBILE';
  state: 'SUBMITTED' | 'VOIDED';
  is_primary: boolean;
  authority_name: string;
  cert_key_no: string;
  valid_to: Date;
  last_used_at: Date | null;
};

async function keysOf(executor: Executor, id: string): Promise<EntityPageView['keys']> {
  const { rows } = await sql<KeyRow>`
    select id, cert_type, state, is_primary, authority_name, cert_key_no, valid_to, last_used_at
      from library_key where entity_id = ${id}
     order by is_primary desc, state, created_at, id limit 200`.execute(executor);
  return rows.map((row) => ({
    id: row.id,
    certType: row.cert_type,
    state: row.state,
    isPrimary: row.is_primary,
    authorityName: row.authority_name,
    certKeyNo: row.cert_key_no,
    validTo: row.valid_to.toISOString(),
    lastUsedAt: stamp(row.last_used_at),
  }));
}

/** Of every type, also those of which there is none. */
async function countsOf(executor: Executor, id: string): Promise<EntityPageView['records']> {
  const types = MODULES.flatMap((module) => module.types.map((type) => ({ module, type })));
  const parts = types.map(
    ({ type }) => sql`
      select ${type.name}::text as type, state, count(*)::int as count
        from ${sql.table(tableOf(type))} where entity_id = ${id} group by state`,
  );
  const { rows } = await sql<{ type: string; state: string; count: number }>`
    ${sql.join(parts, sql` union all `)}`.execute(executor);
  return types.map(({ module, type }) => {
    const states = type.lifeCycle.states.flatMap(({ name, label }) => {
      const found = rows.find((row) => row.type === type.name && row.state === name);
      return found === undefined ? [] : [{ state: name, label, count: found.count }];
    });
    const total = states.reduce((sum, { count }) => sum + count, 0);
    return { module: module.label, type: type.name, label: type.label, total, states };
  });
}
