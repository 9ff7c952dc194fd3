import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPlatforms, type Platforms } from '../../../src/features/platforms/index.ts';
import { readRegionProfile } from '../../../src/features/site/index.ts';
import { withTransaction } from '../../../src/infra/database/database.ts';
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
  expect(await platforms.clients.find('hohhot')).toMatchObject({ name: '呼和浩特市公共资源交易平台' });
  expect(await platforms.clients.verifySecret('hohhot', client.clientSecret)).toBe(true);
  expect(await platforms.clients.verifySecret('hohhot', 'another')).toBe(false);
});

test('a hostile address in a registration is refused and changes nothing', async () => {
  const before = await platforms.byCode('hohhot');
  const hostile = { ...client, fields: { redirectUris: ['http://evil.example/cb'] } };
  await expect(platforms.registerGivenClients([hostile])).rejects.toMatchObject({ code: 'PLATFORM_ADDRESS' });
  expect(await platforms.byCode('hohhot')).toEqual(before);
});

test('HUB-011 a suspension counts at the next question, also on a server that holds the register in memory', async () => {
  const elsewhere = createPlatforms(infra);
  const before = await elsewhere.clients.find('hohhot');
  expect(before).toMatchObject({ suspended: false });
  expect(await elsewhere.clients.find('hohhot')).toBe(before);
  const by = { actor: { kind: 'system' as const }, reason: 'test' };
  await withTransaction(infra.database, (tx) => platforms.suspend(tx, { code: 'hohhot', by }));
  expect(await elsewhere.clients.find('hohhot')).toMatchObject({ suspended: true });
  expect(elsewhere.lastSeen('hohhot')?.suspendReason).toBe('test');
});

test('a change of which the code knows nothing is seen as well: the database itself counts', async () => {
  await platforms.clients.find('hohhot');
  await infra.database.pool.query(`update platform set suspended_at = null, suspend_reason = null`);
  const { rows } = await infra.database.pool.query(`select ${platforms.clients.revisionSql} as revision`);
  const { revision } = rows[0] as { revision: string };
  expect(await platforms.clients.find('hohhot', { revision })).toMatchObject({ suspended: false });
});

test('what was rolled back never counted', async () => {
  const by = { actor: { kind: 'system' as const }, reason: 'test' };
  const undone = withTransaction(infra.database, async (tx) => {
    await platforms.suspend(tx, { code: 'hohhot', by });
    expect(await platforms.clients.find('hohhot', { executor: tx })).toMatchObject({ suspended: true });
    throw new Error('rolled back');
  });
  await expect(undone).rejects.toThrow('rolled back');
  expect(await platforms.clients.find('hohhot')).toMatchObject({ suspended: false });
});

test('a rotated secret is worthless at the next question, on another server, too', async () => {
  const elsewhere = createPlatforms(infra);
  await elsewhere.clients.find('hohhot');
  const { clientSecret } = await platforms.rotateSecret('hohhot', {
    actor: { kind: 'system' },
    reason: 'test',
  });
  await elsewhere.clients.find('hohhot');
  expect(await elsewhere.clients.verifySecret('hohhot', client.clientSecret)).toBe(false);
  expect(await elsewhere.clients.verifySecret('hohhot', clientSecret)).toBe(true);
});

test('questions at once share a look, and every one of them sees what was committed before it', async () => {
  const elsewhere = createPlatforms(infra);
  const by = { actor: { kind: 'system' as const }, reason: 'test' };
  const early = [elsewhere.clients.find('hohhot'), elsewhere.clients.find('hohhot')];
  await withTransaction(infra.database, (tx) => platforms.suspend(tx, { code: 'hohhot', by }));
  const late = await Promise.all([elsewhere.clients.find('hohhot'), elsewhere.clients.find('hohhot')]);
  await Promise.all(early);
  expect(late.map((one) => one?.suspended)).toEqual([true, true]);
});

test('secrets are not stored', async () => {
  const { rows } = await infra.database.pool.query('select * from platform');
  expect(JSON.stringify(rows)).not.toContain(client.clientSecret);
});
