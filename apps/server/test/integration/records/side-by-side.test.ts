import { recordType } from '@hufu/library';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onPostgresql } from '../../support/database.ts';
import { exampleClock, Maker, NEEDS } from '../../support/records/made-records.ts';
import { OWNER, type RecordsWorld, recordsWorld } from '../../support/records/records-world.ts';

let world: RecordsWorld;
beforeAll(async () => {
  world = await recordsWorld({ clock: exampleClock });
});
afterAll(() => world?.close());

const ACCOUNT = {
  accountType: 'GENERAL',
  accountName: OWNER.name,
  accountNo: '62220001',
  bankName: '中国银行',
  bankBranch: '南京支行',
};
const AWARD = recordType('award');

test('a stale edit is refused with what changed meanwhile, and what was there stays', async () => {
  const person = await world.entity();
  const maker = new Maker(world, person);
  const draft = await maker.born(AWARD, 'save');
  const save = (values: unknown) => person.change('award', draft.id, { event: 'save', version: 1, values });
  const first = await save({ ...draft.values, awardName: '鲁班奖' });
  expect(first.body).toMatchObject({ version: 2, values: { awardName: '鲁班奖' } });
  const second = await save({ ...draft.values, awardName: '国家优质工程奖' });
  expect(second.status).toBe(409);
  expect(second.body).toMatchObject({
    code: 'RECORD_STALE',
    fields: { version: 2, expected: 1, changed: ['awardName'] },
  });
  expect((await person.detail('award', draft.id)).body.values['awardName']).toBe('鲁班奖');
  // With the version that is there now, what was typed goes through: nothing was lost.
  const third = await person.change('award', draft.id, {
    event: 'save',
    version: 2,
    values: { ...draft.values, awardName: '国家优质工程奖' },
  });
  expect(third.body).toMatchObject({ version: 3 });
});

test('GEN-005: a deleted draft is gone from every list, and its history stays', async () => {
  const person = await world.entity();
  const draft = await new Maker(world, person).born(AWARD, 'save');
  const gone = await person.change('award', draft.id, { event: 'delete', version: 1 });
  expect(gone.status).toBe(204);
  expect((await person.detail('award', draft.id)).status).toBe(404);
  const history = await person.call(`/api/v1/library/records/award/${draft.id}/history`);
  expect(history.body).toMatchObject({
    total: 2,
    items: [{ event: 'delete', state: 'none' }, { event: 'save' }],
  });
  const again = await person.change('award', draft.id, { event: 'delete', version: 2 });
  expect(again.status).toBe(404);
});

test('ids of other entities are not found, whatever is tried with them, and the attempts are audited', async () => {
  const [owner, stranger] = [await world.entity(), await world.entity()];
  const mine = (await owner.create('bank-account', 'submit', ACCOUNT)).body;
  const path = `/api/v1/library/records/bank-account/${mine.id}`;
  for (const rest of ['', '/history', '/versions/1']) {
    expect((await stranger.call(path + rest)).body).toMatchObject({ code: 'RECORD_UNKNOWN' });
  }
  expect(
    (await stranger.change('bank-account', mine.id, { event: 'void', version: 1, reason: 'x' })).status,
  ).toBe(404);
  expect((await owner.detail('award', mine.id)).status).toBe(404);
  expect((await owner.detail('bank-account', 'no-such-id')).status).toBe(404);
  const { rows } = await sql<{ action: string; code: string }>`
    select action, code from audit_entry where outcome = 'refused' and actor_id = ${stranger.member.entityId}`.execute(
    world.infra.database.db,
  );
  expect(rows).toContainEqual({ action: 'changeRecord_bank-account', code: 'RECORD_UNKNOWN' });
});

test('LIB-PERSON-03: a sub-record needs a person of one’s own who has not been voided', async () => {
  const person = await world.entity();
  const maker = new Maker(world, person);
  const type = recordType('person-education');
  const event = type.lifeCycle.events[0]!;
  const values = await maker.values(type, event);
  expect((await person.create(type.name, 'submit', values)).body).toMatchObject({ code: 'RECORD_PARENT' });
  const stranger = await world.entity();
  const foreign = await new Maker(world, stranger).submitted(recordType('person'));
  const theirs = await person.create(type.name, 'submit', values, { parentId: foreign.id });
  expect(theirs.body).toMatchObject({ code: 'RECORD_PARENT' });
  const own = await maker.submitted(recordType('person'));
  expect((await person.create(type.name, 'submit', values, { parentId: own.id })).body).toMatchObject({
    parentId: own.id,
  });
  expect((await person.list(type.name, `?parent=${own.id}`)).body.total).toBe(1);
  await person.change('person', own.id, { event: 'void', version: 1, ...NEEDS });
  const late = await person.create(type.name, 'submit', values, { parentId: own.id });
  expect(late.body).toMatchObject({ code: 'RECORD_PARENT' });
});

test('persons are found by any part of their names and by their whole number, though both are not in clear', async () => {
  const person = await world.entity();
  const maker = new Maker(world, person);
  const type = recordType('person');
  const known = await maker.submitted(type);
  await maker.submitted(type);
  const name = String(known.values['name']);
  const found = await person.list('person', `?q=${encodeURIComponent(name.slice(-2))}`);
  expect(found.body.items.map(({ id }) => id)).toContain(known.id);
  const byNumber = await person.list('person', `?q=${known.values['idNo']}`);
  expect(byNumber.body.items.map(({ id }) => id)).toEqual([known.id]);
  expect(byNumber.body.items[0]).toMatchObject({ title: name, values: { name } });
  expect(byNumber.body.items[0]!.values['idNo']).toContain('*');
  expect((await person.list('person', '?sort=name')).body).toMatchObject({ code: 'RECORD_FILTER' });
  expect((await person.list('person', '?q=无此人')).body.total).toBe(0);
});

test('LIB-DASH-01, -02, OD-15: counts, what ends, drafts and what stands in the way, of one’s own alone', async () => {
  const person = await world.entity();
  const maker = new Maker(world, person);
  const empty = await person.call<{ blockers: { code: string }[] }>('/api/v1/library/dashboard');
  expect(empty.body.blockers.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['NO_QUALIFICATION', 'NO_PERSON']),
  );
  const certificate = recordType('certificate');
  const values = await maker.values(
    certificate,
    certificate.lifeCycle.events.find(({ name }) => name === 'submit')!,
  );
  const made = await person.create('certificate', 'submit', {
    ...values,
    longTerm: false,
    issueDate: '2024-12-01',
    validFrom: '2024-12-01',
    validTo: '2026-12-01',
  });
  expect(made.status).toBe(201);
  const draft = await maker.born(AWARD, 'save');
  await maker.submitted(recordType('qualification-housing'));
  await maker.submitted(recordType('project-general'));
  const { body } = await person.call<Record<string, { type: string }[]>>('/api/v1/library/dashboard');
  const of = (type: string) => body['types']!.find((one) => one.type === type);
  expect(of('certificate')).toMatchObject({
    counts: { submitted: 1 },
    usable: 1,
    expiring: { expired: 0, in15: 1, in30: 1, in60: 1 },
  });
  const ongoing = (await person.list('project-general', '?f.stage=UNDER_CONSTRUCTION')).body.total;
  expect(of('project-general')).toMatchObject({ breakdown: { stage: { UNDER_CONSTRUCTION: ongoing } } });
  // What else ends soon depends on the examples.
  expect(body['expiring']!.filter(({ type }) => type === 'certificate')).toMatchObject([
    { type: 'certificate', id: made.body.id, expiresOn: '2026-12-01', days: 11 },
  ]);
  expect(body['drafts']).toMatchObject([{ type: 'award', id: draft.id }]);
  expect(JSON.stringify(body['blockers'])).not.toContain('NO_QUALIFICATION');
  const half = person.as({ entityState: 'REGISTERED_SIMPLE' });
  const simple = await half.call<{ types: { type: string }[]; blockers: { code: string }[] }>(
    '/api/v1/library/dashboard',
  );
  expect(simple.body.types.map(({ type }) => type)).toEqual(['organisation']);
  expect(simple.body.blockers).toMatchObject([{ code: 'BASE_INCOMPLETE' }]);
});

describe.runIf(onPostgresql)('two at once (PostgreSQL)', () => {
  test('the same number twice: one is written, the other told at its field', async () => {
    const person = await world.entity();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => person.create('bank-account', 'submit', ACCOUNT)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const { status, body } of answers) {
      if (status !== 201)
        expect(body).toMatchObject({ code: 'LIB_INVALID', errors: [{ path: 'accountNo' }] });
    }
  });

  test('voiding twice, and a project completed twice: once each', async () => {
    const person = await world.entity();
    const maker = new Maker(world, person);
    const account = (await person.create('bank-account', 'submit', ACCOUNT)).body;
    const end = { event: 'void', version: 1, reason: '销户' };
    const voids = await Promise.all(
      Array.from({ length: 5 }, () => person.change('bank-account', account.id, end)),
    );
    expect(voids.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    const project = recordType('project-general');
    const row = await maker.born(project, 'submit');
    const complete = project.lifeCycle.events.find(({ name }) => name === 'complete')!;
    const values = { ...(await maker.values(project, complete)), leaderId: String(row.values['leaderId']) };
    const done = await Promise.all(
      Array.from({ length: 4 }, () =>
        person.change(project.name, row.id, { event: 'complete', version: 1, values }),
      ),
    );
    expect(done.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await person.list('performance-general')).body.total).toBe(1);
  });

  test('every use is counted once, however many come together (LIB-PERF-08)', async () => {
    const person = await world.entity();
    const maker = new Maker(world, person);
    const type = recordType('performance-general');
    const made = await maker.performance(type.name);
    const use = type.lifeCycle.events.find(({ name }) => name === 'count-use')!;
    await Promise.all(Array.from({ length: 8 }, () => maker.bySystem(type, use, made)));
    expect((await person.detail(type.name, made.id)).body).toMatchObject({
      version: 9,
      system: { useCount: 8 },
    });
  });
});
