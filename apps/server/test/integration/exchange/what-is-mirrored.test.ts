import type { MirrorPackage, PlatformStanding, PullAnswer } from '@hufu/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EntityCard } from '../../../src/features/exchange/index.ts';
import { type ExchangeWorld, exchangeWorld, valuesOf } from '../../support/exchange/exchange-world.ts';

let world: ExchangeWorld;
let entity: EntityCard;
beforeAll(async () => {
  world = await exchangeWorld();
  entity = await world.entity();
  await world.activate(entity, 'hohhot');
  for (const type of ['organisation', 'person', 'qualification-housing'])
    await world.write(entity, type, 'submit', { taken: await valuesOf(world, type, { entity }) });
});
afterAll(() => world?.close());

let codes = 0;
async function pull(): Promise<MirrorPackage> {
  codes += 1;
  world.codes.set(`MIRROR${codes}`, entity.id);
  const { status, body } = await world
    .platform('hohhot')
    .call<PullAnswer>('library:pull', '/api/v1/exchange/pulls', {
      body: { syncCode: `MIRROR${codes}`, user: 'user-1', uscc: entity.uscc },
    });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body.package;
}

const standing = async () => {
  const { body } = await world.member(entity)<PlatformStanding[]>('/api/v1/library/platforms');
  return body.find(({ code }) => code === 'hohhot')!;
};

const notices = async () =>
  (await world.platform('hohhot').call<{ items: unknown[] }>('library:callback', '/api/v1/exchange/notices'))
    .body.items;

test('OD-27 the copy has identity, base information, persons, qualifications and mapped files, with version and time', async () => {
  const copy = await pull();
  expect(copy.entity).toMatchObject({ name: entity.name, uscc: entity.uscc });
  expect(copy.records.map(({ type }) => type).toSorted()).toEqual([
    'organisation',
    'person',
    'qualification-housing',
  ]);
  expect(copy.files.length).toBeGreaterThan(0);
  for (const file of copy.files) expect(file.platformNode).toMatch(/\S/);
  expect(copy.libVersion).toBeGreaterThan(0);
  expect(Date.parse(copy.syncedAt)).toBeLessThanOrEqual(Date.now());
  expect(Object.keys(copy.report).toSorted()).toEqual(['complete', 'missing', 'stale', 'unmapped']);
});

test('PLAT-017 a change in the library is not pushed: the copy stays what it was until the enterprise syncs again', async () => {
  const copy = await pull();
  const before = await notices();
  expect((await standing()).mirror).toMatchObject({ current: true, libVersion: copy.libVersion });

  await world.write(entity, 'person', 'submit', {
    taken: await valuesOf(world, 'person', { entity, seed: 2 }),
  });
  expect(await notices()).toEqual(before);
  expect((await standing()).mirror).toMatchObject({ current: false, libVersion: copy.libVersion });

  const next = await pull();
  expect(next.libVersion).toBeGreaterThan(copy.libVersion);
  expect(next.records).toHaveLength(copy.records.length + 1);
  expect((await standing()).mirror).toMatchObject({ current: true, libVersion: next.libVersion });
});
