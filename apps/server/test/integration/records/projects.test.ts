import type { RecordDetail, RecordHistoryEntry } from '@hufu/contracts';
import { moduleOf, type RecordType, recordType, type Values } from '@hufu/library';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { exampleClock, Maker, NEEDS } from '../../support/records/made-records.ts';
import {
  FILE,
  type Person,
  RECORDS,
  type RecordsWorld,
  recordsWorld,
} from '../../support/records/records-world.ts';

let world: RecordsWorld;
let person: Person;
let maker: Maker;
const PROJECT = recordType('project-general');
const LEADER = recordType('person');

beforeAll(async () => {
  world = await recordsWorld({ clock: exampleClock });
  person = await world.entity();
  maker = new Maker(world, person);
});
afterAll(() => world?.close());

const eventOf = (type: RecordType, name: string) =>
  type.lifeCycle.events.find((event) => event.name === name)!;

const completion = async (row: RecordDetail): Promise<Values> => ({
  ...(await maker.values(PROJECT, eventOf(PROJECT, 'complete'))),
  leaderId: String(row.values['leaderId']),
});

async function completed(): Promise<RecordDetail> {
  const row = await maker.born(PROJECT, 'submit');
  return (await maker.step(PROJECT, row, { event: 'complete', values: await completion(row) }))!;
}

/** Performances of a project, the newest first. */
async function performancesOf(project: RecordDetail) {
  const { body } = await person.list('performance-general', '?pageSize=100&sort=-createdAt');
  return body.items.filter(({ system }) => system['projectId'] === project.id);
}

const historyOf = async (row: RecordDetail) =>
  (await person.call<{ items: RecordHistoryEntry[] }>(`${RECORDS}/${row.type}/${row.id}/history`)).body.items;

test('LIB-PROJ-02, -03: a 场内项目 arrives as a draft and is not used before it is submitted', async () => {
  const row = await maker.bySystem(PROJECT, eventOf(PROJECT, 'import'));
  expect(row).toMatchObject({ state: 'editing', usable: false, system: { isOnPlatform: true } });
  const { entityId } = person.member;
  const types = [PROJECT.name];
  const usable = await world.records.usable(world.infra.database.db, { entityId, types });
  expect(usable.map(({ id }) => id)).not.toContain(row.id);
  const refused = await person.change(PROJECT.name, row.id, { event: 'delete', version: 1 });
  expect(refused.body).toMatchObject({ code: 'LIB_PROJECT_KEPT' }); // LIB-PROJ-09
});

test('LIB-PROJ-01 three boards of projects, and each keeps its own', async () => {
  const boards = ['project-general', 'project-transport', 'project-water'];
  expect(moduleOf(PROJECT.name).types.map(({ name }) => name)).toEqual(boards);
  const other = await maker.born(recordType('project-water'), 'save');
  const { items } = (await person.list('project-water')).body;
  expect(items.map(({ id }) => id)).toContain(other.id);
  expect((await person.detail('project-general', other.id)).status).toBe(404);
});

test('LIB-PROJ-08 LIB-PROJ-10 LIB-PROJ-19 a draft of one’s own is shown, is no performance, and is deleted after 确定', async () => {
  const draft = await maker.born(PROJECT, 'save');
  const shown = await person.detail(PROJECT.name, draft.id);
  expect(shown.body).toMatchObject({ id: draft.id, state: 'editing', system: { isPerformance: false } });
  expect(eventOf(PROJECT, 'delete')).toMatchObject({ confirm: { zh: '确定' } });
  const removed = await person.change(PROJECT.name, draft.id, { event: 'delete', version: 1 });
  expect(removed.status).toBe(204);
  expect((await person.detail(PROJECT.name, draft.id)).status).toBe(404);
});

test('LIB-PERF-11: what came from the project library cannot be changed, whatever is sent', async () => {
  const values = await maker.values(PROJECT, eventOf(PROJECT, 'submit'));
  const { id } = await withTransaction(world.infra.database, (tx) =>
    world.records.write(tx, {
      entityId: person.member.entityId,
      type: PROJECT.name,
      event: 'import',
      by: 'system',
      taken: values,
      locked: ['projectName', 'winAmount'],
      actor: { kind: 'platform', id: 'nanjing' },
      trustedFiles: true,
    }),
  );
  const tried: Values = { ...values, projectName: '另一个项目', scale: '改后的规模' };
  const refused = await person.change(PROJECT.name, id, { event: 'submit', version: 1, values: tried });
  expect(refused.body).toMatchObject({ errors: [{ path: 'projectName', code: 'LIB_LOCKED' }] });
  const { projectName: _, winAmount: __, ...open } = tried;
  const done = await person.change(PROJECT.name, id, { event: 'submit', version: 1, values: open });
  expect(done.body).toMatchObject({
    state: 'submitted',
    locked: ['projectName', 'winAmount'],
    values: { projectName: values['projectName'], scale: '改后的规模' },
  });
});

test('LIB-PROJ-11 to -13, -20, -21: the leader changes by choice and proof, and every change is told', async () => {
  const row = await maker.born(PROJECT, 'submit');
  const other = await maker.submitted(LEADER);
  const order = { event: 'change-leader', version: 1, ...NEEDS };
  const fields = { newLeaderId: other.id, changeDate: '2026-11-01' };
  const typed = await person.change(PROJECT.name, row.id, {
    ...order,
    fields: { ...fields, newLeaderId: '张三' },
  });
  expect(typed.body).toMatchObject({ errors: [{ path: 'newLeaderId' }] });
  const stranger = await world.entity();
  const foreign = await new Maker(world, stranger).submitted(LEADER);
  const theirs = await person.change(PROJECT.name, row.id, {
    ...order,
    fields: { ...fields, newLeaderId: foreign.id },
  });
  expect(theirs.body).toMatchObject({ errors: [{ path: 'newLeaderId', code: 'RECORD_REFERENCE' }] });
  const same = await person.change(PROJECT.name, row.id, {
    ...order,
    fields: { ...fields, newLeaderId: row.values['leaderId'] },
  });
  expect(same.body).toMatchObject({ code: 'LIB_SAME_LEADER' });
  expect((await person.detail(PROJECT.name, row.id)).body).toEqual(row);

  const done = await person.change(PROJECT.name, row.id, { ...order, fields });
  expect(done.body).toMatchObject({
    state: 'submitted',
    values: { leaderId: other.id },
    system: { leaderChanges: 1, leaderChangedOn: '2026-11-01' },
    history: { events: { 'change-leader': 1 } },
    references: { [other.id]: { type: 'person', title: other.title } },
  });
  const [change] = await historyOf(done.body);
  expect(change).toMatchObject({
    event: 'change-leader',
    reason: NEEDS.reason,
    proof: [FILE],
    evidence: { id: expect.any(String) },
  });
  expect(change!.changes).toContainEqual({
    field: 'leaderId',
    before: row.values['leaderId'],
    after: other.id,
  });
  const stamp = await person.call(`/api/v1/library/evidence/${change!.evidence!.id}`);
  expect(stamp.body).toMatchObject({ type: 'record.change-leader', subject: { kind: 'record', id: row.id } });
  expect((await stranger.call(`/api/v1/library/evidence/${change!.evidence!.id}`)).status).toBe(404);
});

test('OD-18, OD-23: who leads an ongoing project cannot leave, and who left cannot lead', async () => {
  const row = await maker.born(PROJECT, 'submit');
  const leader = (await person.detail('person', String(row.values['leaderId']))).body;
  const leave = { event: 'depart', version: leader.version, fields: { leaveDate: '2026-11-20' } };
  expect((await person.change('person', leader.id, leave)).body).toMatchObject({ code: 'LIB_PERSON_LEADS' });
  expect(leader.actions).toContainEqual(
    expect.objectContaining({ event: 'depart', allowed: false, code: 'LIB_PERSON_LEADS' }),
  );
  const other = await maker.submitted(LEADER);
  const gone = await person.change('person', other.id, {
    event: 'depart',
    version: 1,
    fields: { leaveDate: '2026-11-20' },
  });
  expect(gone.body).toMatchObject({ state: 'departed', usable: false });
  const values = { ...(await maker.values(PROJECT, eventOf(PROJECT, 'submit'))), leaderId: other.id };
  const refused = await person.create(PROJECT.name, 'submit', values);
  expect(refused.body).toMatchObject({ errors: [{ path: 'leaderId', code: 'RECORD_REFERENCE' }] });
});

test('LIB-PROJ-16 to -18, LIB-PERF-01: completion asks for everything, and makes a performance of the same board', async () => {
  const row = await maker.born(PROJECT, 'submit');
  const { completionFile: _, ...without } = await completion(row);
  const refused = await person.change(PROJECT.name, row.id, {
    event: 'complete',
    version: 1,
    values: without,
  });
  expect(refused.body).toMatchObject({ errors: [{ path: 'completionFile', code: 'LIB_REQUIRED' }] });
  const done = await maker.step(PROJECT, row, { event: 'complete', values: await completion(row) });
  expect(done).toMatchObject({
    state: 'submitted',
    system: { stage: 'COMPLETED', isPerformance: true, everPerformance: true },
  });
  expect(await performancesOf(row)).toMatchObject([
    { state: 'normal', system: { useCount: 0, projectId: row.id } },
  ]);
  // LIB-PROJ-12, -14: nothing of it changes any more.
  for (const event of ['maintain', 'change-leader', 'delete']) {
    const answer = await person.change(PROJECT.name, row.id, { event, version: 2, values: {}, ...NEEDS });
    expect(answer.status, event).toBeGreaterThanOrEqual(400);
  }
});

test('LIB-PROJ-18: when the performance cannot be written, the project stays ongoing', async () => {
  const row = await maker.born(PROJECT, 'submit');
  world.hooks.push(async (_tx, changes) => {
    if (changes.some(({ type }) => type === 'performance-general'))
      throw Object.assign(new Error('no disk'), { code: '53100' });
  });
  try {
    const failed = await person.change(PROJECT.name, row.id, {
      event: 'complete',
      version: 1,
      values: await completion(row),
    });
    expect(failed.body).toMatchObject({ code: 'UNAVAILABLE' });
  } finally {
    world.hooks.pop();
  }
  expect((await person.detail(PROJECT.name, row.id)).body).toEqual(row);
  expect(await performancesOf(row)).toEqual([]);
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from ledger_statement where subject = ${`record/${row.id}`}`.execute(
    world.infra.database.db,
  );
  expect(rows[0]!.n).toBe(1);
});

test('LIB-PERF-05 to -13: voided, the project is edited again, and becomes a new performance', async () => {
  const project = await completed();
  const [first] = await performancesOf(project);
  const PERFORMANCE = recordType('performance-general');
  await maker.bySystem(
    PERFORMANCE,
    eventOf(PERFORMANCE, 'count-use'),
    (await person.detail(first!.type, first!.id)).body,
  );
  const used = (await person.detail(first!.type, first!.id)).body;
  expect(used.system['useCount']).toBe(1); // LIB-PERF-08

  const values = await completion(project);
  const { completionFile: _, ...draft } = values;
  const early = await person.change(PROJECT.name, project.id, { event: 'reopen', version: 2, values: draft });
  expect(early.body).toMatchObject({ code: 'LIB_PERFORMANCE_NORMAL' });

  const voided = await person.change(used.type, used.id, { event: 'void', version: used.version, ...NEEDS });
  expect(voided.body).toMatchObject({ state: 'voided', usable: false, actions: [] });
  // LIB-PERF-12: not at the moment of voiding.
  const still = (await person.detail(PROJECT.name, project.id)).body;
  expect(still).toMatchObject({ version: 2, system: { stage: 'COMPLETED', isPerformance: true } });

  const names = [
    'actualEndDate',
    'acceptDate',
    'acceptNo',
    'settlementAmount',
    'qualityResult',
    'completionFile',
  ];
  const edited = Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
  const reopened = await maker.step(PROJECT, still, {
    event: 'reopen',
    values: { ...edited, scale: '更正后的规模' },
  });
  expect(reopened).toMatchObject({
    state: 'editing',
    system: { stage: 'UNDER_CONSTRUCTION', isPerformance: false, everPerformance: true },
  });
  // LIB-PROJ-09: it once was a performance.
  const kept = await person.change(PROJECT.name, project.id, { event: 'delete', version: reopened!.version });
  expect(kept.body).toMatchObject({ code: 'LIB_PROJECT_KEPT' });

  const again = await maker.step(PROJECT, reopened!, {
    event: 'complete',
    values: { ...values, scale: '更正后的规模' },
  });
  expect(again).toMatchObject({ system: { stage: 'COMPLETED', isPerformance: true } });
  const rows = await performancesOf(project);
  expect(rows.map(({ state, system }) => [state, system['useCount']])).toEqual([
    ['normal', 0],
    ['voided', 1],
  ]);
});

test('SM-PERF a completed project makes it 正常 with no uses; uses are counted, 作废 is for good', async () => {
  const PERFORMANCE = recordType('performance-general');
  const [row] = await performancesOf(await completed());
  expect(row).toMatchObject({ state: 'normal', system: { useCount: 0 } });
  const counting = eventOf(PERFORMANCE, 'count-use');
  const used = await maker.bySystem(PERFORMANCE, counting, (await person.detail(row!.type, row!.id)).body);
  expect(used).toMatchObject({ state: 'normal', system: { useCount: 1 } });
  const press = (event: string, version: number) =>
    person.change(used.type, used.id, { event, version, ...NEEDS });
  expect((await press('delete', used.version)).body).toMatchObject({ code: 'LIB_EVENT' });
  const voided = (await press('void', used.version)).body;
  expect(voided).toMatchObject({ state: 'voided', usable: false, actions: [] });
  expect((await press('void', voided.version)).body).toMatchObject({ code: 'LIB_STATE' });
  await expect(maker.bySystem(PERFORMANCE, counting, voided)).rejects.toThrow('LIB_STATE');
  expect((await person.detail(used.type, used.id)).body).toMatchObject({
    state: 'voided',
    system: { useCount: 1 },
  });
});

test('LIB-PERF-02, -03: a performance is only looked at; no one adds or edits one', async () => {
  const [row] = (await person.list('performance-general')).body.items;
  expect((await person.create('performance-general', 'arise', {})).body).toMatchObject({
    code: 'LIB_SETTER',
  });
  const counted = await person.change(row!.type, row!.id, { event: 'count-use', version: row!.version });
  expect(counted.status).toBeGreaterThanOrEqual(400);
});

test('LIB-PERF-03: the snapshot stays what it was when the leader’s own record changes', async () => {
  const project = await completed();
  const [row] = await performancesOf(project);
  const before = (await person.detail(row!.type, row!.id)).body;
  const leader = (await person.detail('person', String(project.values['leaderId']))).body;
  expect(before.values['leaderName']).toBe(leader.values['name']);
  // The owner tells its records apart by the names of its own persons.
  expect(row!.values['leaderName']).toBe(leader.values['name']);
  await maker.press(LEADER, leader, eventOf(LEADER, 'change'));
  expect((await person.detail(row!.type, row!.id)).body.values).toEqual(before.values);
});
