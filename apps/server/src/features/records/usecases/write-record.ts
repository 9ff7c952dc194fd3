import { type Arising, NONE } from '@hufu/library';
import type { Tx } from '../../../infra/database/database.ts';
import type { RecordsDeps } from '../deps.ts';
import type { RecordRow, WriteOrder } from '../face.ts';
import { decideStep, type StepOrder } from './decide-step.ts';
import { loadSituation } from './load-situation.ts';
import { persist, type Written } from './persist-record.ts';

/**
 * One step of a record's life cycle, whole: what came is read, the rules are asked, and the record, its version, its
 * evidence, what arises from it and what others make of it are written in the caller's transaction, or nothing is.
 * @throws RECORD_…, LIB_…; LIB_INVALID lists every fault
 */
export async function writeRecord(deps: RecordsDeps, tx: Tx, order: StepOrder): Promise<RecordRow> {
  const situation = await loadSituation(deps, tx, order);
  const { outcome, arising } = await decideStep(deps, tx, { order, situation });
  const written = await persist(deps, tx, outcome);
  for (const one of arising) await arise(deps, tx, { order, one });
  const change = eventOf(order, written);
  for (const hook of deps.hooks) await hook(tx, [change]);
  return written.after;
}

/** As others are told of it. */
export const eventOf = ({ event, actor }: WriteOrder, { before, after }: Written) => {
  const { entityId, type, id } = after;
  return { entityId, type, id, event, actor, before, after };
};

/** LIB-PROJ-18: in the same transaction as the event from which it arises. */
export async function arise(
  deps: RecordsDeps,
  tx: Tx,
  { order, one }: { readonly order: WriteOrder; readonly one: Arising },
): Promise<void> {
  await writeRecord(deps, tx, {
    entityId: order.entityId,
    type: one.type,
    event: one.event,
    by: 'system',
    actor: order.actor,
    ...(order.origin === undefined ? {} : { origin: order.origin }),
    birth: { values: one.values, system: one.system ?? {} },
  });
}

/** A record after its draft was deleted. */
export const isGone = ({ state }: RecordRow): boolean => state === NONE;
