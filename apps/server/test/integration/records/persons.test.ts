import type { RecordDetail } from '@hufu/contracts';
import { recordType } from '@hufu/library';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exampleClock, Maker, NEEDS } from '../../support/records/made-records.ts';
import { type Person, type RecordsWorld, recordsWorld } from '../../support/records/records-world.ts';

let world: RecordsWorld;
let person: Person;
let maker: Maker;
beforeAll(async () => {
  world = await recordsWorld({ clock: exampleClock });
});
afterAll(() => world?.close());

const PERSON = recordType('person');
const EDUCATION = recordType('person-education');

async function someone(): Promise<void> {
  person = await world.entity();
  maker = new Maker(world, person);
}

const eventOf = (wanted: string) => PERSON.lifeCycle.events.find(({ name }) => name === wanted)!;
const idsIn = async (state: string) => {
  const { body } = await person.list('person', `?state=${state}`);
  return body.items.map(({ id }) => id);
};
const step = (row: RecordDetail, event: string, more: Record<string, unknown> = {}) =>
  person.change(row.type, row.id, { event, version: row.version, ...more });

test('LIB-PERSON-01 SM-PERSON one list holds 在职 and 离职 people; the filter tells them apart', async () => {
  await someone();
  const [stays, leaves] = [await maker.submitted(PERSON), await maker.submitted(PERSON)];
  const departed = (await maker.press(PERSON, leaves, eventOf('depart')))!;
  expect(departed).toMatchObject({ state: 'departed', usable: false });

  const all = (await person.list('person')).body;
  expect(all).toMatchObject({ total: 2, counts: { employed: 1, departed: 1 } });
  expect([await idsIn('employed'), await idsIn('departed')]).toEqual([[stays.id], [leaves.id]]);

  expect((await step(departed, 'depart')).body).toMatchObject({ code: 'LIB_STATE' });
  const returned = await maker.press(PERSON, departed, eventOf('return'));
  expect(returned).toMatchObject({ state: 'employed', usable: true });
  expect(await idsIn('departed')).toEqual([]);
});

test('LIB-PERSON-08 SM-PERSON 「查看」 shows a record of a person; 作废 is for good and leaves it in sight', async () => {
  await someone();
  const row = await maker.submitted(EDUCATION);
  const seen = (await person.detail(EDUCATION.name, row.id)).body;
  expect(seen).toMatchObject({ id: row.id, state: 'submitted', values: row.values });
  expect(Object.keys(seen.values)).toEqual(expect.arrayContaining(['school', 'major', 'file']));
  const stranger = await world.entity();
  expect((await stranger.detail(EDUCATION.name, row.id)).status).toBe(404);

  expect((await step(seen, 'void')).body).toMatchObject({ errors: [{ path: 'reason' }, { path: 'proof' }] });
  const voided = (await step(seen, 'void', NEEDS)).body;
  expect(voided).toMatchObject({ state: 'voided', actions: [] });
  expect((await step(voided, 'void', NEEDS)).body).toMatchObject({ code: 'LIB_STATE' });
  expect((await step(voided, 'delete')).body).toMatchObject({ code: 'LIB_EVENT' });
  expect((await person.detail(EDUCATION.name, row.id)).body).toMatchObject({
    state: 'voided',
    values: row.values,
  });
});
