import { type Event, findEvent, hasEnded, NONE, userFields, type Values } from '@hufu/library';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import type { Kind } from '../catalogue.ts';
import type { RecordsDeps } from '../deps.ts';
import { recordError } from '../errors.ts';
import type { RecordOwner, RecordRow, WriteOrder } from '../face.ts';
import { keepRecord, lockRecord } from '../storage/record-store.ts';
import { openRow } from '../storage/rows.ts';
import { changedSince } from './versions.ts';

/** Everything that a step starts from, read and held in its transaction. */
export type Situation = {
  readonly kind: Kind;
  readonly owner: RecordOwner;
  readonly before: RecordRow | undefined;
  /** Whether complete values were ever taken. */
  readonly settled: boolean;
  /** `NONE` for a record that is not yet. */
  readonly state: string;
  /** Verified facts for fields that are not typed. */
  readonly given: Values;
  /** Undefined: the life cycle has none of that name here, and `decide` says so. */
  readonly event: Event | undefined;
};

/** @throws RECORD_UNKNOWN, RECORD_STALE, RECORD_PARENT, RECORD_SINGLE */
export async function loadSituation(deps: RecordsDeps, tx: Tx, order: WriteOrder): Promise<Situation> {
  const kind = deps.catalogue.kind(order.type);
  const owner = await deps.owner(tx, order.entityId);
  if (owner === undefined) throw recordError('RECORD_UNKNOWN');
  const stored = order.id === undefined ? undefined : await lockRecord(tx, kind, { ...order, id: order.id });
  if (order.id !== undefined && stored === undefined) throw recordError('RECORD_UNKNOWN');
  const before = stored && openRow(deps, kind.type, stored);
  await refuseStale(deps, tx, { order, before });
  if (before === undefined) await needParent(deps, tx, { kind, order });
  else if (before.parentId !== null)
    await needParent(deps, tx, { kind, order: { ...order, parentId: before.parentId } });
  const state = before?.state ?? NONE;
  return {
    kind,
    owner,
    before,
    settled: stored?.settled ?? false,
    state,
    given: await givenTo(deps, tx, { kind, order }),
    event: findEvent(kind.type, order.event, state),
  };
}

async function refuseStale(
  deps: RecordsDeps,
  tx: Tx,
  { order, before }: { readonly order: WriteOrder; readonly before: RecordRow | undefined },
): Promise<void> {
  const { expectedVersion: expected } = order;
  if (before === undefined || expected === undefined || expected === before.version) return;
  const changed = await changedSince(deps, tx, { row: before, version: expected });
  throw recordError('RECORD_STALE', { version: before.version, expected, changed });
}

/** LIB-PERSON-03: sub-records only below a record that is there and has not ended; it cannot end meanwhile. */
export async function needParent(
  deps: RecordsDeps,
  tx: Tx,
  { kind, order }: { readonly kind: Kind; readonly order: Pick<WriteOrder, 'entityId' | 'parentId'> },
): Promise<void> {
  const { parent: name } = kind.type;
  if (name === undefined) {
    if (order.parentId !== undefined) throw recordError('RECORD_PARENT');
    return;
  }
  const { type, ...parentKind } = deps.catalogue.kind(name);
  const key = { id: order.parentId ?? '', entityId: order.entityId };
  const parent = await keepRecord(tx, { type, ...parentKind }, key);
  if (parent === undefined || !parent.settled || hasEnded(type, parent.state)) {
    throw recordError('RECORD_PARENT');
  }
}

/** Values with what is null or undefined left out. */
export const filled = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));

/** What a certificate says of the owner; nothing is asked for types that have no such field. */
export async function givenTo(
  deps: RecordsDeps,
  executor: Executor,
  { kind, order }: { readonly kind: Kind; readonly order: Pick<WriteOrder, 'entityId' | 'given'> },
): Promise<Values> {
  if (order.given !== undefined) return order.given;
  const isVerified = userFields(kind.type).some(({ source }) => source === 'certificate');
  return isVerified ? ((await deps.given?.(executor, order.entityId, kind.type.name)) ?? {}) : {};
}
