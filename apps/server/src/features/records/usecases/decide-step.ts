import {
  type Arising,
  decide,
  type Event,
  type FileValue,
  type Issue,
  type LibraryErrorCode,
  libraryError,
  type Needs,
  NONE,
  type RecordType,
  readNeeds,
  readTaken,
  stateOf,
  userFields,
  type Values,
} from '@hufu/library';
import type { Tx } from '../../../infra/database/database.ts';
import type { RecordsDeps } from '../deps.ts';
import { invalid, issueOf } from '../errors.ts';
import type { RecordRow, WriteOrder } from '../face.ts';
import { failedSoFar, type KnownFacts } from './guards.ts';
import { filled, type Situation } from './load-situation.ts';
import type { Outcome } from './persist-record.ts';
import { answer, answersFor } from './questions.ts';
import { idsIn, referenceFields, referenceIssues, referredRecords } from './references.ts';

/** A record that arises from another one's event: its values are what that event says, and are not typed. */
type Birth = { readonly values: Values; readonly system: Values };

export type StepOrder = WriteOrder & { readonly birth?: Birth };

/** A step that was decided, and what arises from it. */
export type Step = { readonly outcome: Outcome; readonly arising: readonly Arising[] };

/**
 * Reads what came and asks the rules; writes nothing. It asks the store only about what the values refer to.
 * @throws RECORD_…, LIB_…; LIB_INVALID lists every fault
 */
export async function decideStep(
  deps: RecordsDeps,
  tx: Tx,
  { order, situation }: { readonly order: StepOrder; readonly situation: Situation },
): Promise<Step> {
  const { kind, before, event, state } = situation;
  const id = before?.id ?? deps.newId();
  const today = deps.today();
  const system = order.birth?.system ?? before?.system ?? {};
  const asked = { catalogue: deps.catalogue, entityId: order.entityId, ids: [id] };
  const answers = answersFor(await answer(tx, before === undefined ? [] : (event?.asks ?? []), asked), id);
  refuseEarly(situation, order, { values: before?.values ?? {}, system, today, answers });
  const needs = needsOf(event, order);
  const taken = order.birth === undefined ? takenBy(deps, situation, order) : {};
  const takesValues = event?.takes !== undefined && 'values' in event.takes;
  const values = order.birth?.values ?? (takesValues ? taken : (before?.values ?? {}));
  const referred = await refer(deps, tx, { situation, order, values, taken });
  const decision = decide(kind.type, {
    state,
    event: order.event,
    by: order.by,
    id,
    facts: { values, system, today, answers, taken, references: referred },
  });
  if (!decision.ok) throw libraryError(decision.code, decision.fields);
  const after: RecordRow = {
    id,
    type: kind.type.name,
    entityId: order.entityId,
    parentId: before?.parentId ?? order.parentId ?? null,
    state: decision.to,
    version: (before?.version ?? 0) + 1,
    values: filled(decision.values),
    system: filled(decision.system),
    locked: [...new Set([...(before?.locked ?? []), ...(order.locked ?? [])])],
    title: '',
    expiresOn: null,
    createdAt: before?.createdAt ?? new Date(deps.clock.now()),
    updatedAt: new Date(deps.clock.now()),
  };
  const outcome: Outcome = {
    order: { ...order, ...(needs.reason === undefined ? {} : { reason: needs.reason }) },
    before,
    after,
    settled: situation.settled || (takesValues && completes(event)),
    proof: needs.proof ?? [],
    files: await newFiles(deps, tx, {
      type: kind.type,
      order,
      before,
      values: after.values,
      taken,
      proof: needs.proof,
    }),
  };
  return { outcome, arising: decision.arising };
}

/** What forbids the step as it is comes before what is wrong with the values. */
function refuseEarly({ event, kind, state }: Situation, { by }: WriteOrder, facts: KnownFacts): void {
  if (event === undefined || !event.by.includes(by) || state === NONE) return;
  const failed = failedSoFar(event, facts);
  if (failed === undefined) return;
  const label = stateOf(kind.type, state)?.label;
  throw libraryError(failed.otherwise as LibraryErrorCode, { state: label?.zh ?? state });
}

const completes = (event: Event | undefined): boolean =>
  event?.takes !== undefined && 'values' in event.takes && event.takes.complete;

function needsOf(event: Event | undefined, { reason, proof }: WriteOrder): Needs {
  if (event === undefined) return {};
  const needs = readNeeds(event, { reason, proof });
  if (!needs.ok) throw invalid(needs.issues);
  return needs;
}

function takenBy(deps: RecordsDeps, situation: Situation, order: WriteOrder): Values {
  const { event, kind, before, settled, owner } = situation;
  // Nothing is read for a step that is not there: `decide` refuses it.
  if (event === undefined || !event.by.includes(order.by)) return {};
  // Whoever locks a field may say it anew.
  const isOthers = (name: string) => order.locked?.includes(name) !== true;
  const read = readTaken(kind.type, order.taken, {
    of: event,
    today: deps.today(),
    entity: owner,
    settled,
    ...(before === undefined
      ? {}
      : { before: before.values, system: before.system, locked: before.locked.filter(isOthers) }),
    given: situation.given,
  });
  if (!read.ok) throw invalid(read.issues);
  return read.values;
}

type Referring = {
  readonly situation: Situation;
  readonly order: StepOrder;
  readonly values: Values;
  readonly taken: Values;
};

/** Values of the records that reference fields point to, by the fields' names. */
async function refer(
  deps: RecordsDeps,
  tx: Tx,
  { situation, order, values, taken }: Referring,
): Promise<Readonly<Record<string, Values>>> {
  const { kind, event, before } = situation;
  const fields = referenceFields(kind.type, event);
  const all = { ...values, ...taken };
  const found = await referredRecords(deps, tx, {
    entityId: order.entityId,
    fields,
    ids: idsIn(fields, all),
  });
  if (order.birth === undefined) {
    const issues = referenceIssues(deps, fields, { values: all, before: before?.values ?? {}, found });
    if (issues.length > 0) throw invalid(issues);
  }
  return Object.fromEntries(
    fields.flatMap(({ name }) => {
      const record = found.get(String(all[name]));
      return record === undefined ? [] : [[name, record.values]];
    }),
  );
}

const isFiles = (value: unknown): value is readonly FileValue[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null && 'sha256' in one);

type FilesAsked = {
  readonly type: RecordType;
  readonly order: StepOrder;
  readonly before: RecordRow | undefined;
  readonly values: Values;
  readonly taken: Values;
  readonly proof: readonly FileValue[] | undefined;
};

/** Files that the version before did not name; the entity must have uploaded each of them. */
async function newFiles(deps: RecordsDeps, tx: Tx, asked: FilesAsked): Promise<string[]> {
  const { type, order, before, values, taken, proof = [] } = asked;
  const names = new Set(userFields(type).map(({ name }) => name));
  for (const name of Object.keys(taken)) names.add(name);
  const known = new Set(
    Object.values(before?.values ?? {}).flatMap((value) =>
      isFiles(value) ? value.map((one) => one.sha256) : [],
    ),
  );
  const places = new Map<string, string>();
  const note = (path: string, files: readonly FileValue[]) => {
    for (const { sha256 } of files) if (!known.has(sha256)) places.set(sha256, path);
  };
  for (const name of names) {
    const value = taken[name] ?? values[name];
    if (isFiles(value)) note(name, value);
  }
  note('proof', proof);
  const digests = [...places.keys()];
  if (digests.length === 0 || order.trustedFiles === true || order.birth !== undefined) return digests;
  const own = await deps.ownFiles(tx, order.entityId, digests);
  const issues = [...places].flatMap(([sha256, path]): Issue[] =>
    own.has(sha256) ? [] : [issueOf(path, 'RECORD_FOREIGN_FILE')],
  );
  if (issues.length > 0) throw invalid(issues);
  return digests;
}
