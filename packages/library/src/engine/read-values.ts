import { isFilled } from './condition.ts';
import { isComputed, withDerived } from './derive.ts';
import type { Value, Values } from './field.ts';
import { isRequired, isTaken } from './fields.ts';
import { fault, type Issue, type IssueCode } from './issue.ts';
import { type Desk, isEmptyRaw, isPlainObject, ownMember } from './kinds/reader.ts';
import { type FieldPlan, type Plan, planOfEvent, planOfType } from './plan.ts';
import type { EntityFacts, Event, RecordType } from './record-type.ts';
import { sameValue } from './same-value.ts';

export type ReadContext = {
  /** The event that takes the values: some fields are required, and some taken, at particular events. */
  readonly event?: string;
  /** Whether what is required must be there. A draft is taken as far as it goes. */
  readonly complete: boolean;
  /** Shanghai's day, YYYY-MM-DD. */
  readonly today: string;
  readonly entity: EntityFacts;
  /** Fields that came from the project library: they cannot change (LIB-PERF-11). */
  readonly locked?: readonly string[];
  /** The record as it is; absent for one that is not yet. */
  readonly before?: Values;
  /** System fields as they are, for the checks. */
  readonly system?: Values;
  /** Whether the record was ever submitted, so that `fixed` fields are. Absent: it was if there is a `before`. */
  readonly settled?: boolean;
  /** From a verified certificate or an identity provider; stands over `before` at fields with source `certificate`. */
  readonly given?: Values;
};

export type ReadResult =
  | { readonly ok: true; readonly values: Values; readonly warnings: readonly Issue[] }
  /** Every fault at once, in the order of the form; warnings among them. */
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Told of what does not belong: enough to find a wrong template, few enough to read. */
const MOST_UNKNOWN = 20;
const LONGEST_NAME = 64;

type Work = {
  readonly context: ReadContext;
  readonly desk: Desk;
  /** What was read so far. */
  readonly values: Record<string, Value>;
  /** That, and what lies around it: fields of an event may depend on those of the record. */
  readonly seen: Record<string, Value | undefined>;
};

function begin(context: ReadContext, around?: Values): Work {
  const values: Record<string, Value> = {};
  const seen = around === undefined ? values : { ...around };
  return { context, values, seen, desk: { today: context.today, values: seen, issues: [] } };
}

function put({ values, seen }: Work, name: string, value: Value): void {
  values[name] = value;
  seen[name] = value;
}

/** Why a field keeps what it had, or undefined where it is open. */
function keptBecause({ field, name }: FieldPlan, context: ReadContext): IssueCode | undefined {
  if (field.source === 'certificate') return 'LIB_CERTIFICATE';
  if (context.locked?.includes(name) === true) return 'LIB_LOCKED';
  if (!isTaken(field, context.event)) return 'LIB_NOT_NOW';
  const settled = context.settled ?? context.before !== undefined;
  return field.fixed === true && settled ? 'LIB_FIXED' : undefined;
}

/** A field that cannot change: what was sent must be what is there, in whatever writing. */
function keep(plan: FieldPlan, { raw, work, code }: { raw: unknown; work: Work; code: IssueCode }): void {
  const { context, desk } = work;
  const { name } = plan;
  const old =
    (plan.field.source === 'certificate' ? context.given?.[name] : undefined) ?? context.before?.[name];
  if (raw !== undefined) {
    const sent = isEmptyRaw(raw) ? undefined : plan.read(raw, name, { ...desk, issues: [] });
    if (!sameValue(sent, old)) desk.issues.push(fault(name, code));
  }
  if (old !== undefined && old !== null) put(work, name, old);
}

function readField(plan: FieldPlan, raw: unknown, work: Work): void {
  const code = keptBecause(plan, work.context);
  if (code !== undefined) {
    keep(plan, { raw, work, code });
    return;
  }
  if (isEmptyRaw(raw)) return;
  const value = plan.read(raw, plan.name, work.desk);
  if (value !== undefined) put(work, plan.name, value);
}

/** What was sent where nothing may be: fields of the system, and names that the declaration does not have. */
function refuseStrangers(plan: Plan, input: Readonly<Record<string, unknown>>, work: Work): void {
  let told = 0;
  for (const name of Object.keys(input)) {
    if (plan.places.has(name)) continue;
    if (plan.systemNames.has(name)) {
      const isSame = sameValue(ownMember(input, name) as Value, work.context.system?.[name]);
      if (!isSame) work.desk.issues.push(fault(name, 'LIB_SYSTEM'));
    } else if (told < MOST_UNKNOWN) {
      told += 1;
      work.desk.issues.push(fault(name.slice(0, LONGEST_NAME), 'LIB_UNKNOWN_FIELD'));
    }
  }
}

/** Hidden ones that are filled, required ones that are not; none that follows from a field with a fault. */
function judgePresence(
  plan: Plan,
  { values, known, work }: { values: Values; known: Values; work: Work },
): void {
  const { context, desk } = work;
  const faulty = new Set(desk.issues.map((issue) => issue.path.split('.', 1)[0]));
  for (const one of plan.fields) {
    const { field, name, visible, follows } = one;
    if (faulty.has(name) || (faulty.size > 0 && follows.some((other) => faulty.has(other)))) continue;
    if (!isFilled(values[name])) {
      if (context.complete && isRequired(field, known, context.event))
        desk.issues.push(fault(name, 'LIB_REQUIRED'));
    } else if (visible !== undefined && !visible(known)) {
      // What cannot change, or is computed, is nobody's mistake.
      const isTyped = keptBecause(one, context) === undefined && !isComputed(field, known);
      if (isTyped) desk.issues.push(fault(name, 'LIB_HIDDEN'));
    }
  }
}

/** What was typed into computed fields must be what is computed. */
function judgeComputed(
  plan: Plan,
  { sent, values, work }: { sent: Values; values: Values; work: Work },
): void {
  for (const { field, name } of plan.fields) {
    if (!isComputed(field, values) || sent[name] === undefined) continue;
    if (!sameValue(sent[name], values[name])) work.desk.issues.push(fault(name, 'LIB_DERIVED'));
  }
}

function runChecks(type: RecordType, values: Values, work: Work): void {
  const { event, today, entity, system = {}, complete } = work.context;
  for (const check of type.checks ?? []) {
    if (check.at !== undefined && (event === undefined || !check.at.includes(event))) continue;
    if (check.holds({ values, system, today, entity })) continue;
    // A draft may still be wrong: it is told what submission will refuse.
    const severity = complete ? check.severity : 'warning';
    work.desk.issues.push({ path: check.fields[0] ?? '', code: check.code, says: check.says, severity });
  }
}

function inOrderOf({ places }: Plan, issues: readonly Issue[]): readonly Issue[] {
  const place = (issue: Issue): number => places.get(issue.path.split('.', 1)[0] ?? '') ?? places.size;
  return [...issues].sort((a, b) => place(a) - place(b));
}

function conclude(plan: Plan, values: Values, issues: readonly Issue[]): ReadResult {
  if (issues.length === 0) return { ok: true, values, warnings: issues };
  const ordered = inOrderOf(plan, issues);
  return ordered.some((issue) => issue.severity === 'error')
    ? { ok: false, issues: ordered }
    : { ok: true, values, warnings: ordered };
}

function readInto(plan: Plan, input: Readonly<Record<string, unknown>>, work: Work): void {
  for (const field of plan.fields) readField(field, ownMember(input, field.name), work);
  refuseStrangers(plan, input, work);
}

/**
 * Reads the values of a record as they came from a form, an interface or a row of a sheet: every field brought into its
 * one form, every rule of the declaration held against it, all faults told at once. What was sent is the whole: a field
 * that is left out is emptied, unless it cannot change. Empty fields are absent from the result. Reading what was read
 * gives the same again. The same function runs in the browser and on the server; whether attachments and referenced
 * records exist, and whether a number is taken, only the store can tell.
 * @param raw untrusted
 */
export function readValues(type: RecordType, raw: unknown, context: ReadContext): ReadResult {
  const plan = planOfType(type);
  if (!isPlainObject(raw)) return { ok: false, issues: [fault('', 'LIB_INPUT')] };
  const work = begin(context);
  readInto(plan, raw, work);
  const values = withDerived(type, work.values);
  judgeComputed(plan, { sent: work.values, values, work });
  judgePresence(plan, { values, known: values, work });
  runChecks(type, values, work);
  return conclude(plan, values, work.desk.issues);
}

/**
 * Reads what an event takes: the values of the record, fields of its own, or nothing.
 * @param raw untrusted; undefined is read as nothing sent
 */
export function readTaken(
  type: RecordType,
  raw: unknown,
  { of: event, ...around }: Omit<ReadContext, 'event' | 'complete'> & { readonly of: Event },
): ReadResult {
  if (event.takes !== undefined && 'values' in event.takes) {
    return readValues(type, raw ?? {}, { ...around, event: event.name, complete: event.takes.complete });
  }
  const input = raw ?? {};
  if (!isPlainObject(input)) return { ok: false, issues: [fault('', 'LIB_INPUT')] };
  const plan = planOfEvent(event);
  const work = begin({ ...around, event: event.name, complete: true, settled: false }, around.before ?? {});
  readInto(plan, input, work);
  judgePresence(plan, { values: work.values, known: work.seen, work });
  return conclude(plan, work.values, work.desk.issues);
}
