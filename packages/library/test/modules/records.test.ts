import { describe, expect, test } from 'vitest';
import {
  eventsFrom,
  fieldOf,
  NONE,
  type RecordType,
  recordType,
  usable,
  type Values,
} from '../../src/index.ts';
import { done, example, PDF, press, refusedWith, unborn } from './record.ts';

const submit = (type: RecordType, send: Values): readonly string[] =>
  refusedWith(unborn(type), 'submit', { send: { ...example(type), ...send } });
const told = (type: RecordType, send: Values): readonly string[] => {
  const outcome = press(unborn(type), 'submit', { send: { ...example(type), ...send } });
  return outcome.ok ? outcome.warnings : outcome.refused;
};
const dialogs = (type: RecordType, state: string) =>
  Object.fromEntries(
    eventsFrom(type, state, 'primary').map(({ name, dialog, confirm }) => [name, [dialog?.zh, confirm?.zh]]),
  );

describe.each([
  ['qualification-housing', 'QUAL', '新增资质', '新增企业资质', '企业资质'],
  ['qualification-transport', 'QUAL', '新增资质', '新增企业资质', '企业资质'],
  ['certificate', 'CERT', '新增', '新增企业证书', '企业证书'],
  ['award', 'AWARD', '新增', '编辑企业获奖', '企业获奖'],
  ['finance', 'FIN', '新增', '编辑企业财务', '企业财务'],
])('SM-RECORD-A %s (LIB-%s)', (name, _, button, dialog, noun) => {
  const type = recordType(name);

  test(`${button} opens ${dialog}; 提交 makes it count in bidding, a draft does not`, () => {
    expect(type.adding).toMatchObject({ button: { zh: button }, dialog: { zh: dialog } });
    const draft = done(unborn(type), 'save', { send: {} });
    expect([draft.state, usable(type, draft.state)]).toEqual(['editing', false]);
    const held = done(draft, 'submit', { send: example(type) });
    expect([held.state, usable(type, held.state)]).toEqual(['submitted', true]);
    expect(dialogs(type, NONE)['submit']).toEqual([dialog, '提交']);
  });

  test('only 编辑中 is deleted, after a prompt with 确定', () => {
    const draft = done(unborn(type), 'save', { send: {} });
    expect(done(draft, 'delete').state).toBe(NONE);
    expect(dialogs(type, 'editing')['delete']).toEqual([`「删除」${noun}`, '确定']);
    const held = done(unborn(type), 'submit', { send: example(type) });
    expect(refusedWith(held, 'delete')).toEqual(['LIB_STATE']);
    expect(refusedWith(done(held, 'void'), 'delete')).toEqual(['LIB_STATE']);
  });

  test('only 提交成功 is voided, with reason and proof; then it is over', () => {
    const draft = done(unborn(type), 'save', { send: {} });
    expect(refusedWith(draft, 'void')).toEqual(['LIB_STATE']);
    const held = done(unborn(type), 'submit', { send: example(type) });
    expect(dialogs(type, 'submitted')).toEqual({ void: [`「作废」${noun}`, '确定'] });
    expect(refusedWith(held, 'void', { proof: [] })).toEqual(['proof LIB_REQUIRED']);
    expect(refusedWith(held, 'void', { reason: '' })).toEqual(['reason LIB_REQUIRED']);
    const voided = done(held, 'void');
    expect([voided.state, usable(type, voided.state)]).toEqual(['voided', false]);
    expect(eventsFrom(type, 'voided', 'primary')).toEqual([]);
  });

  test('OD-17 what was submitted is not edited', () => {
    const held = done(unborn(type), 'submit', { send: example(type) });
    expect(refusedWith(held, 'save')).toEqual(['LIB_STATE']);
    expect(refusedWith(held, 'submit')).toEqual(['LIB_STATE']);
  });
});

describe.each([
  ['social-credit', '社会信用信息', '立即提交', '社会信用信息'],
  ['attachment', '附件信息', '提交', '附件'],
  ['credit-rating', '企业信用等级', '提交', '企业信用等级'],
  ['staff-composition', '人员构成', '立即提交', '人员构成'],
])('SM-RECORD-B %s', (name, dialog, confirm, noun) => {
  const type = recordType(name);

  test(`新增 opens ${dialog}, confirmed with ${confirm}; no draft and no deletion`, () => {
    expect(type.adding).toMatchObject({ button: { zh: '新增' }, dialog: { zh: dialog } });
    expect(dialogs(type, NONE)).toEqual({ submit: [dialog, confirm] });
    expect(() => press(unborn(type), 'save')).toThrow(expect.objectContaining({ code: 'LIB_EVENT' }));
    const held = done(unborn(type), 'submit', { send: example(type) });
    expect([held.state, usable(type, held.state)]).toEqual(['submitted', true]);
    expect(() => press(held, 'delete')).toThrow(expect.objectContaining({ code: 'LIB_EVENT' }));
    expect(dialogs(type, 'submitted')).toEqual({ void: [`「作废」${noun}`, '确定'] });
    expect(eventsFrom(type, done(held, 'void').state, 'primary')).toEqual([]);
  });
});

describe('LIB-BANK', () => {
  const bank = recordType('bank-account');
  const basic = { accountType: 'BASIC', openingPermit: [PDF] };

  test('LIB-BANK-02 新增账户 is saved at once: no draft, no 提交', () => {
    expect(bank.adding?.button.zh).toBe('新增账户');
    expect(dialogs(bank, NONE)).toEqual({ submit: ['新增账户', '保存'] });
    const held = done(unborn(bank), 'submit', { send: example(bank) });
    expect([held.state, usable(bank, held.state)]).toEqual(['normal', true]);
  });

  test('LIB-BANK-03 LIB-BANK-04 作废 asks for the reason alone, confirmed with 保存; nothing is deleted', () => {
    const held = done(unborn(bank), 'submit', { send: example(bank) });
    expect(dialogs(bank, 'normal')).toEqual({ void: ['「作废」银行账户', '保存'] });
    expect(refusedWith(held, 'void', { reason: ' ' })).toEqual(['reason LIB_REQUIRED']);
    expect(done(held, 'void').state).toBe('voided');
    expect(() => press(held, 'delete')).toThrow(expect.objectContaining({ code: 'LIB_EVENT' }));
  });

  test('F-BANK a basic account brings its permit, and says itself that it is basic', () => {
    expect(submit(bank, { ...basic, openingPermit: [] })).toEqual(['openingPermit LIB_REQUIRED']);
    expect(submit(bank, { accountType: 'GENERAL', openingPermit: [] })).toEqual([]);
    const held = done(unborn(bank), 'submit', { send: { ...example(bank), ...basic } });
    expect(held.values['isBasic']).toBe(true);
    expect(fieldOf(bank, 'isBasic')?.source).toBe('derived');
  });

  test('F-BANK one basic account at most, and no number twice, among those that are not voided', () => {
    expect(bank.unique?.map(({ fields, when }) => [fields, when])).toEqual([
      [['accountNo'], undefined],
      [['isBasic'], { field: 'accountType', is: 'BASIC' }],
    ]);
  });

  test.each([
    [{ accountNo: '1234567' }, 'accountNo LIB_ACCOUNT_NUMBER'],
    [{ accountNo: '62220210ABCD' }, 'accountNo LIB_ACCOUNT_NUMBER'],
    [{ cnaps: '12345678901' }, 'cnaps LIB_PATTERN'],
    [{ openDate: '2026-11-21' }, 'openDate LIB_DATE_FUTURE'],
    [{ region: '320199' }, 'region LIB_CHOICE'],
    [{ bankName: '' }, 'bankName LIB_REQUIRED'],
  ])('F-BANK refuses %j', (send, refused) => {
    expect(submit(bank, send)).toEqual([refused]);
  });

  test('F-BANK a name that is not the entity’s is told', () => {
    expect(told(bank, { accountName: '别的公司' })).toEqual(['accountName LIB_NAME_DIFFERS']);
    expect(told(bank, { accountName: '江苏虎符建设有限公司' })).toEqual([]);
  });
});

describe('F-QUAL', () => {
  const housing = recordType('qualification-housing');
  const transport = recordType('qualification-transport');
  const general = { industry: 'HOUSING', qualSeries: 'GENERAL', qualSpecialty: 'GENERAL_BUILDING' };
  const bare = { qualSeries: undefined, qualSpecialty: undefined, qualType: undefined };

  test('LIB-QUAL-01 one list for construction and water, one for transport', () => {
    expect(housing.label.zh).toBe('企业资质（住建、水利）');
    expect(transport.label.zh).toBe('交通行业企业资质');
  });

  test('F-QUAL-H the specialty belongs to the series', () => {
    expect(submit(housing, { ...bare, ...general, qualLevel: 'FIRST' })).toEqual([]);
    expect(
      submit(housing, { ...bare, ...general, qualSpecialty: 'DESIGN_COAL', qualLevel: 'FIRST' }),
    ).toEqual(['qualSpecialty LIB_CHOICE']);
  });

  test('F-QUAL-W a water qualification has its own kinds and grades', () => {
    expect(submit(housing, { ...bare, industry: 'WATER', qualType: 'SOIL', qualLevel: 'SECOND' })).toEqual(
      [],
    );
    expect(submit(housing, { ...bare, industry: 'WATER', qualLevel: 'SECOND' })).toEqual([
      'qualType LIB_REQUIRED',
    ]);
    expect(submit(housing, { ...bare, industry: 'WATER', qualType: 'SOIL', qualLevel: 'SPECIAL' })).toEqual([
      'qualLevel LIB_CHOICE',
    ]);
  });

  test('it is called as people call it', () => {
    const name = (send: Values) =>
      done(unborn(housing), 'submit', { send: { ...example(housing), ...bare, ...send } }).values['qualName'];
    expect(name({ ...general, qualLevel: 'FIRST' })).toBe('建筑工程施工总承包一级（甲级）');
    expect(name({ industry: 'WATER', qualType: 'SUPERVISION', qualLevel: 'FIRST' })).toBe(
      '水利工程施工监理甲级',
    );
    const send = { qualType: 'TESTING', qualSpecial: 'BRIDGE_TUNNEL', qualLevel: 'SPECIAL' };
    expect(
      done(unborn(transport), 'submit', { send: { ...example(transport), ...send } }).values['qualName'],
    ).toBe('公路水运试验检测（桥梁隧道）专项');
  });

  test.each([housing, transport])(
    '$name: validity ends after the issue; one that ran out is told',
    (type) => {
      expect(submit(type, { issueDate: '2024-01-01', validTo: '2024-01-01' })).toEqual([
        'validTo LIB_DATE_ORDER',
      ]);
      expect(submit(type, { issueDate: '2026-11-21', validTo: '2030-01-01' })).toEqual([
        'issueDate LIB_DATE_FUTURE',
      ]);
      expect(told(type, { issueDate: '2020-01-01', validTo: '2026-11-19' })).toEqual(['validTo LIB_EXPIRED']);
      expect(told(type, { issueDate: '2020-01-01', validTo: '2026-11-20' })).toEqual([]);
    },
  );
});

describe('F-CERT', () => {
  const type = recordType('certificate');
  const days = { longTerm: false, validFrom: '2024-01-01', validTo: '2027-01-01' };

  test('a certificate holds from one day until a later one, or for ever', () => {
    expect(submit(type, days)).toEqual([]);
    expect(submit(type, { ...days, validFrom: undefined, validTo: undefined })).toEqual([
      'validFrom LIB_REQUIRED',
      'validTo LIB_REQUIRED',
    ]);
    expect(submit(type, { longTerm: true, validFrom: undefined, validTo: undefined })).toEqual([]);
    expect(submit(type, { ...days, longTerm: true })).toEqual(['validTo LIB_HIDDEN']);
    expect(submit(type, { ...days, validTo: '2024-01-01' })).toEqual(['validTo LIB_DATE_ORDER']);
  });

  test('no number twice within a kind', () => {
    expect(type.unique).toEqual([expect.objectContaining({ fields: ['certType', 'certNo'] })]);
  });
});

describe('F-FIN', () => {
  const type = recordType('finance');
  const sheet = { totalAssets: '1000', totalLiabilities: '400', equity: '600' };

  test('equity is assets less liabilities, within 0.01', () => {
    expect(submit(type, sheet)).toEqual([]);
    for (const equity of ['600.01', '599.99']) expect(submit(type, { ...sheet, equity })).toEqual([]);
    for (const equity of ['600.010001', '599.989999', '-600']) {
      expect(submit(type, { ...sheet, equity })).toEqual(['equity LIB_EQUITY']);
    }
    expect(submit(type, { totalAssets: '0.3', totalLiabilities: '0.1', equity: '0.2' })).toEqual([]);
    expect(submit(type, { totalAssets: '400', totalLiabilities: '1000', equity: '-600' })).toEqual([]);
  });

  test('the ratios are computed, exactly', () => {
    const values = (send: Values) =>
      done(unborn(type), 'submit', { send: { ...example(type), ...send } }).values;
    expect(values({ ...sheet, currentAssets: '200', currentLiabilities: '300' })).toMatchObject({
      debtRatio: '40',
      currentRatio: '0.6667',
    });
    const none = values({ totalAssets: '0', totalLiabilities: '0', equity: '0', currentLiabilities: '0' });
    expect(none).not.toHaveProperty('debtRatio');
    expect(none).not.toHaveProperty('currentRatio');
  });

  test('no money below nothing where nothing is the least; a loss may be', () => {
    for (const name of ['totalLiabilities', 'currentAssets', 'currentLiabilities', 'taxAmount']) {
      expect(submit(type, { [name]: '-1' })).toEqual([`${name} LIB_MIN`]);
    }
    expect(submit(type, { netProfit: '-1', totalProfit: '-2', revenue: '0' })).toEqual([]);
    expect(submit(type, { revenue: '1.1234567' })).toEqual(['revenue LIB_DECIMALS']);
  });

  test('one record a year, and none of a year to come', () => {
    expect(type.unique).toEqual([expect.objectContaining({ fields: ['fiscalYear'] })]);
    expect(submit(type, { fiscalYear: 2027 })).toEqual(['fiscalYear LIB_YEAR_FUTURE']);
    expect(submit(type, { fiscalYear: 2026 })).toEqual([]);
  });
});

describe('F-RATING', () => {
  const type = recordType('credit-rating');

  test('the ratings depend on the industry', () => {
    const rated = (industry: string, rating: string) => submit(type, { industry, rating });
    expect(rated('WATER', 'AAA')).toEqual([]);
    expect(rated('WATER', 'D')).toEqual(['rating LIB_CHOICE']);
    expect(rated('HIGHWAY', 'D')).toEqual([]);
    expect(rated('HIGHWAY', 'AAA')).toEqual(['rating LIB_CHOICE']);
    expect(rated('WATERWAY', 'AAA')).toEqual(['rating LIB_CHOICE']);
  });

  test('C-11 its dialogs have its own name', () => {
    expect(JSON.stringify(type)).not.toContain('社会信用');
  });

  test('a score lies between 0 and 100', () => {
    expect(submit(type, { score: '100.01' })).toEqual(['score LIB_MAX']);
    expect(submit(type, { score: '-0.01' })).toEqual(['score LIB_MIN']);
  });
});

describe('F-STAFFMIX', () => {
  const type = recordType('staff-composition');
  const staff = {
    total: 100,
    managers: 10,
    skilled: 20,
    senior: 20,
    middle: 30,
    junior: 50,
    registered: { BUILDER_1: 60, SAFETY: 40 },
  };

  test('no part is more than the whole, and neither are the titles or the registrations together', () => {
    expect(submit(type, staff)).toEqual([]);
    expect(submit(type, { ...staff, managers: 101 })).toEqual(['managers LIB_NOT_GREATER']);
    expect(submit(type, { ...staff, skilled: 101 })).toEqual(['skilled LIB_NOT_GREATER']);
    expect(submit(type, { ...staff, junior: 51 })).toEqual(['senior LIB_SUM']);
    expect(submit(type, { ...staff, registered: { BUILDER_1: 60, SAFETY: 41 } })).toEqual([
      'registered LIB_SUM',
    ]);
    expect(submit(type, { ...staff, total: -1 })).toContain('total LIB_MIN');
  });

  test('counts are of the kinds that there are', () => {
    expect(submit(type, { ...staff, registered: { WIZARD: 1 } })).toHaveLength(1);
    expect(submit(type, { ...staff, registered: { BUILDER_1: -1 } })).toHaveLength(1);
  });
});

describe('F-CREDIT F-ATT F-AWARD', () => {
  test('an address of the source is one, and validity ends after the issue', () => {
    const type = recordType('social-credit');
    expect(submit(type, { sourceUrl: 'javascript:alert(1)' })).toEqual(['sourceUrl LIB_URL']);
    expect(submit(type, { issueDate: '2024-01-01', validTo: '2024-01-01' })).toEqual([
      'validTo LIB_DATE_ORDER',
    ]);
  });

  test('an attachment without a file is none', () => {
    expect(submit(recordType('attachment'), { file: [] })).toEqual(['file LIB_REQUIRED']);
  });

  test('an award names a project of the library or one by its name, not both', () => {
    const type = recordType('award');
    expect(submit(type, { awardProject: 'project-1', awardProjectName: '市民中心' })).toEqual([
      'awardProjectName LIB_HIDDEN',
    ]);
    expect(submit(type, { awardProject: undefined, awardProjectName: '市民中心' })).toEqual([]);
  });
});
