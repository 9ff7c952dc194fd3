import { describe, expect, test } from 'vitest';
import { eventsFrom, fieldsOf, NONE, recordType, usable, type Values } from '../../src/index.ts';
import { done, example, type Held, PDF, press, refusedWith, TODAY, unborn } from './record.ts';

const BOARDS = ['general', 'transport', 'water'] as const;
const type = recordType('project-general');
const values = example(type, 'submit');
const LEADER = 'person-old';
const filled: Values = { ...values, leaderId: LEADER };
const completion: Values = {
  contractName: '施工合同',
  actualEndDate: '2024-10-18',
  acceptDate: '2024-11-26',
  qualityResult: 'QUALIFIED',
  completionFile: [PDF],
};

const draft = (): Held => done(unborn(type), 'save', { send: { projectName: '市民中心' } });
const submitted = (): Held => done(unborn(type), 'submit', { send: filled });
const imported = (): Held => ({
  ...done(unborn(type), 'import', {
    by: 'system',
    send: { projectName: '地铁站房', tradeNo: 'JS-2026-001' },
  }),
  locked: ['projectName', 'tradeNo'],
});
const completed = (from = submitted()): Held => done(from, 'complete', { send: completion });
/** Completed, its performance voided, and edited again. */
const reopened = (): Held =>
  done(completed(), 'reopen', { send: { scale: '改正' }, answers: { 'has-normal-performance': false } });

const change = { newLeaderId: 'person-new', changeDate: TODAY };

describe('LIB-PROJ arrival and drafts', () => {
  test('LIB-PROJ-02 LIB-PROJ-03 an on-platform project arrives by itself, as a draft, and counts in no bidding', () => {
    const { state, system } = imported();
    expect(state).toBe('editing');
    expect(system).toMatchObject({
      isOnPlatform: true,
      stage: 'UNDER_CONSTRUCTION',
      isPerformance: false,
      everPerformance: false,
    });
    expect(usable(type, state)).toBe(false);
    expect(refusedWith(unborn(type), 'import', { send: {} })).toEqual(['LIB_SETTER']);
  });

  test('LIB-PROJ-04 only 提交成功 counts in bidding', () => {
    expect(type.lifeCycle.states.filter((state) => state.usable).map(({ label }) => label.zh)).toEqual([
      '提交成功',
    ]);
  });

  test('LIB-PROJ-05 LIB-PROJ-06 LIB-PROJ-07 one that the entity adds is off-platform and 项目在建', () => {
    expect(type.adding).toMatchObject({ button: { zh: '新增场外项目' }, dialog: { zh: '新增场外项目' } });
    for (const held of [draft(), submitted()]) {
      expect(held.system).toMatchObject({ isOnPlatform: false, stage: 'UNDER_CONSTRUCTION' });
    }
    expect(draft().state).toBe('editing');
    expect(submitted().state).toBe('submitted');
  });

  test('LIB-PROJ-06 submission asks for what is required; a draft does not', () => {
    const { projectName: _, ...rest } = filled;
    expect(refusedWith(unborn(type), 'submit', { send: rest })).toEqual(['projectName LIB_REQUIRED']);
    expect(press(unborn(type), 'save', { send: rest })).toMatchObject({ ok: true });
  });

  test('F-PROJ a direct award has no notice; every other method has', () => {
    const { winNoticeFile: _, winAmount: __, winDate: ___, ...rest } = filled;
    expect(press(unborn(type), 'submit', { send: { ...rest, bidMethod: 'DIRECT' } })).toMatchObject({
      ok: true,
    });
    expect(refusedWith(unborn(type), 'submit', { send: { ...rest, bidMethod: 'OPEN' } })).toEqual([
      'winAmount LIB_REQUIRED',
      'winDate LIB_REQUIRED',
      'winNoticeFile LIB_REQUIRED',
    ]);
  });

  test('F-PROJ a contract is not signed before the award, and amounts are more than nothing', () => {
    expect(
      refusedWith(unborn(type), 'submit', {
        send: { ...filled, winDate: '2024-03-02', contractDate: '2024-03-01' },
      }),
    ).toEqual(['contractDate LIB_DATE_ORDER']);
    expect(refusedWith(unborn(type), 'submit', { send: { ...filled, contractAmount: '0' } })).toEqual([
      'contractAmount LIB_POSITIVE',
    ]);
    expect(refusedWith(unborn(type), 'submit', { send: { ...filled, duration: 0 } })).toEqual([
      'duration LIB_MIN',
    ]);
  });

  test('F-PROJ an unusual project code is told, not refused', () => {
    const outcome = press(unborn(type), 'submit', { send: { ...filled, projectCode: '旧-1' } });
    expect(outcome).toMatchObject({ ok: true, warnings: ['projectCode LIB_FORMAT_UNUSUAL'] });
    const usual = { ...filled, projectCode: '2024-320102-48-01-123456' };
    expect(press(unborn(type), 'submit', { send: usual })).toMatchObject({ ok: true, warnings: [] });
  });
});

describe('LIB-PROJ-09 deletion', () => {
  test('a self-built draft that was never a performance is deleted after a prompt with 确定', () => {
    expect(press(draft(), 'delete')).toMatchObject({ ok: true, held: { state: NONE } });
    const event = eventsFrom(type, 'editing', 'primary').find(({ name }) => name === 'delete');
    expect(event).toMatchObject({ button: { zh: '删除' }, confirm: { zh: '确定' } });
  });

  test('an on-platform project is kept', () => {
    expect(refusedWith(imported(), 'delete')).toEqual(['LIB_PROJECT_KEPT']);
  });

  test('a submitted one and one that is a performance are kept', () => {
    expect(refusedWith(submitted(), 'delete')).toEqual(['LIB_STATE']);
    expect(refusedWith(completed(), 'delete')).toEqual(['LIB_STATE']);
  });

  test('one that once was a performance is kept, although it is 编辑中 again', () => {
    expect(reopened().state).toBe('editing');
    expect(refusedWith(reopened(), 'delete')).toEqual(['LIB_PROJECT_KEPT']);
  });
});

describe('LIB-PROJ-11 to -14 the leader', () => {
  test('LIB-PROJ-11 变更负责人 needs the new person, the day, a reason and proof', () => {
    const event = eventsFrom(type, 'submitted', 'primary').find(({ name }) => name === 'change-leader');
    expect(event).toMatchObject({
      button: { zh: '变更负责人' },
      dialog: { zh: '项目负责人变更' },
      confirm: { zh: '确定' },
    });
    const held = done(submitted(), 'change-leader', { send: change });
    expect(held.values['leaderId']).toBe('person-new');
    expect(held.state).toBe('submitted');
    expect(refusedWith(submitted(), 'change-leader', { send: change, proof: [] })).toEqual([
      'proof LIB_REQUIRED',
    ]);
    expect(refusedWith(submitted(), 'change-leader', { send: change, reason: ' ' })).toEqual([
      'reason LIB_REQUIRED',
    ]);
    expect(refusedWith(submitted(), 'change-leader', { send: {} })).toEqual([
      'newLeaderId LIB_REQUIRED',
      'changeDate LIB_REQUIRED',
    ]);
    expect(
      refusedWith(submitted(), 'change-leader', { send: { ...change, changeDate: '2027-01-01' } }),
    ).toEqual(['changeDate LIB_DATE_FUTURE']);
  });

  test('LIB-PROJ-11 there is no way round the proof: a submitted project keeps its leader when it is maintained', () => {
    for (const event of ['maintain', 'submit', 'complete']) {
      const send = { ...(event === 'complete' ? completion : {}), leaderId: 'person-new' };
      expect(refusedWith(submitted(), event, { send })).toEqual(['leaderId LIB_FIXED']);
    }
  });

  test('LIB-PROJ-12 LIB-PROJ-14 a completed project keeps its leader', () => {
    expect(refusedWith(completed(), 'change-leader', { send: change })).toEqual(['LIB_PROJECT_COMPLETED']);
  });

  test('LIB-PROJ-14 so does one that is a performance, whatever its stage', () => {
    const held = { ...submitted(), system: { ...submitted().system, isPerformance: true } };
    expect(refusedWith(held, 'change-leader', { send: change })).toEqual(['LIB_PROJECT_PERFORMANCE']);
  });

  test('C-27 one that is edited again qualifies', () => {
    expect(press(reopened(), 'change-leader', { send: change })).toMatchObject({ ok: true });
  });

  test('LIB-PROJ-13 OD-18 the leader is one of 人员信息, and not the one who is leader already', () => {
    const fields = fieldsOf(type).filter(({ name }) => name === 'leaderId' || name === 'techLeaderId');
    expect(fields).toHaveLength(2);
    for (const field of fields) expect(field).toMatchObject({ kind: 'reference', to: ['person'] });
    const same = { ...change, newLeaderId: LEADER };
    expect(refusedWith(submitted(), 'change-leader', { send: same })).toEqual(['LIB_SAME_LEADER']);
    expect(refusedWith(draft(), 'change-leader', { send: change })).toEqual(['LIB_LEADER_MISSING']);
  });

  test('LIB-PROJ-20 every change is counted and dated, so that 变更记录 appears after the first', () => {
    expect(submitted().system['leaderChanges']).toBe(0);
    const once = done(submitted(), 'change-leader', { send: change });
    const twice = done(once, 'change-leader', { send: { newLeaderId: LEADER, changeDate: TODAY } });
    expect(twice.system).toMatchObject({ leaderChanges: 2, leaderChangedOn: TODAY });
  });
});

describe('LIB-PROJ-15 在建项目维护', () => {
  test('OD-17 a submitted project is a draft while it is worked on, and then submitted again', () => {
    const event = eventsFrom(type, 'submitted', 'primary').find(({ name }) => name === 'maintain');
    expect(event).toMatchObject({ button: { zh: '在建项目维护' }, dialog: { zh: '编辑企业项目信息' } });
    const held = done(submitted(), 'maintain', { send: { scale: '' } });
    expect(held.state).toBe('editing');
    expect(usable(type, held.state)).toBe(false);
    expect(refusedWith(held, 'submit')).toEqual(['scale LIB_REQUIRED']);
    expect(done(held, 'submit', { send: { scale: '地上 18 层' } }).state).toBe('submitted');
  });

  test('LIB-PERF-11 what came from the project library stays as it came', () => {
    expect(refusedWith(imported(), 'maintain', { send: { projectName: '另一个名称' } })).toEqual([
      'projectName LIB_LOCKED',
    ]);
    expect(done(imported(), 'maintain', { send: { scale: '两层' } }).values).toMatchObject({
      projectName: '地铁站房',
      scale: '两层',
    });
  });

  test('a completed project is not maintained', () => {
    for (const event of ['maintain', 'submit', 'complete']) {
      expect(refusedWith(completed(), event, { send: {} })).toEqual(['LIB_PROJECT_COMPLETED']);
    }
  });
});

describe('LIB-PROJ-16 to -18 项目竣工', () => {
  test('LIB-PROJ-16 every required item and the completion papers are asked for', () => {
    const event = eventsFrom(type, 'editing', 'primary').find(({ name }) => name === 'complete');
    expect(event).toMatchObject({ button: { zh: '项目竣工' }, confirm: { zh: '提交' } });
    const { contractName: _, ...rest } = filled;
    const held = done(unborn(type), 'submit', { send: rest });
    expect(refusedWith(held, 'complete')).toEqual([
      'contractName LIB_REQUIRED',
      'actualEndDate LIB_REQUIRED',
      'acceptDate LIB_REQUIRED',
      'qualityResult LIB_REQUIRED',
      'completionFile LIB_REQUIRED',
    ]);
  });

  test('LIB-PROJ-16 the stage is the only guard: an unsubmitted project can be completed', () => {
    const held = done(unborn(type), 'save', { send: filled });
    expect(completed(held)).toMatchObject({ state: 'submitted', system: { stage: 'COMPLETED' } });
  });

  test('F-PROJ acceptance follows completion, completion follows the start', () => {
    const from = (send: Values) => refusedWith(submitted(), 'complete', { send: { ...completion, ...send } });
    expect(from({ actualEndDate: '2001-01-01' })).toEqual(['actualEndDate LIB_DATE_ORDER']);
    expect(from({ acceptDate: '2024-10-17' })).toEqual(['acceptDate LIB_DATE_ORDER']);
    expect(from({ acceptDate: '2024-10-18' })).toEqual([]);
    expect(from({ actualEndDate: '2026-12-01', acceptDate: '2026-12-02' })).toEqual([
      'actualEndDate LIB_DATE_FUTURE',
      'acceptDate LIB_DATE_FUTURE',
    ]);
  });

  test('LIB-PROJ-17 LIB-PROJ-18 the stage changes by itself, and one performance arises with what was submitted', () => {
    const outcome = press(submitted(), 'complete', {
      send: completion,
      references: { leaderId: { name: '张伟', idNo: '110101199003070054', title: 'ASSOCIATE' } },
    });
    expect(outcome).toMatchObject({
      ok: true,
      held: {
        state: 'submitted',
        system: { stage: 'COMPLETED', isPerformance: true, everPerformance: true },
      },
    });
    const arising = outcome.ok ? outcome.arising : [];
    expect(arising).toHaveLength(1);
    expect(arising[0]).toMatchObject({
      type: 'performance-general',
      event: 'arise',
      values: {
        projectName: filled['projectName'],
        acceptDate: '2024-11-26',
        completionFile: [PDF],
        leaderName: '张伟',
        leaderTitle: 'ASSOCIATE',
      },
      system: { projectId: 'record-1', useCount: 0 },
    });
  });

  test.each(BOARDS)('LIB-PROJ-18 the board is inherited: %s', (board) => {
    const of = recordType(`project-${board}`);
    const held = done(unborn(of), 'submit', { send: example(of, 'submit') });
    const { leaderId: _, ...rest } = example(of, 'complete');
    const outcome = press(held, 'complete', {
      send: { ...held.values, ...rest, leaderId: held.values['leaderId'] },
    });
    expect(outcome).toMatchObject({ ok: true, arising: [{ type: `performance-${board}` }] });
  });

  test('the user never sets the stage by hand', () => {
    for (const name of ['stage', 'isPerformance', 'isOnPlatform', 'everPerformance']) {
      expect(refusedWith(unborn(type), 'submit', { send: { ...filled, [name]: true } })).toEqual([
        `${name} LIB_SYSTEM`,
      ]);
    }
  });

  test('completion is told at 项目竣工 alone', () => {
    expect(refusedWith(unborn(type), 'submit', { send: { ...filled, acceptDate: '2024-11-26' } })).toEqual([
      'acceptDate LIB_NOT_NOW',
    ]);
  });
});

describe('LIB-PERF-09 to -13 editing after a void', () => {
  const NO_LONGER = { answers: { 'has-normal-performance': false } };

  test('LIB-PERF-09 while the performance is 正常 the project is not edited', () => {
    const still = { answers: { 'has-normal-performance': true } };
    expect(refusedWith(completed(), 'reopen', still)).toEqual(['LIB_PERFORMANCE_NORMAL']);
    expect(refusedWith(completed(), 'reopen')).toEqual(['LIB_PERFORMANCE_NORMAL']);
  });

  test('LIB-PERF-12 the flags change when the modification is made', () => {
    const before = completed();
    expect(before.system).toMatchObject({ stage: 'COMPLETED', isPerformance: true });
    const held = done(before, 'reopen', { ...NO_LONGER, send: { scale: '改正后的规模' } });
    expect(held).toMatchObject({
      state: 'editing',
      values: { scale: '改正后的规模' },
      system: { stage: 'UNDER_CONSTRUCTION', isPerformance: false, everPerformance: true },
    });
  });

  test('LIB-PERF-12 voiding the performance touches the performance alone', () => {
    const performance = recordType('performance-general');
    const event = eventsFrom(performance, 'normal', 'primary').find(({ name }) => name === 'void');
    expect(event?.arises).toBeUndefined();
    expect(event?.sets).toBeUndefined();
  });

  test('LIB-PERF-10 LIB-PERF-11 items of the project library cannot be modified then either', () => {
    const held = { ...completed(), locked: ['projectName', 'winAmount'] };
    expect(refusedWith(held, 'reopen', { ...NO_LONGER, send: { projectName: '改名' } })).toEqual([
      'projectName LIB_LOCKED',
    ]);
  });

  test('LIB-PERF-13 completed again, it is a new performance whose use counts from nothing', () => {
    const outcome = press(reopened(), 'complete', { send: completion });
    expect(outcome).toMatchObject({
      ok: true,
      held: { state: 'submitted', system: { stage: 'COMPLETED', isPerformance: true } },
      arising: [{ type: 'performance-general', values: { scale: '改正' }, system: { useCount: 0 } }],
    });
  });

  test('SM-PROJ an ongoing project is maintained, not reopened', () => {
    expect(refusedWith(submitted(), 'reopen', NO_LONGER)).toEqual(['LIB_PROJECT_ONGOING']);
  });
});

describe('boards', () => {
  const transport = recordType('project-transport');
  const water = recordType('project-water');

  test('F-PROJ-T a highway has a class and a length, a port has neither', () => {
    const base = example(transport, 'submit');
    const { techGrade: _, mileage: __, ...rest } = base;
    expect(refusedWith(unborn(transport), 'submit', { send: { ...rest, roadType: 'HIGHWAY' } })).toEqual([
      'techGrade LIB_REQUIRED',
      'mileage LIB_REQUIRED',
    ]);
    expect(press(unborn(transport), 'submit', { send: { ...rest, roadType: 'PORT' } })).toMatchObject({
      ok: true,
    });
    expect(
      refusedWith(unborn(transport), 'submit', { send: { ...rest, roadType: 'PORT', techGrade: 'CLASS_1' } }),
    ).toEqual(['techGrade LIB_HIDDEN']);
    expect(refusedWith(unborn(transport), 'submit', { send: { ...base, mainWorks: [] } })).toEqual([
      'mainWorks LIB_REQUIRED',
    ]);
  });

  test('F-PROJ-T the score lies between 0 and 100, the handover before the acceptance', () => {
    const held = done(unborn(transport), 'submit', { send: example(transport, 'submit') });
    const { leaderId: _, ...rest } = example(transport, 'complete');
    const complete = (send: Values) =>
      refusedWith(held, 'complete', { send: { ...rest, leaderId: held.values['leaderId'], ...send } });
    expect(complete({ handoverScore: '100.01' })).toEqual(['handoverScore LIB_MAX']);
    expect(complete({ handoverScore: '98.123' })).toEqual(['handoverScore LIB_DECIMALS']);
    expect(complete({ handoverDate: '2024-11-27' })).toEqual(['acceptDate LIB_DATE_ORDER']);
  });

  test.each([
    ['RESERVOIR', ['capacity']],
    ['SLUICE', ['flow']],
    ['PUMP_STATION', ['flow', 'installedPower']],
    ['HYDROPOWER', ['installedPower']],
    ['DYKE', []],
  ])('F-PROJ-W %s asks for %j', (waterCategory, asked) => {
    const { capacity: _, flow: __, installedPower: ___, ...rest } = example(water, 'submit');
    expect(refusedWith(unborn(water), 'submit', { send: { ...rest, waterCategory } })).toEqual(
      asked.map((name) => `${name} LIB_REQUIRED`),
    );
  });
});
