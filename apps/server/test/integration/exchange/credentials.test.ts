import type { Approval } from '@hufu/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { type ExchangeWorld, exchangeWorld } from '../../support/exchange/exchange-world.ts';

let world: ExchangeWorld;
beforeAll(async () => {
  world = await exchangeWorld({ modules: [] });
});
afterAll(() => world?.close());

const FEED = '/api/v1/exchange/feed';
const BY = { actor: { kind: 'operator', id: 'o' }, reason: 'test' } as const;

test('a platform gets a token for a use and is answered; without one it is refused', async () => {
  const hohhot = world.platform('hohhot');
  expect((await hohhot.call('library:feed', FEED)).status).toBe(200);
  const anonymous = await fetch(`${world.base}${FEED}`);
  expect(anonymous.status).toBe(401);
  expect(await anonymous.json()).toMatchObject({ code: 'PLATFORM_CREDENTIALS' });
  const forged = await fetch(`${world.base}${FEED}`, {
    headers: { authorization: `Bearer ${'x'.repeat(43)}` },
  });
  expect(forged.status).toBe(401);
});

test('a token is good for the use that it was asked for, and no other', async () => {
  const hohhot = world.platform('hohhot');
  const refused = await hohhot.call('library:pull', FEED);
  expect(refused).toMatchObject({ status: 403, body: { code: 'EXCHANGE_SCOPE' } });
  const wrongSecret = await fetch(`${world.base}/oidc/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from('client-of-hohhot:wrong').toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials&scope=library:feed',
  });
  expect(wrongSecret.status).toBe(401);
});

test('what the desk does not allow a platform, its tokens cannot do', async () => {
  const admin = world.operator('admin');
  const path = '/api/v1/desk/library/exchange/baotou';
  const { body: before } = await admin<{ version: number; scopes: string[] }>(path);
  const form = { ...before, scopes: ['library:pull'], reason: 'no feed' };
  const opened = await admin<Approval>(path, { method: 'PUT', body: form });
  expect(opened).toMatchObject({ status: 202, body: { kind: 'EXCHANGE_CHANGE', subject: 'baotou' } });
  // Not before a second person has agreed.
  expect((await admin(path)).body).toMatchObject({ version: before.version, scopes: before.scopes });
  expect((await world.platform('baotou').call('library:feed', FEED)).status).toBe(200);
  await world.approve(opened.body.id);
  expect((await admin(path)).body).toMatchObject({ scopes: ['library:pull'], version: 2 });
  const refused = await world.platform('baotou').call('library:feed', FEED);
  expect(refused).toMatchObject({ status: 403, body: { code: 'EXCHANGE_SCOPE' } });
  await expect(world.approve(opened.body.id)).rejects.toThrow('EXCHANGE_STALE');
  const same = await admin(path, { method: 'PUT', body: { ...form, version: 2 } });
  expect(same).toMatchObject({ status: 422, body: { code: 'EXCHANGE_UNCHANGED' } });
  const stale = await admin(path, { method: 'PUT', body: form });
  expect(stale).toMatchObject({ status: 409, body: { code: 'EXCHANGE_STALE' } });
  const clerk = await world.operator('clerk')(path, { method: 'PUT', body: form });
  expect(clerk).toMatchObject({ status: 403, body: { code: 'DESK_FORBIDDEN' } });
});

test('HUB-011: a suspended platform is refused at once, with a token that it got before', async () => {
  const ulanqab = world.platform('ulanqab');
  const { body } = await ulanqab.token('library:feed');
  const feed = () =>
    fetch(`${world.base}${FEED}`, { headers: { authorization: `Bearer ${body.access_token}` } });
  expect((await feed()).status).toBe(200);
  const { version } = await withTransaction(world.infra.database, (tx) =>
    world.platforms.suspend(tx, { code: 'ulanqab', by: BY }),
  );
  const refused = await feed();
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ code: 'PLATFORM_CREDENTIALS' });
  expect((await ulanqab.token('library:feed')).status).toBe(401);
  await withTransaction(world.infra.database, (tx) =>
    world.platforms.applyResume(tx, { code: 'ulanqab', version, by: BY }),
  );
  expect((await feed()).status).toBe(200);
});

test('the address of notices is one that may be sent to: https, or this machine', async () => {
  const admin = world.operator('admin');
  const path = '/api/v1/desk/library/exchange/hohhot';
  const { body: before } = await admin(path);
  for (const webhookUrl of [
    'http://10.0.0.7/notices',
    'https://user:secret@x.example/',
    'file:///etc/passwd',
  ]) {
    const refused = await admin(path, { method: 'PUT', body: { ...before, webhookUrl, reason: 'test' } });
    expect(refused, webhookUrl).toMatchObject({ status: 422, body: { code: 'PLATFORM_ADDRESS' } });
  }
});

test('the keys that sign packages and notices are public, and only their public halves', async () => {
  const answer = await fetch(`${world.base}/api/v1/exchange/keys`);
  const { keys } = (await answer.json()) as { keys: Record<string, unknown>[] };
  expect(keys).toHaveLength(1);
  expect(keys[0]).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256' });
  expect(keys[0]).not.toHaveProperty('d');
});
