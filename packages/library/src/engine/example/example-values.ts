import { libraryError } from '../../errors.ts';
import { isFilled } from '../condition.ts';
import { isComputed, withDerived } from '../derive.ts';
import type { Field, FileValue, Value, Values } from '../field.ts';
import { isRequired, isTaken, isVisible, userFields } from '../fields.ts';
import { withoutHidden } from '../for-forms.ts';
import { type ReadContext, readTaken, readValues } from '../read-values.ts';
import { type EntityFacts, type Event, NONE, type RecordType } from '../record-type.ts';
import type { Pins } from './pins.ts';
import { diceOf, mixSeed } from './random.ts';
import { type Draw, drawnFile, sampleValue } from './sample-value.ts';
import { organisationName } from './words.ts';

export type ExampleOptions = {
  /** The same seed gives the same example. */
  readonly seed: number;
  /** Name of the event that takes it; the first that takes complete values where it is absent. */
  readonly event?: string;
  /** Shanghai's day. */
  readonly today?: string;
  readonly entity?: EntityFacts;
  /** How many of the fields that may stay empty are filled: 0 to 1. */
  readonly fill?: number;
  /** A stored attachment; one that no store holds where it is absent. */
  readonly file?: (field: Field, index: number) => FileValue;
  /** The id of a record to refer to, or undefined: the field stays empty. */
  readonly reference?: (field: Field) => string | undefined;
};

type Wishes = ExampleOptions & { readonly pins?: Pins };

/** A day on which everything that is declared can happen. */
export const EXAMPLE_DAY = '2026-11-20';
const TRIES = 60;

const drawOf = (options: Wishes, salt: number): Draw => {
  const dice = diceOf(mixSeed(options.seed, salt));
  return {
    dice,
    today: options.today ?? EXAMPLE_DAY,
    file: options.file ?? drawnFile(dice),
    reference: options.reference ?? ((field) => `example-${field.name}`),
    cursor: { past: '2008-01-01', future: options.today ?? EXAMPLE_DAY, decimal: 900_000, whole: 90_000 },
  };
};

function wants(field: Field, values: Values, { options, draw }: { options: Wishes; draw: Draw }): boolean {
  const pin = options.pins?.[field.name];
  if (pin !== undefined) return pin !== 'empty';
  if (!isVisible(field, values) || !isTaken(field, options.event)) return false;
  return (
    isRequired(field, values, options.event) ||
    field.source === 'certificate' ||
    draw.dice.chance(options.fill ?? 0.7)
  );
}

function fill(type: RecordType, options: Wishes, draw: Draw): Values {
  const values: Record<string, Value | undefined> = {};
  for (const field of userFields(type)) {
    if (isComputed(field, values) || !wants(field, values, { options, draw })) continue;
    const pin = options.pins?.[field.name];
    const value = typeof pin === 'object' ? pin.value : sampleValue(field, values, draw);
    if (value !== undefined) values[field.name] = value;
  }
  return values;
}

/** Conditions may look at later fields: what they ask for is added, what they hide is taken away. */
function settle(type: RecordType, drawn: Values, { options, draw }: { options: Wishes; draw: Draw }): Values {
  let values = drawn;
  for (let round = 0; round < 4; round += 1) {
    values = withDerived(type, withoutHidden(type, values));
    const missing = userFields(type).filter(
      (field) =>
        !isFilled(values[field.name]) &&
        !isComputed(field, values) &&
        options.pins?.[field.name] !== 'empty' &&
        isRequired(field, values, options.event),
    );
    if (missing.length === 0) return values;
    const added = missing.map((field) => [field.name, sampleValue(field, values, draw)]);
    values = { ...values, ...(Object.fromEntries(added) as Values) };
  }
  return values;
}

/** The event that examples are made for: the first from nothing that takes complete values, or the first at all. */
export function exampleEvent(type: RecordType): Event | undefined {
  const taking = type.lifeCycle.events.filter(
    (event) => event.takes !== undefined && 'values' in event.takes && event.takes.complete,
  );
  return taking.find((event) => event.from.includes(NONE)) ?? taking[0];
}

/** The context in which an example is read without a fault. */
export function exampleContext(type: RecordType, values: Values, options: ExampleOptions): ReadContext {
  const given = userFields(type).filter((field) => field.source === 'certificate');
  const event = options.event ?? exampleEvent(type)?.name;
  return {
    ...(event === undefined ? {} : { event }),
    complete: true,
    today: options.today ?? EXAMPLE_DAY,
    entity: options.entity ?? {
      name: organisationName(diceOf(mixSeed(options.seed, 7))),
      uscc: null,
    },
    given: Object.fromEntries(given.map(({ name }) => [name, values[name]])),
  };
}

/** As `exampleValues`, with some fields bound to be what a condition needs. */
export function exampleWith(type: RecordType, asked: Wishes): Values {
  const event = asked.event ?? exampleEvent(type)?.name;
  const options = event === undefined ? asked : { ...asked, event };
  let codes: readonly string[] = [];
  for (let salt = 0; salt < TRIES; salt += 1) {
    const draw = drawOf(options, salt);
    const drawn = settle(type, fill(type, options, draw), { options, draw });
    const values = withDerived(type, withoutHidden(type, type.example?.(drawn) ?? drawn));
    const read = readValues(type, values, exampleContext(type, values, options));
    if (read.ok) return read.values;
    codes = read.issues.map((issue) => `${issue.path} ${issue.code}`);
  }
  throw libraryError('LIB_EXAMPLE', { type: type.name, codes });
}

/**
 * Values that a type accepts at an event: deterministic, different for each seed, and such as a list of real records
 * might hold. For generated tests, the demo and the load generator.
 * @throws LIB_EXAMPLE where the rules over several fields need the declaration's `example`, and it does not help
 */
export const exampleValues = (type: RecordType, options: ExampleOptions): Values =>
  exampleWith(type, options);

/**
 * What an event with fields of its own takes.
 * @param values of the record
 * @throws LIB_EXAMPLE
 */
export function exampleTaken(
  type: RecordType,
  event: Event,
  { values, ...options }: ExampleOptions & { readonly values: Values },
): Values {
  if (event.takes === undefined || !('fields' in event.takes)) return {};
  const draw = drawOf(options, 0);
  const taken: Record<string, Value | undefined> = {};
  for (const field of event.takes.fields) {
    const around = { ...values, ...taken };
    if (!isVisible(field, around)) continue;
    taken[field.name] =
      field.kind === 'date' && field.notAfterToday === true ? draw.today : sampleValue(field, around, draw);
  }
  const { event: _event, complete: _complete, ...context } = exampleContext(type, values, options);
  const read = readTaken(type, taken, { ...context, of: event, before: values });
  if (read.ok) return read.values;
  throw libraryError('LIB_EXAMPLE', { type: type.name, codes: read.issues.map((issue) => issue.code) });
}
