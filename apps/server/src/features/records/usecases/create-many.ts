import { CodedError } from '@hufu/kernel';
import { findEvent, NONE } from '@hufu/library';
import type { Tx } from '../../../infra/database/database.ts';
import type { Kind } from '../catalogue.ts';
import type { RecordsDeps } from '../deps.ts';
import type { Created, CreateOrder, NewRecord, WriteOrder } from '../face.ts';
import { decideStep, type Step } from './decide-step.ts';
import { givenTo, needParent } from './load-situation.ts';
import { persistNew } from './persist-record.ts';
import { arise, eventOf } from './write-record.ts';

/**
 * Many new records of one type by the same rules as one, with their evidence, in few round trips. What is wrong with
 * one is told of that one, and the others are written.
 * @throws RECORD_PARENT; LIB_INVALID when one is taken already, and nothing is written then: the caller parts the list
 */
export async function createMany(deps: RecordsDeps, tx: Tx, wanted: CreateOrder): Promise<Created[]> {
  const kind = deps.catalogue.kind(wanted.type);
  for (const entityId of new Set(wanted.records.map((one) => one.entityId))) {
    await needParent(deps, tx, { kind, order: { ...below(wanted), entityId } });
  }
  const decided: (Step | { readonly error: CodedError })[] = [];
  for (const one of wanted.records) decided.push(await decideOne(deps, tx, { kind, wanted, one }));
  const steps = decided.filter((one): one is Step => 'outcome' in one);
  const written = await persistNew(deps, tx, { kind, outcomes: steps.map(({ outcome }) => outcome) });
  for (const { outcome, arising } of steps) {
    for (const one of arising) await arise(deps, tx, { order: outcome.order, one });
  }
  const changes = written.map((one, at) => eventOf(steps[at]!.outcome.order, one));
  if (changes.length > 0) for (const hook of deps.hooks) await hook(tx, changes);
  const rows = written.values();
  return decided.map((one) =>
    'outcome' in one ? { ok: true, row: rows.next().value!.after } : { ok: false, error: one.error },
  );
}

const below = ({ parentId }: CreateOrder) => (parentId === undefined ? {} : { parentId });

type Asked = { readonly kind: Kind; readonly wanted: CreateOrder; readonly one: NewRecord };

async function decideOne(
  deps: RecordsDeps,
  tx: Tx,
  { kind, wanted, one }: Asked,
): Promise<Step | { readonly error: CodedError }> {
  const { records: _, ...step } = wanted;
  const order: WriteOrder = { ...step, entityId: one.entityId, taken: one.taken };
  try {
    const situation = {
      kind,
      owner: one.owner,
      before: undefined,
      settled: false,
      state: NONE,
      given: await givenTo(deps, tx, { kind, order }),
      event: findEvent(kind.type, wanted.event, NONE),
    };
    return await decideStep(deps, tx, { order, situation });
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return { error };
  }
}
