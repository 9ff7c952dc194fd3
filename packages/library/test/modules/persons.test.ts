import { describe, expect, test } from 'vitest';
import {
  eventsFrom,
  fieldOf,
  findEvent,
  NONE,
  personalFields,
  RECORD_TYPES,
  recordType,
  usable,
  type Values,
} from '../../src/index.ts';
import { done, example, type Held, OWNER, PDF, press, refusedWith, TODAY, unborn } from './record.ts';

const type = recordType('person');
const SUB_RECORDS = ['education', 'certificate', 'award', 'employment', 'performance'].map((name) =>
  recordType(`person-${name}`),
);

// A number with a right check digit: 7 March 1990, a woman.
const CARD = '110101199003070046';
const person: Values = {
  name: '王芳',
  idType: 'ID_CARD',
  idNo: CARD,
  phone: '13912345678',
  category: 'PROJECT_LEADER',
  joinDate: '2018-07-01',
  idFile: [PDF],
};
const employed = (): Held => done(unborn(type), 'submit', { send: person });
const FREE = { answers: { 'leads-ongoing-project': false, 'on-ongoing-project': false } };
const departed = (): Held => done(employed(), 'depart', { ...FREE, send: { leaveDate: '2026-01-31' } });

describe('LIB-PERSON basic information', () => {
  test('LIB-PERSON-02 新增 opens 基本信息, 提交 makes the person 在职; there is no draft and no deletion (C-13)', () => {
    expect(type.adding).toMatchObject({ button: { zh: '新增' }, dialog: { zh: '基本信息' } });
    expect(eventsFrom(type, NONE, 'primary').map(({ confirm }) => confirm?.zh)).toEqual(['提交']);
    expect(employed().state).toBe('employed');
    expect(() => press(employed(), 'delete')).toThrow(expect.objectContaining({ code: 'LIB_EVENT' }));
  });

  test('F-PERSON gender and birth follow from an identity card; a passport leaves them to be typed', () => {
    expect(employed().values).toMatchObject({ gender: '2', birthDate: '1990-03-07' });
    expect(refusedWith(unborn(type), 'submit', { send: { ...person, gender: '1' } })).toEqual([
      'gender LIB_DERIVED',
    ]);
    const foreign = {
      ...person,
      idType: 'PASSPORT',
      idNo: 'E12345678',
      gender: '1',
      birthDate: '1980-01-02',
    };
    expect(done(unborn(type), 'submit', { send: foreign }).values).toMatchObject({
      gender: '1',
      birthDate: '1980-01-02',
    });
  });

  test('F-PERSON the check digit of an identity card is held, of other papers there is none', () => {
    expect(refusedWith(unborn(type), 'submit', { send: { ...person, idNo: '110101199003070047' } })).toEqual([
      'idNo ID_CARD_CHECK',
    ]);
    expect(
      press(unborn(type), 'submit', { send: { ...person, idType: 'OTHER', idNo: '(A)123-456' } }),
    ).toMatchObject({
      ok: true,
    });
  });

  test('F-PERSON the number is unique among those that are not voided', () => {
    expect(type.unique).toEqual([expect.objectContaining({ fields: ['idNo'], code: 'LIB_DUPLICATE' })]);
    expect(type.lifeCycle.states.filter(({ ended }) => ended).map(({ name }) => name)).toEqual(['voided']);
  });

  test('F-PERSON social insurance that another pays, and a child, are told but not refused', () => {
    const told = (more: Values) => {
      const outcome = press(unborn(type), 'submit', { send: { ...person, ...more } });
      return outcome.ok ? outcome.warnings : outcome.refused;
    };
    expect(told({ socialSecurityUnit: '别的公司' })).toEqual(['socialSecurityUnit LIB_NAME_DIFFERS']);
    expect(told({ socialSecurityUnit: OWNER.name })).toEqual([]);
    expect(told({ idType: 'PASSPORT', idNo: 'E12345678', birthDate: '2010-12-01', joinDate: TODAY })).toEqual(
      ['idNo LIB_UNDER_AGE'],
    );
    expect(told({ idType: 'PASSPORT', idNo: 'E12345678', birthDate: '2010-11-20', joinDate: TODAY })).toEqual(
      [],
    );
  });

  test.each([
    [{ phone: '12912345678' }, 'phone'],
    [{ joinDate: '2026-12-01' }, 'joinDate LIB_DATE_FUTURE'],
    [{ contractFrom: '2024-01-01', contractTo: '2023-12-31' }, 'contractTo LIB_DATE_ORDER'],
    [{ joinDate: '1990-03-07' }, 'joinDate LIB_DATE_ORDER'],
    [{ idFile: [] }, 'idFile LIB_REQUIRED'],
    [{ photo: [PDF] }, 'photo'],
    [{ category: 'CHEF' }, 'category LIB_CHOICE'],
  ])('F-PERSON refuses %j', (send, refused) => {
    const told = refusedWith(unborn(type), 'submit', { send: { ...person, ...send } });
    expect(told).toEqual([expect.stringContaining(refused)]);
  });

  test('LIB-PERSON-06 the basic information is maintained after submission, in either state', () => {
    const send = { phone: '13812345678' };
    expect(done(employed(), 'change', { send })).toMatchObject({ state: 'employed', values: send });
    expect(done(departed(), 'change', { send })).toMatchObject({ state: 'departed', values: send });
  });

  test('the name, the numbers and the day of birth are personal', () => {
    expect(personalFields(type).map(({ name }) => name)).toEqual(['name', 'idNo', 'birthDate', 'phone']);
  });

  test.each([
    ['natural-person', ['name', 'idNo', 'birthDate', 'phone', 'address']],
    ['person-employment', ['witness']],
    ['performance-general', ['leaderName', 'leaderIdNo', 'techLeaderName']],
    ['performance-transport', ['leaderName', 'leaderIdNo', 'techLeaderName']],
    ['performance-water', ['leaderName', 'leaderIdNo', 'techLeaderName']],
    ['project-general', []],
  ])('wherever a person is named, the name is personal: %s', (other, names) => {
    expect(personalFields(recordType(other)).map(({ name }) => name)).toEqual(names);
  });

  test('the legal representative, the contact and who answers for the information are persons too', () => {
    const names = personalFields(recordType('organisation')).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['legalRepName', 'contactName', 'reportPerson']));
    expect(names).not.toContain('entityName');
  });
});

describe('LIB-PERSON-05 OD-23 在职 and 离职', () => {
  test('离职 needs its day, not before the joining and not after today', () => {
    const depart = (leaveDate: string | undefined) =>
      refusedWith(employed(), 'depart', { ...FREE, send: { leaveDate } });
    expect(depart(undefined)).toEqual(['leaveDate LIB_REQUIRED']);
    expect(depart('2018-06-30')).toEqual(['LIB_LEAVE_DATE']);
    expect(depart('2018-07-01')).toEqual([]);
    expect(depart('2026-11-21')).toEqual(['leaveDate LIB_DATE_FUTURE']);
    expect(departed()).toMatchObject({ state: 'departed', system: { leaveDate: '2026-01-31' } });
  });

  test('who leads an ongoing project stays 在职; so does one of whom nobody knows', () => {
    const send = { leaveDate: '2026-01-31' };
    expect(refusedWith(employed(), 'depart', { send, answers: { 'leads-ongoing-project': true } })).toEqual([
      'LIB_PERSON_LEADS',
    ]);
    expect(refusedWith(employed(), 'depart', { send })).toEqual(['LIB_PERSON_LEADS']);
    expect(findEvent(type, 'depart')?.asks).toEqual(['leads-ongoing-project']);
  });

  test('LIB-PERSON-10 one who departed cannot be chosen as a leader', () => {
    expect(usable(type, 'employed')).toBe(true);
    expect(usable(type, 'departed')).toBe(false);
  });

  test('DEPARTED to 在职 again, with the new day of joining', () => {
    const held = done(departed(), 'return', { send: { joinDate: '2026-06-01' } });
    expect(held).toMatchObject({ state: 'employed', values: { joinDate: '2026-06-01' } });
    expect(held.system).not.toHaveProperty('leaveDate');
    expect(refusedWith(departed(), 'return', { send: { joinDate: '2026-01-30' } })).toEqual([
      'LIB_RETURN_DATE',
    ]);
    expect(refusedWith(employed(), 'return', { send: { joinDate: '2026-06-01' } })).toEqual(['LIB_STATE']);
  });

  test('a person is not voided while on a project; otherwise with reason and proof', () => {
    expect(refusedWith(employed(), 'void', { answers: { 'on-ongoing-project': true } })).toEqual([
      'LIB_PERSON_ON_PROJECT',
    ]);
    expect(refusedWith(employed(), 'void', { ...FREE, proof: [] })).toEqual(['proof LIB_REQUIRED']);
    const voided = done(departed(), 'void', FREE);
    expect(voided.state).toBe('voided');
    for (const event of ['change', 'return', 'depart', 'void']) {
      expect(refusedWith(voided, event, FREE)).toEqual(['LIB_STATE']);
    }
  });
});

describe('LIB-PERSON-03 the five records of a person', () => {
  test('they belong to a person, and have the names of the manual (C-12)', () => {
    expect(SUB_RECORDS.map(({ parent, label }) => [parent, label.zh])).toEqual([
      ['person', '学历信息'],
      ['person', '资格证书'],
      ['person', '获奖信息'],
      ['person', '从业经历'],
      ['person', '个人业绩'],
    ]);
    expect(RECORD_TYPES.filter(({ parent }) => parent !== undefined)).toEqual(SUB_RECORDS);
    // A person exists from its submission on, so that nothing can belong to one before.
    expect(eventsFrom(type, NONE, 'primary').map(({ to }) => to)).toEqual(['employed']);
  });

  test.each(SUB_RECORDS.map((one) => [one.name, one]))(
    'LIB-PERSON-07 LIB-PERSON-09 %s: 新增, 提交, 作废; no draft, no deletion',
    (_, one) => {
      expect(one.adding?.button.zh).toBe('新增');
      const held = done(unborn(one), 'submit', { send: example(one) });
      expect(held.state).toBe('submitted');
      expect(refusedWith(held, 'void', { reason: '  ' })).toEqual(['reason LIB_REQUIRED']);
      expect(refusedWith(held, 'submit')).toEqual(['LIB_STATE']);
      const voided = done(held, 'void');
      expect(refusedWith(voided, 'void')).toEqual(['LIB_STATE']);
      expect(eventsFrom(one, 'voided', 'primary')).toEqual([]);
    },
  );

  const refused = (name: string, send: Values): readonly string[] => {
    const one = recordType(name);
    return refusedWith(unborn(one), 'submit', { send: { ...example(one), ...send } });
  };

  test('F-P-EDU graduation follows entry', () => {
    expect(refused('person-education', { from: '2010-09-01', to: '2010-09-01' })).toEqual([
      'to LIB_DATE_ORDER',
    ]);
    expect(refused('person-education', { from: '2010-09-01', to: '2014-06-30' })).toEqual([]);
  });

  test('F-P-CERT LIB-PERSON-11 a registration names its unit; a certificate holds until a day or for ever', () => {
    const kinds = fieldOf(recordType('person-certificate'), 'certKind');
    expect(
      kinds?.kind === 'choice' && 'options' in kinds ? kinds.options.map(({ label }) => label.zh) : [],
    ).toEqual(expect.arrayContaining(['执业资格', '注册证书', '安全生产考核合格证书（A证）']));
    const days = { longTerm: false, issueDate: '2024-01-01', validTo: '2027-01-01' };
    const unit = { registeredUnit: undefined };
    expect(refused('person-certificate', { ...days, ...unit, certKind: 'REGISTRATION' })).toEqual([
      'registeredUnit LIB_REQUIRED',
    ]);
    expect(refused('person-certificate', { ...days, ...unit, certKind: 'TITLE' })).toEqual([]);
    expect(refused('person-certificate', { ...days, validTo: undefined, certKind: 'TITLE' })).toEqual([
      'validTo LIB_REQUIRED',
    ]);
    expect(
      refused('person-certificate', { ...days, validTo: undefined, longTerm: true, certKind: 'TITLE' }),
    ).toEqual([]);
    expect(refused('person-certificate', { ...days, longTerm: true, certKind: 'TITLE' })).toEqual([
      'validTo LIB_HIDDEN',
    ]);
    expect(refused('person-certificate', { ...days, validTo: '2024-01-01', certKind: 'TITLE' })).toEqual([
      'validTo LIB_DATE_ORDER',
    ]);
  });

  test('F-P-CERT a registration with another unit and a paper that ran out are told', () => {
    const one = recordType('person-certificate');
    const send = {
      ...example(one),
      certKind: 'REGISTRATION',
      registeredUnit: '别的公司',
      longTerm: false,
      issueDate: '2020-01-01',
      validTo: '2023-01-01',
    };
    expect(press(unborn(one), 'submit', { send })).toMatchObject({
      ok: true,
      warnings: ['registeredUnit LIB_NAME_DIFFERS', 'validTo LIB_EXPIRED'],
    });
  });

  test('F-P-EMP an employment ends on a day, or lasts until now', () => {
    const from = '2020-01-01';
    expect(refused('person-employment', { from, current: false, to: '2019-12-31' })).toEqual([
      'to LIB_DATE_ORDER',
    ]);
    expect(refused('person-employment', { from, current: false, to: undefined })).toEqual([
      'to LIB_REQUIRED',
    ]);
    expect(refused('person-employment', { from, current: true, to: undefined })).toEqual([]);
  });

  test('F-P-PERF points to performances that are 正常; amounts are more than nothing', () => {
    const field = fieldOf(recordType('person-performance'), 'projectId');
    expect(field).toMatchObject({
      kind: 'reference',
      to: ['performance-general', 'performance-transport', 'performance-water'],
    });
    expect(refused('person-performance', { amount: '-1' })).toEqual(['amount LIB_POSITIVE']);
  });

  test('F-P-AWARD a prize of tomorrow is refused', () => {
    expect(refused('person-award', { awardDate: '2026-11-21' })).toEqual(['awardDate LIB_DATE_FUTURE']);
  });
});
