import type { RecordCheck } from '@hufu/contracts';
import { findEvent, NONE, readTaken } from '@hufu/library';
import type { z } from 'zod';
import type { Member } from '../../access/index.ts';
import type { Kind } from '../catalogue.ts';
import type { RecordsDeps } from '../deps.ts';
import { recordError } from '../errors.ts';
import { findRecord } from '../storage/record-store.ts';
import { openRow } from '../storage/rows.ts';
import { givenTo } from './load-situation.ts';
import { idsIn, referenceFields, referenceIssues, referredRecords } from './references.ts';

type Asked = {
  readonly kind: Kind;
  readonly member: Member;
  readonly id?: string | undefined;
  readonly event: string;
  readonly values: unknown;
};

/** Everything that a step would find wrong with values; nothing is written. @throws RECORD_UNKNOWN, LIB_EVENT */
export async function checkValues(
  deps: RecordsDeps,
  { kind, member, id, event: name, values }: Asked,
): Promise<z.infer<typeof RecordCheck>> {
  const { db } = deps.database;
  const { entityId } = member;
  const { type } = kind;
  const stored = id === undefined ? undefined : await findRecord(db, kind, { id, entityId });
  const owner = await deps.owner(db, entityId);
  if (owner === undefined || (id !== undefined && stored === undefined)) throw recordError('RECORD_UNKNOWN');
  const before = stored && openRow(deps, type, stored);
  const event = findEvent(type, name, before?.state ?? NONE);
  if (event === undefined) throw recordError('LIB_EVENT', { type: type.name });
  const read = readTaken(type, values, {
    of: event,
    today: deps.today(),
    entity: owner,
    settled: stored?.settled ?? false,
    given: await givenTo(deps, db, { kind, order: { entityId } }),
    ...(before === undefined ? {} : { before: before.values, system: before.system, locked: before.locked }),
  });
  if (!read.ok) return { ok: false, issues: read.issues.map((one) => ({ ...one })), values: null };
  const fields = referenceFields(type, event);
  const found = await referredRecords(deps, db, { entityId, fields, ids: idsIn(fields, read.values) });
  const issues = [
    ...read.warnings,
    ...referenceIssues(deps, fields, { values: read.values, before: before?.values ?? {}, found }),
  ];
  const ok = !issues.some(({ severity }) => severity === 'error');
  return { ok, issues: issues.map((one) => ({ ...one })), values: { ...read.values } };
}
