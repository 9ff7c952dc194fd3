import { sql } from 'kysely';
import type { Tx } from '../../infra/database/database.ts';
import type { WarningDeps } from './deps.ts';
import type { Notice } from './face.ts';

/** One statement for all; what was told of already, under the same name, is left out. @returns how many are new */
export async function writeWarnings(deps: WarningDeps, tx: Tx, notices: readonly Notice[]): Promise<number> {
  if (notices.length === 0) return 0;
  const rows = notices.map(({ entityId, kind, facts, once }) => {
    const id = deps.newId();
    return { id, entity_id: entityId, kind, facts, once: once ?? id };
  });
  const { numAffectedRows } = await sql`
    insert into library_warning (id, entity_id, kind, once, facts, at, mail_due)
    select n.id, n.entity_id, n.kind, n.once, n.facts, ${new Date(deps.clock.now())},
           coalesce(p.confirmed and p.kinds @> to_jsonb(n.kind), false)
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as n (id text, entity_id text, kind text, once text, facts jsonb)
      left join library_warning_preference p on p.entity_id = n.entity_id
    on conflict (entity_id, kind, once) do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}
