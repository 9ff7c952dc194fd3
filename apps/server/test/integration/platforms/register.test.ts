import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPlatforms, type Platforms } from '../../../src/features/platforms/index.ts';
import { readRegionProfile } from '../../../src/features/site/index.ts';
import { DATA } from '../../support/hub/hub-world.ts';
import { type TestInfra, testInfra } from '../../support/infra.ts';

let infra: TestInfra;
let platforms: Platforms;
const region = readRegionProfile(DATA);
const client = {
  code: 'hohhot',
  clientId: 'hohhot',
  clientSecret: 'a-secret-of-the-demo',
  fields: { redirectUris: ['https://p.example/cb'], initiateLoginUri: 'https://p.example/start' },
};

beforeAll(async () => {
  infra = await testInfra();
  platforms = createPlatforms(infra);
});
afterAll(() => infra.dispose());

const changes = async () =>
  (await infra.database.pool.query(`select id from audit_entry where action like 'platform.%'`)).rows.length;

test('HUB-010 the region’s platforms are entered once, and stand as not joined until they are registered', async () => {
  await platforms.seed(region.platforms);
  await platforms.seed(region.platforms);
  const all = await platforms.all();
  expect(all).toHaveLength(16);
  expect(all.every(({ joined }) => !joined)).toBe(true);
  expect(await changes()).toBe(16);
});

test('HUB-011 who has not joined is no client', async () => {
  const [first] = await platforms.all();
  expect(await platforms.clients.find(first!.clientId)).toBeUndefined();
});

test('a given registration is applied once; a second start changes and audits nothing', async () => {
  await platforms.registerGivenClients([client]);
  const before = await platforms.byCode('hohhot');
  const audited = await changes();
  await platforms.registerGivenClients([client]);
  expect(await platforms.byCode('hohhot')).toEqual(before);
  expect(await changes()).toBe(audited);
  expect(await platforms.clients.verifySecret('hohhot', client.clientSecret)).toBe(true);
  expect(await platforms.clients.verifySecret('hohhot', 'another')).toBe(false);
});

test('a hostile address in a registration is refused and changes nothing', async () => {
  const before = await platforms.byCode('hohhot');
  const hostile = { ...client, fields: { redirectUris: ['http://evil.example/cb'] } };
  await expect(platforms.registerGivenClients([hostile])).rejects.toMatchObject({ code: 'PLATFORM_ADDRESS' });
  expect(await platforms.byCode('hohhot')).toEqual(before);
});

test('secrets are not stored', async () => {
  const { rows } = await infra.database.pool.query('select * from platform');
  expect(JSON.stringify(rows)).not.toContain(client.clientSecret);
});
