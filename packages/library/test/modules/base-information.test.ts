import { describe, expect, test } from 'vitest';
import { eventsFrom, fieldOf, recordType, type Values } from '../../src/index.ts';
import { done, example, PDF, press, refusedWith, unborn } from './record.ts';

describe('LIB-BASE', () => {
  const type = recordType('organisation');
  const values = example(type);
  const given = { uscc: values['uscc'], entityName: values['entityName'] };
  const base = (send: Values) => refusedWith(unborn(type), 'submit', { send: { ...values, ...send }, given });

  test('LIB-BASE-01 SM-ENTITY it is saved in parts, then submitted', () => {
    const draft = done(unborn(type), 'save', { send: { legalRepName: '李明' }, given });
    expect(draft).toMatchObject({ state: 'editing', values: { legalRepName: '李明', ...given } });
    expect(done(draft, 'submit', { send: values, given }).state).toBe('submitted');
  });

  test('LIB-BASE-02 licence and identity document are mandatory', () => {
    expect(base({ licenceFile: [], legalRepIdFile: [] })).toEqual([
      'licenceFile LIB_REQUIRED',
      'legalRepIdFile LIB_REQUIRED',
    ]);
    expect(
      base({ licenceFile: Array.from({ length: 6 }, (_, i) => ({ ...PDF, sha256: `${i}`.repeat(64) })) }),
    ).toEqual(['licenceFile LIB_MANY']);
  });

  test('LIB-BASE-05 修改信息 changes the whole of it', () => {
    const held = done(unborn(type), 'submit', { send: values, given });
    expect(eventsFrom(type, 'submitted', 'primary')).toMatchObject([
      { name: 'change', button: { zh: '修改信息' }, confirm: { zh: '提交' } },
    ]);
    const changed = done(held, 'change', { send: { regAddress: '南京市鼓楼区中山路 1 号' }, given });
    expect(changed).toMatchObject({ state: 'submitted', values: { regAddress: '南京市鼓楼区中山路 1 号' } });
    expect(refusedWith(held, 'change', { send: { regAddress: '' }, given })).toEqual([
      'regAddress LIB_REQUIRED',
    ]);
  });

  test('LIB-BASE-07 there is a node for 企业资质证书', () => {
    expect(fieldOf(type, 'qualificationFiles')?.label.zh).toBe('企业资质证书');
  });

  test('F-BASE code and name are the certificate’s', () => {
    expect(base({ uscc: '91150102MA0N00016G', entityName: '别的公司' })).toEqual([
      'uscc LIB_CERTIFICATE',
      'entityName LIB_CERTIFICATE',
    ]);
  });

  test.each([
    [{ regCapital: '100', paidCapital: '100.01' }, 'paidCapital LIB_NOT_GREATER'],
    [{ regCapital: '-1', paidCapital: undefined }, 'regCapital LIB_MIN'],
    [{ postcode: '21000' }, 'postcode LIB_PATTERN'],
    [{ establishDate: '2026-11-21', bizFrom: '2026-11-21' }, 'establishDate LIB_DATE_FUTURE'],
    [{ establishDate: '2020-01-02', bizFrom: '2020-01-01' }, 'bizFrom LIB_DATE_ORDER'],
    [{ bizFrom: '2025-01-01', longTerm: false, bizTo: '2024-12-31' }, 'bizTo LIB_DATE_ORDER'],
    [{ longTerm: false, bizTo: undefined }, 'bizTo LIB_REQUIRED'],
    [{ legalRepIdType: 'ID_CARD', legalRepIdNo: '320102198001010000' }, 'legalRepIdNo ID_CARD_CHECK'],
    [{ roles: [] }, 'roles LIB_REQUIRED'],
    [{ contactPhone: '110x' }, 'contactPhone PHONE'],
    [{ email: 'nobody' }, 'email LIB_EMAIL'],
    [{ country: 'XKX' }, 'country LIB_CHOICE'],
    [{ regCapitalCurrency: 'DEM' }, 'regCapitalCurrency LIB_CHOICE'],
    [{ industryCode: '4820' }, 'industryCode LIB_CHOICE'],
  ])('F-BASE refuses %j', (send, refused) => {
    expect(
      base({ establishDate: '2019-05-06', bizFrom: '2019-05-06', longTerm: true, bizTo: undefined, ...send }),
    ).toEqual([expect.stringContaining(refused)]);
  });

  test('F-NPBASE OD-12 a natural person’s name and number are verified elsewhere', () => {
    const natural = recordType('natural-person');
    const one = example(natural);
    const verified = { name: one['name'], idType: one['idType'], idNo: one['idNo'] };
    expect(press(unborn(natural), 'submit', { send: one, given: verified })).toMatchObject({ ok: true });
    expect(
      refusedWith(unborn(natural), 'submit', { send: { ...one, name: '冒名' }, given: verified }),
    ).toEqual(['name LIB_CERTIFICATE']);
    expect([natural.owner, recordType('bank-account').owner, recordType('attachment').owner]).toEqual([
      'natural-person',
      'either',
      'either',
    ]);
  });
});
