import { createHash } from 'node:crypto';
import { STATEMENT_NAMES } from '@hufu/contracts/statement-types';
import { canonicalJsonBytes, type JsonValue } from '@hufu/kernel';
import { type FileValue, personalFields, type RecordType, type Values } from '@hufu/library';
import type { AuditEntry } from '../../../infra/audit/audit.ts';
import type { RecordRow, WriteOrder } from '../face.ts';

/** Without what is undefined. */
function plain(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value as JsonValue;
  const members: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined) members[name] = plain(member);
  }
  return members;
}

/**
 * What the evidence commits to: everything of a version that is not personal, in canonical form. Personal values are
 * committed to one by one, so that each can be proved, and erased, without the others.
 */
export function digestOf(
  type: RecordType,
  row: Pick<RecordRow, 'id' | 'version' | 'state' | 'values' | 'system' | 'locked'>,
): Uint8Array {
  const personal = new Set(personalFields(type).map(({ name }) => name));
  const values = Object.fromEntries(Object.entries(row.values).filter(([name]) => !personal.has(name)));
  const { id, version, state, system, locked } = row;
  const bytes = canonicalJsonBytes(plain({ type: type.name, id, version, state, values, system, locked }));
  return new Uint8Array(createHash('sm3').update(bytes).digest());
}

/** Steps that a declaration names and nobody has words for are changes all the same. */
function actionOf(event: string): string {
  const own = `record.${event}`;
  return Object.hasOwn(STATEMENT_NAMES, own) ? own : 'record.change';
}

type Told = {
  readonly type: RecordType;
  readonly order: WriteOrder;
  readonly before: RecordRow | undefined;
  readonly after: RecordRow;
  readonly changed: readonly string[];
  readonly sm3: Uint8Array;
  readonly proof: readonly FileValue[];
};

export function evidenceOf({ type, order, before, after, changed, sm3, proof }: Told): AuditEntry {
  return {
    actor: order.actor,
    action: actionOf(order.event),
    subject: { kind: 'record', id: after.id },
    entity: after.entityId,
    ...(before === undefined ? {} : { before: { state: before.state, version: before.version } }),
    after: {
      type: type.name,
      event: order.event,
      state: after.state,
      version: after.version,
      changed,
      sm3: Buffer.from(sm3).toString('hex'),
      ...(proof.length === 0 ? {} : { proof: proof.map(({ sha256 }) => sha256) }),
    },
    ...(order.reason === undefined ? {} : { reason: order.reason }),
    ...(order.origin === undefined ? {} : { origin: order.origin }),
    disclose: disclosed(type, after.values, changed),
  };
}

function disclosed(
  type: RecordType,
  values: Values,
  changed: readonly string[],
): Readonly<Record<string, string>> {
  const told: Record<string, string> = {};
  for (const { name } of personalFields(type)) {
    const value = values[name];
    if (!changed.includes(name) || value === undefined || value === null) continue;
    told[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return told;
}
