import { describe, expect, test } from 'vitest';
import {
  checkDeclaration,
  checkDeclarations,
  decide,
  type Event,
  EXAMPLE_DAY,
  exampleContext,
  exampleEvent,
  exampleTaken,
  exampleValues,
  type Facts,
  hasEnded,
  NONE,
  RECORD_TYPES,
  type RecordType,
  readTaken,
  readValues,
  spoiled,
  usable,
  type Values,
} from '../../src/index.ts';
import { sampleType } from './sample-types.ts';

const TYPES: readonly RecordType[] = [...RECORD_TYPES, sampleType];
const SEEDS = Array.from({ length: 8 }, (_, i) => i + 1);

const factsOf = (values: Values, more: Partial<Facts> = {}): Facts => ({
  values,
  system: {},
  today: EXAMPLE_DAY,
  answers: {},
  taken: {},
  references: {},
  ...more,
});

test('the declarations fit together', () => {
  expect(checkDeclarations(RECORD_TYPES)).toEqual([]);
});

describe.each(TYPES.map((type) => [type.name, type] as const))('%s', (_name, type) => {
  const cases = spoiled(type);
  const taking = exampleEvent(type);

  test('its declaration is sound', () => {
    expect(checkDeclaration(type)).toEqual([]);
  });

  test('examples of every event that takes values pass, and reading what was read gives the same', () => {
    const events = type.lifeCycle.events.filter(({ takes }) => takes !== undefined && 'values' in takes);
    for (const event of events) {
      for (const seed of SEEDS) {
        const options = { seed, event: event.name };
        const values = exampleValues(type, options);
        const context = exampleContext(type, values, options);
        const read = readValues(type, values, context);
        expect(read).toMatchObject({ ok: true, values });
        const again = read.ok ? readValues(type, JSON.parse(JSON.stringify(read.values)), context) : read;
        expect(again).toEqual(read);
      }
    }
  });

  test('the same seed gives the same example, another seed another', () => {
    expect(exampleValues(type, { seed: 3 })).toEqual(exampleValues(type, { seed: 3 }));
    const distinct = new Set(SEEDS.map((seed) => JSON.stringify(exampleValues(type, { seed }))));
    expect(distinct.size).toBeGreaterThan(SEEDS.length / 2);
  });

  test('one variant for each rule is refused, at its place and with its code', () => {
    const untold = cases.filter(({ raw, context, path, code, severity }) => {
      const read = readValues(type, raw, context);
      const issues = read.ok ? read.warnings : read.issues;
      const isTold = issues.some(
        (issue) => issue.path === path && issue.code === code && issue.severity === severity,
      );
      return !isTold || read.ok !== (severity === 'warning');
    });
    expect(untold.map((one) => `${one.rule}: ${one.path} ${one.code}`)).toEqual([]);
  });

  test('every field that people type has variants of its own, three at least unless it is a yes-or-no', () => {
    const typed = type.sections
      .flatMap((section) => section.fields)
      .filter((field) => field.source === undefined || field.source === 'user');
    const few = typed.filter(
      ({ name, kind }) =>
        cases.filter(({ path }) => path.split('.')[0] === name).length < (kind === 'boolean' ? 2 : 3),
    );
    expect(taking === undefined ? [] : few.map((field) => field.name)).toEqual([]);
  });

  const states = [NONE, ...type.lifeCycle.states.map((state) => state.name)];
  const names = [...new Set(type.lifeCycle.events.map((event) => event.name))];
  const values = exampleValues(type, { seed: 5, fill: 1 });

  const attempt = (state: string, event: string, by: Event['by'][number], facts: Facts = factsOf(values)) =>
    decide(type, { state, event, by, facts, id: 'record-1' });

  test('what the table does not list is refused with LIB_STATE and the label of the state', () => {
    for (const state of states) {
      for (const name of names) {
        const isListed = type.lifeCycle.events.some(
          (event) => event.name === name && event.from.includes(state),
        );
        const decision = attempt(state, name, 'primary');
        if (isListed) expect(decision).not.toMatchObject({ code: 'LIB_STATE', fields: { state: 'x' } });
        else {
          const label = type.lifeCycle.states.find((one) => one.name === state)?.label.zh ?? '尚未保存';
          expect(decision).toEqual({
            ok: false,
            code: 'LIB_STATE',
            fields: expect.objectContaining({ state: label }),
          });
        }
      }
    }
  });

  test('who is not named at an event cannot set it off', () => {
    for (const event of type.lifeCycle.events) {
      for (const by of ['primary', 'system', 'platform'] as const) {
        if (event.by.includes(by)) continue;
        expect(attempt(event.from[0]!, event.name, by)).toMatchObject({ ok: false, code: 'LIB_SETTER' });
      }
    }
  });

  test('what has ended stays as it is, and cannot be used', () => {
    for (const state of type.lifeCycle.states.filter((one) => one.ended === true)) {
      const leaving = type.lifeCycle.events.filter((event) => event.from.includes(state.name));
      const isTerminal = state.name === 'voided';
      if (isTerminal) expect(leaving).toEqual([]);
      expect(usable(type, state.name)).toBe(false);
      expect(hasEnded(type, state.name)).toBe(true);
    }
  });

  test('GEN-007 only the states that say so can be used in bidding', () => {
    const meant = new Set(['submitted', 'normal', 'employed']);
    for (const state of states) expect(usable(type, state) && !meant.has(state)).toBe(false);
    expect(usable(type, 'editing')).toBe(false);
    expect(usable(type, NONE)).toBe(false);
  });

  test('an event with fields of its own takes them, and refuses others', () => {
    for (const event of type.lifeCycle.events) {
      if (event.takes !== undefined && 'values' in event.takes) continue;
      const { event: _event, complete: _complete, ...context } = exampleContext(type, values, { seed: 1 });
      const around = { ...context, of: event, before: values };
      const taken = exampleTaken(type, event, { seed: 1, values });
      expect(readTaken(type, taken, around)).toMatchObject({ ok: true, values: taken });
      expect(readTaken(type, { ...taken, noSuchField: 1 }, around)).toMatchObject({
        ok: false,
        issues: expect.arrayContaining([expect.objectContaining({ path: 'noSuchField' })]),
      });
      const own = event.takes !== undefined && 'fields' in event.takes ? event.takes.fields : [];
      for (const field of own.filter((one) => one.required === 'always')) {
        const { [field.name]: _gone, ...rest } = taken;
        expect(readTaken(type, rest, around)).toMatchObject({
          ok: false,
          issues: [{ path: field.name, code: 'LIB_REQUIRED' }],
        });
      }
    }
  });
});
