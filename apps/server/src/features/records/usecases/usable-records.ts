import { sql } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';
import type { RecordsDeps } from '../deps.ts';
import type { RecordRow, UsableAsked } from '../face.ts';
import { usableStates } from '../storage/list-query.ts';
import { COLUMNS, tableOf } from '../storage/record-store.ts';
import { openRow } from '../storage/rows.ts';
import type { StoredRow } from '../storage/tables.ts';

const USUAL = 200;
const MOST = 1000;

/** GEN-007, OD-20: what may be used in bidding, in the order of the ids. */
export async function usableRecords(
  deps: RecordsDeps,
  executor: Executor,
  { entityId, types, limit = USUAL, after }: UsableAsked,
): Promise<readonly RecordRow[]> {
  if (types.length === 0) return [];
  const most = Math.min(limit, MOST);
  const parts = types.map((name) => {
    const kind = deps.catalogue.kind(name);
    const beyond = after === undefined ? sql`true` : sql`id > ${after}::uuid`;
    return sql`(select ${name}::text as type, ${COLUMNS} from ${tableOf(kind)}
      where entity_id = ${entityId} and state = any(${usableStates(kind.type)}::text[]) and ${beyond}
      order by id limit ${most})`;
  });
  const { rows } = await sql<StoredRow & { type: string }>`
    select * from (${sql.join(parts, sql` union all `)}) u order by id limit ${most}`.execute(executor);
  return rows.map((row) => openRow(deps, deps.catalogue.kind(row.type).type, row));
}
