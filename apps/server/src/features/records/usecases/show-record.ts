import type { RecordDetail } from '@hufu/contracts';
import { type RecordType, readValues, stateOf, titleOf, usable } from '@hufu/library';
import { sql } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';
import type { Member } from '../../access/index.ts';
import type { Kind } from '../catalogue.ts';
import type { RecordsDeps } from '../deps.ts';
import { recordError } from '../errors.ts';
import type { RecordRow } from '../face.ts';
import { findRecord } from '../storage/record-store.ts';
import { openRow } from '../storage/rows.ts';
import { actionsOf } from './actions.ts';
import { maintains } from './gate.ts';
import { summaryOf } from './list-records.ts';
import { idsIn, referenceFields, referredRecords } from './references.ts';

type Asked = { readonly kind: Kind; readonly member: Member; readonly id: string };

/** @throws RECORD_UNKNOWN also for another entity's: whether it exists is not theirs to know */
export async function reachRecord(deps: RecordsDeps, { kind, member, id }: Asked): Promise<RecordRow> {
  const stored = await findRecord(deps.database.db, kind, { id, entityId: member.entityId });
  if (stored === undefined) throw recordError('RECORD_UNKNOWN');
  return openRow(deps, kind.type, stored);
}

/** One record, whole, with what may be done now and why not. */
export async function showRecord(deps: RecordsDeps, asked: Asked): Promise<RecordDetail> {
  return detailOf(deps, { ...asked, row: await reachRecord(deps, asked) });
}

export async function detailOf(
  deps: RecordsDeps,
  { kind, member, row }: { readonly kind: Kind; readonly member: Member; readonly row: RecordRow },
): Promise<RecordDetail> {
  const { db } = deps.database;
  const { entityId } = member;
  const { type } = kind;
  const fields = referenceFields(type);
  const [actions, referred, events, warnings] = await Promise.all([
    maintains(member, kind)
      ? actionsOf(deps, db, { kind, rows: [row], entityId })
      : new Map<string, RecordDetail['actions']>(),
    referredRecords(deps, db, { entityId, fields, ids: idsIn(fields, { ...row.values, ...row.system }) }),
    eventCounts(db, row.id),
    warningsOf(deps, type, row),
  ]);
  return {
    ...summaryOf(row),
    values: { ...row.values },
    locked: [...row.locked],
    warnings,
    actions: actions.get(row.id) ?? [],
    references: Object.fromEntries(
      [...referred].map(([id, one]) => [
        id,
        {
          type: one.type,
          title: titleOf(deps.catalogue.kind(one.type).type, one.values),
          state: one.state,
        },
      ]),
    ),
    history: { versions: row.version, events },
    usable: usable(type, row.state),
  };
}

async function eventCounts(executor: Executor, id: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ event: string; n: number }>`
    select event, count(*)::int as n from library_record_version where record_id = ${id} group by event`.execute(
    executor,
  );
  return Object.fromEntries(rows.map(({ event, n }) => [event, n]));
}

/** What the declaration would say of the values as they stand; nothing about what has ended. */
async function warningsOf(
  deps: RecordsDeps,
  type: RecordType,
  row: RecordRow,
): Promise<RecordDetail['warnings']> {
  if (stateOf(type, row.state)?.ended === true) return [];
  const entity = await deps.owner(deps.database.db, row.entityId);
  if (entity === undefined) return [];
  const read = readValues(type, row.values, {
    complete: false,
    today: deps.today(),
    entity,
    before: row.values,
    system: row.system,
    locked: row.locked,
  });
  const issues = read.ok ? read.warnings : read.issues;
  return issues.map((issue) => ({ ...issue, severity: 'warning' as const }));
}
