import type { RecordDetail, WarningFacts } from '@hufu/contracts';
import { addDays, shanghaiInstant } from '@hufu/kernel';
import { EXAMPLE_DAY, exampleValues, recordType } from '@hufu/library';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Member } from '../../../src/features/access/index.ts';
import { createWarnings, noteChange, recordExpiry } from '../../../src/features/warnings/index.ts';
import { NEEDS } from '../../support/records/made-records.ts';
import { FILE, type Person, type RecordsWorld, recordsWorld } from '../../support/records/records-world.ts';

let now = shanghaiInstant(EXAMPLE_DAY, '14:00:00');
let world: RecordsWorld;
let person: Person;
const primaries = new Map<string, string>();

beforeAll(async () => {
  world = await recordsWorld({ clock: { now: () => now } });
  const { notify } = createWarnings(world.infra);
  world.hooks.push(noteChange(notify, async (_executor, entityId) => primaries.get(entityId)));
  person = await world.entity();
});
afterAll(() => world?.close());

const told = async (kind: string): Promise<{ facts: WarningFacts }[]> => {
  const { rows } = await world.infra.database.pool.query<{ facts: WarningFacts }>(
    'select facts from library_warning where kind = $1 order by id',
    [kind],
  );
  return rows;
};

let numbers = 0;
const certificate = (validTo: string) => {
  numbers += 1;
  const values = exampleValues(recordType('certificate'), { seed: numbers, file: () => FILE });
  return { ...values, longTerm: false, validFrom: addDays(EXAMPLE_DAY, -400), validTo };
};

async function submitted(by: Person, validTo: string): Promise<RecordDetail> {
  const { status, body } = await by.create('certificate', 'submit', certificate(validTo));
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
}

const watch = async () => {
  const warnings = createWarnings(world.infra);
  const { periodic } = warnings.feature({
    members: async () => ({ kind: 'anonymous' }),
    sources: recordExpiry(world.records),
  });
  await periodic!.find(({ name }) => name === 'warnings-watch-expiry')!.run();
};

test('papers of usable records are told of as their end comes near; drafts, voided and distant ones are not', async () => {
  const near = await submitted(person, addDays(EXAMPLE_DAY, 20));
  const far = await submitted(person, addDays(EXAMPLE_DAY, 100));
  const voided = await submitted(person, addDays(EXAMPLE_DAY, 21));
  await person.change('certificate', voided.id, { event: 'void', version: voided.version, ...NEEDS });
  await watch();
  await watch();
  const facts = (id: string, expiresOn: string) => ({ facts: { type: 'certificate', id, expiresOn } });
  expect(await told('RECORD_EXPIRES')).toEqual([facts(near.id, addDays(EXAMPLE_DAY, 20))]);
  now += 45 * 86_400_000;
  await watch();
  expect(await told('RECORD_EXPIRES')).toContainEqual(facts(far.id, addDays(EXAMPLE_DAY, 100)));
});

test('more papers than a page holds are all found, in their order, once each', async () => {
  const asked = { type: 'certificate', from: '2000-01-01', to: '2999-12-31' };
  const day = addDays(EXAMPLE_DAY, 200);
  for (let at = 0; at < 5; at += 1) await submitted(person, day);
  const { db } = world.infra.database;
  const whole = await world.records.expiring(db, { ...asked, limit: 100 });
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await world.records.expiring(db, { ...asked, after, limit: 2 });
    found.push(...page.items.map(({ id }) => id));
    after = page.next;
  } while (after !== undefined);
  expect(found).toEqual(whole.items.map(({ id }) => id));
  expect(found.length).toBeGreaterThanOrEqual(7);
});

test('what another than the primary key changes is told; what the primary key changes is not', async () => {
  const organisation = await world.entity({ fingerprint: 'aa'.repeat(32) });
  const { entityId } = organisation.member;
  primaries.set(entityId, 'aa'.repeat(32));
  await submitted(organisation, addDays(EXAMPLE_DAY, 300));
  expect(await told('CHANGED_BY_OTHER_KEY')).toEqual([]);
  const delegate: Partial<Member> = { standing: 'DELEGATE', fingerprint: 'bb'.repeat(32) };
  const record = await submitted(organisation.as(delegate), addDays(EXAMPLE_DAY, 300));
  expect(await told('CHANGED_BY_OTHER_KEY')).toEqual([
    { facts: { type: 'certificate', id: record.id, event: 'submit' } },
  ]);
});
