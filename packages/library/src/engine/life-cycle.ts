import { type LibraryErrorCode, libraryError } from '../errors.ts';
import { withDerived } from './derive.ts';
import type { Value, Values } from './field.ts';
import { fieldsOf } from './fields.ts';
import {
  type Arising,
  type Event,
  type Facts,
  NONE,
  type RecordType,
  SAME,
  type Setter,
  type State,
} from './record-type.ts';

/** A state of the life cycle; undefined for `NONE`. */
export const stateOf = (type: RecordType, name: string): State | undefined =>
  type.lifeCycle.states.find((state) => state.name === name);

/** The event of that name that starts in a state; without a state, the first of that name. */
export const findEvent = (type: RecordType, name: string, state?: string): Event | undefined =>
  type.lifeCycle.events.find(
    (event) => event.name === name && (state === undefined || event.from.includes(state)),
  );

/** What can be set off in a state by a caller, as far as the state alone tells: guards are asked by `decide`. */
export const eventsFrom = (type: RecordType, state: string, by: Setter): readonly Event[] =>
  type.lifeCycle.events.filter((event) => event.from.includes(state) && event.by.includes(by));

/** May be used in bidding in that state (GEN-007). */
export const usable = (type: RecordType, state: string): boolean => stateOf(type, state)?.usable === true;

/** Kept as trace: out of uniqueness and of the counts of what is valid (GEN-005). */
export const hasEnded = (type: RecordType, state: string): boolean => stateOf(type, state)?.ended === true;

export type Attempt = {
  /** `NONE` for a record that is not yet. */
  readonly state: string;
  readonly event: string;
  readonly by: Setter;
  /**
   * `values`: those that the event took, where it takes values; otherwise those of the record. `system`: as stored,
   * empty for a record that is not yet.
   */
  readonly facts: Facts;
  /** Of the record: for what arises. */
  readonly id: string;
};

export type Decision =
  | {
      readonly ok: true;
      readonly event: Event;
      /** The state afterwards; `NONE`: the draft is deleted. */
      readonly to: string;
      /** Complete, as they are stored afterwards. */
      readonly values: Values;
      readonly system: Values;
      readonly arising: readonly Arising[];
    }
  | {
      readonly ok: false;
      readonly code: LibraryErrorCode;
      /** For the error: `state` is the label of the present state. */
      readonly fields: Readonly<Record<string, string>>;
    };

const unborn = { zh: '尚未保存', en: 'not saved yet' };

function refusal(type: RecordType, code: string, state: string): Decision {
  const label = stateOf(type, state)?.label ?? unborn;
  return { ok: false, code: code as LibraryErrorCode, fields: { state: label.zh, stateEn: label.en } };
}

function atBirth(type: RecordType): Values {
  const initial: Record<string, Value> = {};
  for (const field of type.system ?? []) {
    if (field.initial !== undefined && field.initial !== null) initial[field.name] = field.initial;
  }
  return initial;
}

/** One over the other; what is null or undefined in the second empties a field. */
function over(below: Values, above: Values): Values {
  const merged: Record<string, Value | undefined> = { ...below, ...above };
  for (const name of Object.keys(above)) {
    if (above[name] === undefined || above[name] === null) delete merged[name];
  }
  return merged;
}

/**
 * One step of a life cycle, as its table has it: the event must start in the present state, be the caller's to set off,
 * and every guard must hold, in their order. Nothing is written here; what the step leaves is returned.
 * @throws LIB_EVENT where the type knows no event of that name at all
 */
export function decide(type: RecordType, { state, event: name, by, facts, id }: Attempt): Decision {
  if (findEvent(type, name) === undefined) throw libraryError('LIB_EVENT', { type: type.name });
  const event = findEvent(type, name, state);
  if (event === undefined) return refusal(type, 'LIB_STATE', state);
  if (!event.by.includes(by)) return refusal(type, 'LIB_SETTER', state);
  const born = state === NONE ? { ...facts, system: over(atBirth(type), facts.system) } : facts;
  const failed = event.guards?.find((guard) => !guard.holds(born));
  if (failed !== undefined) return refusal(type, failed.otherwise, state);
  const system = over(born.system, event.sets?.(born) ?? {});
  const moved = event.moves?.(born, born.taken);
  const values = moved === undefined ? born.values : withDerived(type, over(born.values, moved));
  const after = { ...born, values, system };
  const to = event.to === SAME ? state : event.to;
  return { ok: true, event, to, values, system, arising: event.arises?.({ ...after, id }) ?? [] };
}

/** The system fields of a type, for lists and details. */
export const systemFields = (type: RecordType) => fieldsOf(type).filter((field) => field.source === 'system');
