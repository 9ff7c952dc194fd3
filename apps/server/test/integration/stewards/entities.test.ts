import type {
  Approval,
  EntityListPage,
  EntityPageView,
  QualityFinding,
  QualityReport,
  StewardRecord,
} from '@hufu/contracts';
import { exampleValues, recordType } from '@hufu/library';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeReport } from '../../../src/features/stewards/quality/make-report.ts';
import { readSheet } from '../../../src/infra/sheets/read-sheet.ts';
import { decide, type Operator, operators } from '../../support/hub/hub-world.ts';
import { audited } from '../../support/library/entities.ts';
import { type StewardWorld, stewardWorld } from '../../support/library/steward-world.ts';
import { FILE } from '../../support/records/records-world.ts';

const DESK = '/api/v1/desk/library';
let world: StewardWorld;
let clerk: Operator;
let reviewer: Operator;
let second: Operator;
beforeAll(async () => {
  world = await stewardWorld();
  [clerk, reviewer, second] = await operators(world, [['clerk'], ['reviewer'], ['reviewer']]);
});
afterAll(() => world?.close());

let seed = 1;
/** What is given instead of an example's values fits the first example. */
async function person(entityId: string, more?: Record<string, unknown>) {
  if (more === undefined) seed += 1;
  const values = exampleValues(recordType('person'), {
    seed: more === undefined ? seed : 1,
    file: () => FILE,
  });
  return world.write({ entityId, type: 'person', event: 'submit', taken: { ...values, ...more } });
}

const pageOf = async (id: string) =>
  (await clerk.browser.call<EntityPageView>(`${DESK}/entities/${id}`)).body;
const list = async (query: string) =>
  (await clerk.browser.call<EntityListPage>(`${DESK}/entities${query}`)).body;

test('the list is filtered by state and day of registration, and says how many there are', async () => {
  const old = await world.organisation('旧日商行', { at: new Date('2020-05-01T08:00:00+08:00') });
  await world.organisation('次日商行', { at: new Date('2020-05-02T00:00:00+08:00') });
  const page = await list('?from=2020-05-01&to=2020-05-01');
  expect(page).toMatchObject({
    total: 1,
    capped: false,
    items: [{ id: old, state: 'ACTIVE', region: null }],
  });
  expect(
    (await list('?from=2020-05-01&to=2020-05-02&sort=registeredAt')).items.map(({ name }) => name),
  ).toEqual(['旧日商行', '次日商行']);
  expect((await list('?state=FROZEN&to=2020-05-02')).total).toBe(0);
  expect((await list('?incomplete=any&to=2020-05-02')).total).toBe(0);
});

test('the list leaves as a file that runs no formula, and that it left is written down', async () => {
  await world.organisation('=HYPERLINK("http://x")', { at: new Date('2019-01-01T08:00:00+08:00') });
  const csv = await clerk.browser.call<string>(`${DESK}/entities/export.csv?to=2019-01-01`);
  expect(csv.status).toBe(200);
  expect(String(csv.body)).toContain(`"'=HYPERLINK(""http://x"")"`);
  const file = await fetch(new URL(`${DESK}/entities/export.xlsx?to=2019-01-01`, world.base), {
    headers: { cookie: [...clerk.browser.cookies].map((pair) => pair.join('=')).join('; ') },
  });
  const rows = await readSheet(new Uint8Array(await file.arrayBuffer()), { rows: 100, columns: 50 });
  expect(rows.map(({ cells }) => cells.get(0)?.text)).toEqual(['名称', '=HYPERLINK("http://x")']);
  const entries = await audited(world, 'entity.export');
  expect(entries.map(({ subject_id }) => subject_id)).toEqual(['csv', 'xlsx']);
});

test('an entity’s page counts its records; what is personal is masked until a reason is given', async () => {
  const id = await world.organisation('敕勒川测绘');
  const made = await person(id, { name: '诸葛长风', idType: 'ID_CARD', idNo: '440524188001010014' });
  const page = await pageOf(id);
  expect(page.records.find(({ type }) => type === 'person')).toMatchObject({
    total: 1,
    states: [{ state: 'employed', count: 1 }],
  });
  const records = await clerk.browser.call<{ items: StewardRecord[]; total: number }>(
    `${DESK}/entities/${id}/records/person`,
  );
  expect(records.body.total).toBe(1);
  expect(JSON.stringify(records.body)).not.toContain('440524188001010014');
  expect(records.body.items[0]).toMatchObject({ title: '诸***', values: { name: '诸***' } });
  expect(records.body.items[0]?.masked).toEqual(expect.arrayContaining(['name', 'idNo']));

  const address = `${DESK}/entities/${id}/records/person/${made.id}/reveal`;
  expect((await clerk.browser.call(address, { body: { reason: '' } })).status).toBe(422);
  const clear = await clerk.browser.call<StewardRecord>(address, { body: { reason: '核对投诉' } });
  expect(clear.body).toMatchObject({
    title: '诸葛长风',
    values: { name: '诸葛长风', idNo: '440524188001010014' },
    masked: [],
  });
  const [entry] = await audited(world, 'record.reveal');
  expect(entry).toMatchObject({ subject_id: made.id, reason: '核对投诉' });
  const other = await world.organisation('别家测绘');
  const foreign = `${DESK}/entities/${other}/records/person/${made.id}/reveal`;
  expect((await clerk.browser.call(foreign, { body: { reason: '核对投诉' } })).status).toBe(404);
});

test('SM-ENTITY: freezing takes one person, releasing takes a second one', async () => {
  const id = await world.organisation('辉腾锡勒风电');
  const address = `${DESK}/entities/${id}/freeze`;
  const reason = { reason: '涉嫌冒用' };
  expect((await clerk.browser.call(address, { body: reason })).status).toBe(403);
  expect((await reviewer.browser.call(address, { method: 'DELETE', body: reason })).body).toMatchObject({
    code: 'STEWARD_NOT_FROZEN',
  });
  const frozen = await reviewer.browser.call<EntityPageView>(address, { body: reason });
  expect(frozen.body).toMatchObject({ state: 'FROZEN', frozenReason: '涉嫌冒用' });
  expect(world.frozen).toContain(id);

  const opened = await reviewer.browser.call<Approval>(address, {
    method: 'DELETE',
    body: { reason: '已查清' },
  });
  expect(opened).toMatchObject({ status: 202, body: { kind: 'ENTITY_THAW', subject: id } });
  expect((await decide(reviewer, { id: opened.body.id, decision: 'APPROVE' })).body).toMatchObject({
    code: 'DESK_SELF_APPROVAL',
  });
  expect((await pageOf(id)).state).toBe('FROZEN');
  expect((await decide(second, { id: opened.body.id, decision: 'APPROVE' })).status).toBe(200);
  expect(await pageOf(id)).toMatchObject({ state: 'ACTIVE', frozenReason: null });
});

test('SM-ENTITY: a merged account is closed and points to the one that stays; its records stay its own', async () => {
  const id = await world.organisation('库布其治沙（一）');
  const into = await world.organisation('库布其治沙');
  await person(id);
  const merge = (target: string) =>
    reviewer.browser.call<Approval>(`${DESK}/entities/${id}/merge`, {
      body: { into: target, reason: '重复注册' },
    });
  expect((await merge(id)).body).toMatchObject({ code: 'STEWARD_MERGE_TARGET' });
  const opened = await merge(into);
  expect((await pageOf(id)).mergedInto).toBe(null);
  expect((await decide(second, { id: opened.body.id, decision: 'APPROVE' })).status).toBe(200);
  expect(await pageOf(id)).toMatchObject({ state: 'FROZEN', mergedInto: into });
  expect((await pageOf(id)).records.find(({ type }) => type === 'person')?.total).toBe(1);
  expect((await pageOf(into)).merged).toEqual([{ id, name: '库布其治沙（一）' }]);
  expect((await list('?state=MERGED')).items.map((one) => one.id)).toEqual([id]);
  const again = await reviewer.browser.call(`${DESK}/entities/${into}/merge`, {
    body: { into: id, reason: '反向' },
  });
  expect(again.body).toMatchObject({ code: 'STEWARD_MERGE_TARGET' });
});

test('the data-quality report finds a person who is employed at two entities, and drafts that were left', async () => {
  const [one, other] = [await world.organisation('克什克腾采石'), await world.organisation('阿斯哈图采石')];
  const idNo = '150102199003074518';
  await person(one, { idType: 'ID_CARD', idNo });
  await person(other, { idType: 'ID_CARD', idNo });
  await person(other);
  const { database } = world.infra;
  const taken = exampleValues(recordType('certificate'), { seed: 1, event: 'save', file: () => FILE });
  const draft = await world.write({ entityId: one, type: 'certificate', event: 'save', taken });
  await world.write({ entityId: other, type: 'certificate', event: 'save', taken });
  await sql`update library_certificate set updated_at = now() - interval '100 days' where id = ${draft.id}`.execute(
    database.db,
  );
  await makeReport(world.infra);
  const report = (await clerk.browser.call<QualityReport>(`${DESK}/quality`)).body;
  const of = (kind: string) => report.findings.find((one) => one.kind === kind);
  expect(of('PERSON_AT_TWO')).toMatchObject({ count: 2, entities: 2, types: [{ type: 'person', count: 2 }] });
  expect(of('OLD_DRAFT')).toMatchObject({
    count: 1,
    entities: 1,
    types: [{ type: 'certificate', count: 1 }],
  });
  expect(report.trend.at(-1)).toMatchObject({
    madeAt: report.madeAt,
    counts: { PERSON_AT_TWO: 2, OLD_DRAFT: 1 },
  });
  await makeReport(world.infra);
  const again = (await clerk.browser.call<QualityReport>(`${DESK}/quality`)).body;
  expect(again.trend).toHaveLength(report.trend.length + 1);
  const found = async (kind: string) =>
    (await clerk.browser.call<{ items: QualityFinding[] }>(`${DESK}/quality/${kind}`)).body.items;
  expect((await found('PERSON_AT_TWO')).map(({ entityId }) => entityId).toSorted()).toEqual(
    [one, other].toSorted(),
  );
  expect(await found('OLD_DRAFT')).toMatchObject([
    { entityId: one, recordId: draft.id, type: 'certificate' },
  ]);
  // A number leads to the records behind it, those of one type alone too.
  expect(await found('OLD_DRAFT?type=certificate')).toHaveLength(1);
  expect(await found('OLD_DRAFT?type=person')).toEqual([]);
});

test('an entity that there is not is not found', async () => {
  expect((await clerk.browser.call(`${DESK}/entities/nobody`)).body).toMatchObject({
    code: 'STEWARD_UNKNOWN_ENTITY',
  });
});
