import type { RecordDetail } from '@hufu/contracts';
import { findEvent, NONE, type RecordType, recordType } from '@hufu/library';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleClock, Maker, NEEDS } from '../../support/records/made-records.ts';
import { type Person, type RecordsWorld, recordsWorld } from '../../support/records/records-world.ts';

let world: RecordsWorld;
let person: Person;
let maker: Maker;
beforeAll(async () => {
  world = await recordsWorld({ clock: exampleClock });
  person = await world.entity();
  maker = new Maker(world, person);
});
afterAll(() => world?.close());

/** As the manual prints it. */
type Printed = { readonly adding: string; readonly confirm: string; readonly voiding: string };

const step = (type: RecordType, row: RecordDetail, event: string, more: object = {}) =>
  person.change(type.name, row.id, { event, version: row.version, ...more });
const stateOf = async (type: RecordType, { id }: RecordDetail) =>
  (await person.detail(type.name, id)).body.state;
const usableIds = async (type: RecordType) => {
  const { entityId } = person.member;
  const rows = await world.records.usable(world.infra.database.db, { entityId, types: [type.name] });
  return rows.map(({ id }) => id);
};

function printed(type: RecordType, { adding, confirm, voiding }: Printed): void {
  test(`the dialog is called ${adding}, its button ${confirm}; voiding asks under ${voiding}`, () => {
    expect(type.adding?.dialog.zh).toBe(adding);
    expect(findEvent(type, 'submit', NONE)?.confirm?.zh).toBe(confirm);
    expect(findEvent(type, 'void')).toMatchObject({ dialog: { zh: voiding }, confirm: { zh: '确定' } });
  });
}

/** A step that the life cycle has elsewhere, or does not have. */
const REFUSED = { elsewhere: [409, 'LIB_STATE'], nowhere: [404, 'LIB_EVENT'] } as const;

function submittedAndVoided(type: RecordType): void {
  test('submitted it is 提交成功 and may be used in bidding; it stands in the list', async () => {
    const row = await maker.submitted(type);
    expect(row).toMatchObject({ state: 'submitted', usable: true });
    expect(await usableIds(type)).toContain(row.id);
    const { items } = (await person.list(type.name, '?state=submitted')).body;
    expect(items.map(({ id }) => id)).toContain(row.id);
    expect((await person.detail(type.name, row.id)).body).toMatchObject({ id: row.id, values: row.values });
  });

  test('作废 asks for reason and proof; what is voided stays, is of no use, and can be neither voided nor deleted', async () => {
    const row = await maker.submitted(type);
    const bare = await step(type, row, 'void');
    expect(bare.status).toBe(422);
    expect(bare.body).toMatchObject({ errors: [{ path: 'reason' }, { path: 'proof' }] });
    expect((await step(type, row, 'void', { reason: '有误' })).status).toBe(422);
    expect(await stateOf(type, row)).toBe('submitted');

    const voided = await step(type, row, 'void', NEEDS);
    expect(voided.body).toMatchObject({ state: 'voided', usable: false, actions: [] });
    expect(await usableIds(type)).not.toContain(row.id);
    for (const event of ['delete', 'void', 'submit']) {
      expect((await step(type, voided.body, event, NEEDS)).status, event).toBeGreaterThanOrEqual(400);
    }
    expect(await stateOf(type, row)).toBe('voided');
  });

  test('what was submitted cannot be deleted', async () => {
    const row = await maker.submitted(type);
    const { status, body } = await step(type, row, 'delete');
    const has = findEvent(type, 'delete') !== undefined;
    expect([status, (body as { code?: string }).code]).toEqual(REFUSED[has ? 'elsewhere' : 'nowhere']);
    expect(await stateOf(type, row)).toBe('submitted');
  });
}

/** SM-RECORD-A. */
function drafted(name: string, said: Omit<Printed, 'confirm'>): void {
  const type = recordType(name);
  printed(type, { ...said, confirm: '提交' });
  submittedAndVoided(type);

  test('a draft is 编辑中, of no use in bidding, cannot be voided, and alone can be deleted', async () => {
    const draft = await maker.born(type, 'save');
    expect(draft).toMatchObject({ state: 'editing', usable: false });
    expect(await usableIds(type)).not.toContain(draft.id);
    const refused = await step(type, draft, 'void', NEEDS);
    expect(refused).toMatchObject({ status: 409, body: { code: 'LIB_STATE' } });
    expect((await step(type, draft, 'delete')).status).toBe(204);
    expect((await person.detail(type.name, draft.id)).status).toBe(404);
  });
}

/** SM-RECORD-B. */
function withoutDraft(name: string, said: Printed): void {
  const type = recordType(name);
  printed(type, said);
  submittedAndVoided(type);

  test('there is no draft, and nothing is deleted', async () => {
    expect(findEvent(type, 'delete')).toBeUndefined();
    const before = (await person.list(type.name)).body.total;
    const values = await maker.values(type, findEvent(type, 'submit', NONE));
    const refused = await person.create(type.name, 'save', values);
    expect(refused).toMatchObject({ status: 404, body: { code: 'LIB_EVENT' } });
    expect((await person.list(type.name)).body.total).toBe(before);
  });
}

describe('LIB-QUAL-02 LIB-QUAL-03 LIB-QUAL-04 LIB-QUAL-05 企业资质（住建、水利）', () => {
  drafted('qualification-housing', { adding: '新增企业资质', voiding: '「作废」企业资质' });
});
describe('LIB-QUAL-02 LIB-QUAL-03 LIB-QUAL-04 LIB-QUAL-05 交通行业企业资质', () => {
  drafted('qualification-transport', { adding: '新增企业资质', voiding: '「作废」企业资质' });
});
describe('LIB-CERT-01 LIB-CERT-02 LIB-CERT-03 LIB-CERT-04 企业证书', () => {
  drafted('certificate', { adding: '新增企业证书', voiding: '「作废」企业证书' });
});
describe('LIB-AWARD-01 LIB-AWARD-02 LIB-AWARD-03 LIB-AWARD-04 企业获奖', () => {
  drafted('award', { adding: '编辑企业获奖', voiding: '「作废」企业获奖' });
});
describe('LIB-FIN-01 LIB-FIN-02 LIB-FIN-03 LIB-FIN-04 企业财务', () => {
  drafted('finance', { adding: '编辑企业财务', voiding: '「作废」企业财务' });
});
describe('LIB-CREDIT-01 LIB-CREDIT-02 LIB-CREDIT-03 LIB-CREDIT-04 社会信用信息', () => {
  withoutDraft('social-credit', {
    adding: '社会信用信息',
    confirm: '立即提交',
    voiding: '「作废」社会信用信息',
  });
});
describe('LIB-ATT-01 LIB-ATT-02 LIB-ATT-03 LIB-ATT-04 附件信息', () => {
  withoutDraft('attachment', { adding: '附件信息', confirm: '提交', voiding: '「作废」附件' });
});
describe('LIB-RATING-01 LIB-RATING-02 LIB-RATING-03 LIB-RATING-04 企业信用等级', () => {
  withoutDraft('credit-rating', {
    adding: '企业信用等级',
    confirm: '提交',
    voiding: '「作废」企业信用等级',
  });
});
describe('LIB-STAFFMIX-01 LIB-STAFFMIX-02 LIB-STAFFMIX-03 LIB-STAFFMIX-04 人员构成', () => {
  withoutDraft('staff-composition', {
    adding: '人员构成',
    confirm: '立即提交',
    voiding: '「作废」人员构成',
  });
});
