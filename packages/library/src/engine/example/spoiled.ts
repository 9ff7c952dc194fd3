import { isComputed } from '../derive.ts';
import type { Field, Value, Values } from '../field.ts';
import { isTaken, userFields } from '../fields.ts';
import type { ReadContext } from '../read-values.ts';
import type { RecordType } from '../record-type.ts';
import { exampleContext, exampleEvent, exampleWith } from './example-values.ts';
import { type Pins, pinsFor } from './pins.ts';
import { wrongValues } from './wrong-values.ts';

/** Values with exactly one rule broken, and what reading them must say. */
export type Spoiled = {
  /** For the name of a test. */
  readonly rule: string;
  readonly raw: Readonly<Record<string, unknown>>;
  readonly context: ReadContext;
  readonly path: string;
  readonly code: string;
  /** A warning is told, and the values pass. */
  readonly severity: 'error' | 'warning';
};

type Case = Omit<Spoiled, 'severity' | 'context'> & { readonly context?: Partial<ReadContext> };

const SEED = 11;

/** The event at which a field can be typed. */
const eventFor = (type: RecordType, field: Field): string | undefined =>
  field.at?.find((name) =>
    type.lifeCycle.events.some(
      ({ name: own, takes }) => own === name && takes !== undefined && 'values' in takes && takes.complete,
    ),
  ) ?? exampleEvent(type)?.name;

/** Makes a field shown, open to typing, and filled. */
function pinsToFill(type: RecordType, field: Field): Pins {
  const open = field.derivedWhen === undefined ? {} : pinsFor(type, field.derivedWhen, false);
  const shown = field.visible === undefined ? {} : pinsFor(type, field.visible, true);
  const chosen = 'dependsOn' in field ? { [field.dependsOn]: 'filled' as const } : {};
  return { ...chosen, ...open, ...shown, [field.name]: 'filled' };
}

const spoil = (raw: Values, name: string, value: unknown): Readonly<Record<string, unknown>> => ({
  ...raw,
  [name]: value,
});

const without = (raw: Values, name: string): Values => {
  const { [name]: _gone, ...rest } = raw;
  return rest;
};

type Bench = {
  readonly type: RecordType;
  readonly field: Field;
  readonly base: Values;
  readonly context: ReadContext;
};

function missing({ type, field, base, context }: Bench): readonly Case[] {
  const { required, name } = field;
  if (required === undefined) return [];
  const at = typeof required === 'object' ? required.at : undefined;
  if (at !== undefined && !at.includes(context.event ?? '')) return [];
  const when = typeof required === 'object' ? required.when : undefined;
  const raw =
    when === undefined
      ? base
      : tryExample(type, { ...pinsToFill(type, field), ...pinsFor(type, when, true) }, context.event);
  return raw === undefined
    ? []
    : [{ rule: `${name} is required`, raw: without(raw, name), path: name, code: 'LIB_REQUIRED' }];
}

function hidden({ type, field, base, context }: Bench): readonly Case[] {
  const { visible, name } = field;
  if (visible === undefined) return [];
  const raw = tryExample(type, pinsFor(type, visible, false), context.event);
  return raw === undefined || raw[name] !== undefined || isComputed(field, raw)
    ? []
    : [{ rule: `${name} is hidden`, raw: spoil(raw, name, base[name]), path: name, code: hiddenCode(field) }];
}

/** With options that depend on the field that hides it, a value is no option at all. */
const hiddenCode = (field: Field): string => ('dependsOn' in field ? 'LIB_CHOICE' : 'LIB_HIDDEN');

function unchanging({ field, base }: Bench): readonly Case[] {
  const { name } = field;
  const raw = without(base, name);
  const before = base;
  const cases: Case[] = [
    {
      rule: `${name} came from the project library`,
      raw: spoil(raw, name, null),
      context: { before, locked: [name], settled: false },
      path: name,
      code: 'LIB_LOCKED',
    },
  ];
  if (field.fixed === true) {
    cases.push({
      rule: `${name} is fixed after submission`,
      raw: spoil(raw, name, null),
      context: { before, settled: true },
      path: name,
      code: 'LIB_FIXED',
    });
  }
  return cases;
}

function wrong({ field, base, context }: Bench): readonly Case[] {
  return wrongValues(field, { value: base[field.name] as Value, today: context.today }).map(
    ({ rule, value, code, at = '' }) => ({
      rule: `${field.name} ${rule}`,
      raw: spoil(base, field.name, value),
      path: `${field.name}${at}`,
      code,
    }),
  );
}

function tryExample(type: RecordType, pins: Pins, event: string | undefined): Values | undefined {
  try {
    return exampleWith(type, { seed: SEED, pins, ...(event === undefined ? {} : { event }) });
  } catch {
    // Rules over several fields may forbid what a condition asks for: there is no such case then.
    return undefined;
  }
}

function benchOf(type: RecordType, field: Field): Bench | undefined {
  const event = eventFor(type, field);
  const base = tryExample(type, pinsToFill(type, field), event);
  if (base === undefined || base[field.name] === undefined || !isTaken(field, event)) return undefined;
  const options = { seed: SEED, ...(event === undefined ? {} : { event }) };
  return { type, field, base, context: exampleContext(type, base, options) };
}

const complete = (context: ReadContext, one: Case, severity: Spoiled['severity'] = 'error'): Spoiled => ({
  ...one,
  context: { ...context, ...one.context },
  severity,
});

function spoiledFields(type: RecordType): readonly Spoiled[] {
  const typed = userFields(type).filter(
    ({ source, derivedWhen }) =>
      source === undefined || source === 'user' || (source === 'derived' && derivedWhen !== undefined),
  );
  return typed.flatMap((field) => {
    const bench = benchOf(type, field);
    if (bench === undefined) return [];
    const cases = [...missing(bench), ...hidden(bench), ...unchanging(bench), ...wrong(bench)];
    return cases.map((one) => complete(bench.context, one));
  });
}

/** What nobody may type: strangers, the system's fields, what is computed, what a certificate says. */
function spoiledWhole(type: RecordType): readonly Spoiled[] {
  const raw = exampleWith(type, { seed: SEED });
  const context = exampleContext(type, raw, { seed: SEED });
  const other = { certificate: 'LIB_CERTIFICATE', derived: 'LIB_DERIVED' } as const;
  const cases: Case[] = [
    {
      rule: 'an unknown field',
      raw: { ...raw, noSuchField: 1 },
      path: 'noSuchField',
      code: 'LIB_UNKNOWN_FIELD',
    },
    ...(type.system ?? []).map(({ name }) => ({
      rule: `${name} is the system’s`,
      raw: spoil(raw, name, 'x'),
      path: name,
      code: 'LIB_SYSTEM',
    })),
    ...userFields(type).flatMap((field) => {
      const { name, source } = field;
      if (source !== 'certificate' && source !== 'derived') return [];
      if (raw[name] === undefined || (source === 'derived' && !isComputed(field, raw))) return [];
      return differing(field, raw[name]).map((value) => ({
        rule: `${name} cannot be typed`,
        raw: spoil(raw, name, value),
        path: name,
        code: other[source],
      }));
    }),
  ];
  return cases.map((one) => complete(context, one));
}

/** Another valid value of a field, for kinds where one is at hand. */
function differing(field: Field, value: Value | undefined): readonly Value[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value + 1];
  if (field.kind === 'date') return [value === '1999-09-09' ? '1999-09-10' : '1999-09-09'];
  if (field.kind === 'decimal') return [value === '0.07' ? '0.08' : '0.07'];
  return field.kind === 'text' && typeof value === 'string' ? [`${value.slice(0, 1)}改`] : [];
}

function spoiledChecks(type: RecordType): readonly Spoiled[] {
  return (type.checks ?? []).flatMap((check) => {
    if (check.breaks === undefined) return [];
    const event = check.at?.[0] ?? exampleEvent(type)?.name;
    const options = { seed: SEED, fill: 1, ...(event === undefined ? {} : { event }) };
    const raw = check.breaks(exampleWith(type, options));
    const broken: Case = { rule: `check ${check.code}`, raw, path: check.fields[0] ?? '', code: check.code };
    return [complete(exampleContext(type, raw, options), broken, check.severity)];
  });
}

/**
 * One variant of a valid example for each rule of a declaration, with the place and the code that must be told. What
 * the store alone can judge (uniqueness, other records, other people's files) is not among them.
 */
export const spoiled = (type: RecordType): readonly Spoiled[] => [
  ...spoiledFields(type),
  ...spoiledWhole(type),
  ...spoiledChecks(type),
];
