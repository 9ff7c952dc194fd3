import type { StewardRecord } from '@hufu/contracts';
import { maskValues, personalFields, RECORD_TYPES, type RecordType, tableOf, titleOf } from '@hufu/library';
import { sql } from 'kysely';
import type { AuditActor, AuditOrigin } from '../../../infra/audit/audit.ts';
import { withTransaction } from '../../../infra/database/database.ts';
import type { RecordRow } from '../../records/index.ts';
import { stewardError } from '../errors.ts';
import type { StewardDeps } from '../ports.ts';

/** @throws STEWARD_UNKNOWN_ENTITY: a type that there is not has no records of anybody */
function typeOf(name: string): RecordType {
  const type = RECORD_TYPES.find((one) => one.name === name);
  if (type === undefined) throw stewardError('STEWARD_UNKNOWN_ENTITY');
  return type;
}

function viewOf(type: RecordType, row: RecordRow, clear: boolean): StewardRecord {
  const all = { ...row.values, ...row.system };
  const values = clear ? all : maskValues(type, all);
  const masked = clear ? [] : personalFields(type).flatMap(({ name }) => (name in all ? [name] : []));
  return {
    id: row.id,
    type: row.type,
    state: row.state,
    version: row.version,
    title: titleOf(type, values),
    values,
    masked,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

type Asked = {
  readonly entityId: string;
  readonly typeName: string;
  readonly page: number;
  readonly pageSize: number;
};

export async function listRecords(deps: StewardDeps, { entityId, typeName, page, pageSize }: Asked) {
  const type = typeOf(typeName);
  const { db } = deps.database;
  const table = sql.table(tableOf(type));
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from ${table} where entity_id = ${entityId}`.execute(db);
  const { rows } = await sql<{ id: string }>`
    select id from ${table} where entity_id = ${entityId}
     order by updated_at desc, id desc limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db);
  const items: StewardRecord[] = [];
  for (const { id } of rows) {
    items.push(viewOf(type, await deps.records.read(db, { entityId, type: type.name, id }), false));
  }
  return { items, total: counted.rows[0]?.total ?? 0, page, pageSize };
}

type Revealing = {
  readonly entityId: string;
  readonly typeName: string;
  readonly id: string;
  readonly reason: string;
  readonly actor: AuditActor;
  readonly from: AuditOrigin;
};

/** Nobody sees it before it stands in the log who looks, and why. @throws RECORD_UNKNOWN */
export async function revealRecord(deps: StewardDeps, asked: Revealing): Promise<StewardRecord> {
  const { entityId, typeName, id, reason, actor, from } = asked;
  const type = typeOf(typeName);
  return withTransaction(deps.database, async (tx) => {
    const row = await deps.records.read(tx, { entityId, type: type.name, id });
    await deps.audit.record(tx, {
      actor,
      action: 'record.reveal',
      subject: { kind: 'record', id },
      after: { type: type.name, fields: personalFields(type).map(({ name }) => name) },
      reason,
      entity: entityId,
      origin: from,
    });
    return viewOf(type, row, true);
  });
}
