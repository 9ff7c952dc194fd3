import { differences, type Values } from '@hufu/library';
import type { Executor } from '../../../infra/database/database.ts';
import type { RecordsDeps } from '../deps.ts';
import type { RecordRow } from '../face.ts';
import { isId } from '../storage/record-store.ts';
import type { StoredValues } from '../storage/sealing.ts';
import { recordTables } from '../storage/tables.ts';

type Asked = {
  readonly entityId: string;
  readonly type: string;
  readonly id: string;
  readonly version: number;
};

/** A version as it is stored; undefined also for another entity's. */
export async function findVersion(executor: Executor, { entityId, type, id, version }: Asked) {
  if (!isId(id)) return undefined;
  return recordTables(executor)
    .selectFrom('library_record_version')
    .selectAll()
    .where('record_id', '=', id)
    .where('version', '=', version)
    .where('entity_id', '=', entityId)
    .where('type', '=', type)
    .executeTakeFirst();
}

/** Names of the fields, of the user or of the system, in which two versions differ. */
export function changedFields(
  { catalogue }: Pick<RecordsDeps, 'catalogue'>,
  before: Pick<RecordRow, 'type' | 'values' | 'system' | 'state'> | undefined,
  after: Pick<RecordRow, 'type' | 'values' | 'system' | 'state'>,
): string[] {
  const { type } = catalogue.kind(after.type);
  const own = differences(type, before?.values ?? {}, after.values).map(({ field }) => field.name);
  const names = new Set([...Object.keys(before?.system ?? {}), ...Object.keys(after.system)]);
  const differs = (name: string) =>
    JSON.stringify(before?.system[name] ?? null) !== JSON.stringify(after.system[name] ?? null);
  return [...own, ...[...names].filter(differs)];
}

/** What others changed since the version that somebody saw; empty where there was no such version. */
export async function changedSince(
  deps: Pick<RecordsDeps, 'catalogue' | 'sealing'>,
  executor: Executor,
  { row, version }: { readonly row: RecordRow; readonly version: number },
): Promise<string[]> {
  const seen = await findVersion(executor, { ...row, version });
  if (seen === undefined) return [];
  const { type } = deps.catalogue.kind(row.type);
  const open = (values: StoredValues | Values) => deps.sealing.open(type, row.id, values as StoredValues);
  const then = { ...row, values: open(seen.values), system: open(seen.system), state: seen.state };
  return changedFields(deps, then, row);
}
