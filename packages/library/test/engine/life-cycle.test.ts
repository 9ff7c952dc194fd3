import { describe, expect, test } from 'vitest';
import {
  decide,
  eventsFrom,
  type Facts,
  findEvent,
  NONE,
  readNeeds,
  recordType,
  SAME,
  usable,
  type Values,
} from '../../src/index.ts';
import { sampleType } from './sample-types.ts';

const facts = (more: Partial<Facts> = {}): Facts => ({
  values: { name: '虎符', leader: 'p1' },
  system: {},
  today: '2026-11-21',
  answers: {},
  taken: {},
  references: {},
  ...more,
});
const order = { by: 'primary', id: 'r1' } as const;

describe('decide', () => {
  test('from nothing: system fields begin with their initial values, then the event sets them', () => {
    const decision = decide(sampleType, { ...order, state: NONE, event: 'submit', facts: facts() });
    expect(decision).toMatchObject({ ok: true, to: 'submitted', system: { rounds: 1 } });
  });

  test('what arises knows the record as the event leaves it', () => {
    const decision = decide(sampleType, { ...order, state: NONE, event: 'submit', facts: facts() });
    expect(decision.ok && decision.arising).toEqual([
      { type: 'echo', event: 'arise', values: { of: 'r1', name: '虎符' }, system: {} },
    ]);
  });

  test('an event with fields of its own moves them, whatever is fixed; the state stays', () => {
    const taken = { newLeader: 'p2' };
    const decision = decide(sampleType, {
      ...order,
      state: 'submitted',
      event: 'hand-over',
      facts: facts({ taken }),
    });
    expect(decision).toMatchObject({ ok: true, to: 'submitted', values: { name: '虎符', leader: 'p2' } });
  });

  test('a guard refuses with its code, and nothing is left behind', () => {
    const decision = decide(sampleType, {
      ...order,
      state: 'submitted',
      event: 'hand-over',
      facts: facts({ taken: { newLeader: 'p1' } }),
    });
    expect(decision).toEqual({
      ok: false,
      code: 'LIB_STATE',
      fields: { state: '提交成功', stateEn: 'Submitted' },
    });
  });

  test('deleting a draft leads to nothing', () => {
    expect(decide(sampleType, { ...order, state: 'editing', event: 'delete', facts: facts() })).toMatchObject(
      { ok: true, to: NONE },
    );
  });

  test('an event that no state knows is no event of the type', () => {
    expect(() => decide(sampleType, { ...order, state: 'editing', event: 'fly', facts: facts() })).toThrow(
      'LIB_EVENT',
    );
  });

  test('what a system field is set to null is emptied', () => {
    const type = recordType('person');
    const system: Values = { leaveDate: '2026-01-01' };
    const back = facts({ values: { joinDate: '2020-01-01' }, system, taken: { joinDate: '2026-02-01' } });
    const decision = decide(type, { ...order, state: 'departed', event: 'return', facts: back });
    expect(decision).toMatchObject({
      ok: true,
      to: 'employed',
      values: { joinDate: '2026-02-01' },
      system: {},
    });
    expect(decision.ok && 'leaveDate' in decision.system).toBe(false);
  });
});

test('the buttons of a state are those of the table, for who may press them', () => {
  const names = (state: string, by: 'primary' | 'platform') =>
    eventsFrom(sampleType, state, by).map(({ name }) => name);
  expect(names(NONE, 'primary')).toEqual(['save', 'submit']);
  expect(names('editing', 'primary')).toEqual(['save', 'submit', 'hand-over', 'delete']);
  expect(names('submitted', 'primary')).toEqual(['maintain', 'hand-over', 'void']);
  expect(names('submitted', 'platform')).toEqual(['count-use']);
  expect(names('voided', 'primary')).toEqual([]);
});

test('events of one name are told apart by where they start', () => {
  const project = recordType('project-general');
  expect(findEvent(project, 'submit', NONE)?.from).toEqual([NONE]);
  expect(findEvent(project, 'submit', 'submitted')?.from).toContain('submitted');
  expect(findEvent(project, 'submit', 'nowhere')).toBeUndefined();
  expect(findEvent(project, 'change-leader')?.to).toBe(SAME);
});

test('GEN-007 usable is what the table says', () => {
  expect(['editing', 'submitted', 'voided', NONE].filter((state) => usable(sampleType, state))).toEqual([
    'submitted',
  ]);
});

describe('GEN-006 reason and proof', () => {
  const voiding = findEvent(sampleType, 'void')!;
  const handOver = findEvent(sampleType, 'hand-over')!;
  const proof = [{ sha256: 'c'.repeat(64), name: '证明.pdf', size: 3, mediaType: 'application/pdf' }];

  test('both are there where both are needed', () => {
    expect(readNeeds(voiding, { reason: ' 到期 ', proof })).toEqual({ ok: true, reason: '到期', proof });
  });

  test.each([
    [{}, ['reason LIB_REQUIRED', 'proof LIB_REQUIRED']],
    [{ reason: '  ', proof: [] }, ['reason LIB_REQUIRED', 'proof LIB_REQUIRED']],
    [{ reason: '到期' }, ['proof LIB_REQUIRED']],
    [{ reason: '长'.repeat(501), proof }, ['reason LIB_TOO_LONG']],
    [{ reason: 3, proof: 'x' }, ['reason LIB_TEXT', 'proof LIB_FILES']],
  ])('%j is refused', (sent, expected) => {
    const read = readNeeds(voiding, sent);
    expect(read.ok ? [] : read.issues.map(({ path, code }) => `${path} ${code}`)).toEqual(expected);
  });

  test('what is not needed is not taken', () => {
    expect(readNeeds(handOver, { proof }).ok).toBe(true);
    expect(readNeeds(handOver, { proof, reason: 'x' })).toMatchObject({
      ok: false,
      issues: [{ path: 'reason' }],
    });
  });
});
