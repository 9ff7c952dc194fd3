import type { RecordHistoryEntry } from '@hufu/contracts';
import { differences, NONE, type RecordType, type Values } from '@hufu/library';
import type { Selectable } from 'kysely';
import type { RecordsDeps } from '../deps.ts';
import { recordError } from '../errors.ts';
import type { RecordRow, VersionAsked } from '../face.ts';
import { isId } from '../storage/record-store.ts';
import { openRow } from '../storage/rows.ts';
import type { StoredValues } from '../storage/sealing.ts';
import { type RecordTables, recordTables } from '../storage/tables.ts';
import { findVersion } from './versions.ts';

type VersionRow = Selectable<RecordTables['library_record_version']>;
type Asked = {
  readonly type: RecordType;
  readonly entityId: string;
  readonly id: string;
  readonly page: number;
  readonly pageSize: number;
};

/**
 * 变更记录 (LIB-PROJ-20): every version of a record, also of one whose draft was deleted, the newest first; each with
 * what it changed and with how far its evidence has come (LIB-PROJ-21).
 * @throws RECORD_UNKNOWN
 */
export async function showHistory(
  deps: RecordsDeps,
  { type, entityId, id, page, pageSize }: Asked,
): Promise<{ items: RecordHistoryEntry[]; total: number; page: number; pageSize: number }> {
  const last = isId(id) ? await lastVersion(deps, { type, entityId, id }) : undefined;
  if (last === undefined) throw recordError('RECORD_UNKNOWN');
  const newest = last - (page - 1) * pageSize;
  const [rows, statements] = await Promise.all([
    // One more than is shown: what the oldest shown one changed follows from the version before it.
    recordTables(deps.database.db)
      .selectFrom('library_record_version')
      .selectAll()
      .where('record_id', '=', id)
      .where('version', '<=', newest)
      .where('version', '>=', newest - pageSize)
      .orderBy('version', 'desc')
      .execute(),
    deps.evidence(id, { limit: pageSize, offset: (page - 1) * pageSize }),
  ]);
  const evidence = new Map(statements.map(({ seq, ...one }) => [seq, one]));
  const items = rows
    .slice(0, pageSize)
    .map((row, at) =>
      entryOf(deps, type, { row, before: rows[at + 1], evidence: evidence.get(row.version) ?? null }),
    );
  return { items, total: last, page, pageSize };
}

async function lastVersion(
  { database }: RecordsDeps,
  { type, entityId, id }: Pick<Asked, 'type' | 'entityId' | 'id'>,
): Promise<number | undefined> {
  const found = await recordTables(database.db)
    .selectFrom('library_record_version')
    .select('version')
    .where('record_id', '=', id)
    .where('entity_id', '=', entityId)
    .where('type', '=', type.name)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return found?.version;
}

type Shown = {
  readonly row: VersionRow;
  readonly before: VersionRow | undefined;
  readonly evidence: RecordHistoryEntry['evidence'];
};

function entryOf(deps: RecordsDeps, type: RecordType, { row, before, evidence }: Shown): RecordHistoryEntry {
  const open = (values: StoredValues | Values) =>
    deps.sealing.open(type, row.record_id, values as StoredValues);
  const then = before === undefined ? {} : open(before.values);
  const systemThen = before === undefined ? {} : open(before.system);
  const systemNow = open(row.system);
  const names = [...new Set([...Object.keys(systemThen), ...Object.keys(systemNow)])];
  const same = (name: string) => JSON.stringify(systemThen[name]) === JSON.stringify(systemNow[name]);
  return {
    version: row.version,
    event: row.event,
    state: row.state,
    at: row.at.toISOString(),
    actor: { kind: row.actor_kind, id: row.actor_id ?? row.actor_kind },
    reason: row.reason_sealed === null ? null : deps.sealing.openReason(row.record_id, row.reason_sealed),
    proof: (row.proof ?? []).map((file) => ({ ...file })),
    changes:
      row.state === NONE
        ? []
        : [
            ...differences(type, then, open(row.values)).map(({ field, before: was, after }) => ({
              field: field.name,
              before: was ?? null,
              after: after ?? null,
            })),
            ...names
              .filter((name) => !same(name))
              .map((name) => ({
                field: name,
                before: systemThen[name] ?? null,
                after: systemNow[name] ?? null,
              })),
          ],
    evidence,
  };
}

/** A version as it was, and the digest that its evidence says. @throws RECORD_UNKNOWN */
export async function showVersion(
  deps: RecordsDeps,
  asked: VersionAsked,
): Promise<{ readonly row: RecordRow; readonly event: string; readonly sm3: Uint8Array }> {
  const { type } = deps.catalogue.kind(asked.type);
  const found = await findVersion(deps.database.db, asked);
  if (found === undefined) throw recordError('RECORD_UNKNOWN');
  return {
    event: found.event,
    sm3: found.sm3,
    row: openRow(deps, type, versionRow(found)),
  };
}

/** A version in the form of a record. */
export const versionRow = (found: VersionRow) => ({
  id: found.record_id,
  entity_id: found.entity_id,
  parent_id: null,
  state: found.state,
  version: found.version,
  values: found.values,
  system: found.system,
  locked: [],
  settled: false,
  title: null,
  created_at: found.at,
  updated_at: found.at,
});
