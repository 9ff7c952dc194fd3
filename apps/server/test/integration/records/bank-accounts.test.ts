import { afterAll, beforeAll, expect, test } from 'vitest';
import { FILE, OWNER, type RecordsWorld, recordsWorld } from '../../support/records/records-world.ts';

let world: RecordsWorld;
beforeAll(async () => {
  world = await recordsWorld();
});
afterAll(() => world?.close());

const ACCOUNT = {
  accountType: 'GENERAL',
  accountName: OWNER.name,
  accountNo: '3201-0000-1234-5678',
  bankName: '中国工商银行',
  bankBranch: '南京城中支行',
};
const BASIC = { ...ACCOUNT, accountType: 'BASIC', openingPermit: [FILE] };

test('LIB-BANK-02: 保存 adds the account at once; the list shows it with its state (LIB-BANK-01)', async () => {
  const person = await world.entity();
  const made = await person.create('bank-account', 'submit', ACCOUNT);
  expect(made.body).toMatchObject({ state: 'normal', version: 1, title: ACCOUNT.accountNo });
  expect(made.status).toBe(201);
  const list = await person.list('bank-account');
  expect(list.body).toMatchObject({ total: 1, counts: { normal: 1 } });
  expect(list.body.items[0]).toMatchObject({ state: 'normal', actions: ['void'] });
});

test('LIB-BANK-03, GEN-006: voiding asks for a reason alone; without one nothing changes', async () => {
  const person = await world.entity();
  const { body } = await person.create('bank-account', 'submit', ACCOUNT);
  const refused = await person.change('bank-account', body.id, { event: 'void', version: 1 });
  expect(refused.status).toBe(422);
  expect(refused.body).toMatchObject({
    code: 'LIB_INVALID',
    errors: [{ path: 'reason', code: 'LIB_REQUIRED' }],
  });
  expect((await person.detail('bank-account', body.id)).body.state).toBe('normal');
  const voided = await person.change('bank-account', body.id, { event: 'void', version: 1, reason: '销户' });
  expect(voided.body).toMatchObject({ state: 'voided', version: 2, actions: [], usable: false });
  const list = await person.list('bank-account', '?state=voided');
  expect(list.body.items.map(({ state }) => state)).toEqual(['voided']);
});

test('SM-BANK 保存 makes it 正常, 作废 ends it for good; there is no draft and nothing is changed or deleted', async () => {
  const person = await world.entity();
  expect((await person.create('bank-account', 'save', ACCOUNT)).body).toMatchObject({ code: 'LIB_EVENT' });
  const { body: normal } = await person.create('bank-account', 'submit', ACCOUNT);
  const press = (event: string, version: number) =>
    person.change('bank-account', normal.id, { event, version, reason: '销户' });
  for (const event of ['change', 'delete'])
    expect((await press(event, 1)).body).toMatchObject({ code: 'LIB_EVENT' });
  expect((await press('submit', 1)).body).toMatchObject({ code: 'LIB_STATE' });
  expect((await press('void', 1)).body).toMatchObject({ state: 'voided', usable: false });
  for (const event of ['void', 'submit'])
    expect((await press(event, 2)).body).toMatchObject({ code: 'LIB_STATE' });
  expect((await person.detail('bank-account', normal.id)).body).toMatchObject({
    state: 'voided',
    version: 2,
    values: ACCOUNT,
  });
});

test('F-BANK: an account number is unique among those that are not voided, hyphens aside', async () => {
  const person = await world.entity();
  const { body } = await person.create('bank-account', 'submit', ACCOUNT);
  const same = { ...ACCOUNT, accountNo: '3201000012345678' };
  const refused = await person.create('bank-account', 'submit', same);
  expect(refused.status).toBe(422);
  expect(refused.body).toMatchObject({
    errors: [{ path: 'accountNo', code: 'LIB_DUPLICATE', message: '该银行账号已存在' }],
  });
  await person.change('bank-account', body.id, { event: 'void', version: 1, reason: '销户' });
  expect((await person.create('bank-account', 'submit', same)).status).toBe(201);
  const other = await world.entity();
  expect((await other.create('bank-account', 'submit', ACCOUNT)).status).toBe(201);
});

test('F-BANK: one basic account that is not voided', async () => {
  const person = await world.entity();
  expect((await person.create('bank-account', 'submit', BASIC)).status).toBe(201);
  const second = await person.create('bank-account', 'submit', { ...BASIC, accountNo: '62220000999' });
  expect(second.body).toMatchObject({ errors: [{ code: 'LIB_DUPLICATE' }] });
});

test('a file that another entity uploaded is refused', async () => {
  const person = await world.entity();
  const foreign = { ...FILE, sha256: 'a'.repeat(64) };
  const refused = await person.create('bank-account', 'submit', { ...BASIC, openingPermit: [foreign] });
  expect(refused.body).toMatchObject({ errors: [{ path: 'openingPermit', code: 'RECORD_FOREIGN_FILE' }] });
  expect((await person.list('bank-account')).body.total).toBe(0);
});
