import { afterAll, beforeAll, expect, test } from 'vitest';
import { boundHolder, FIELDS, hubWorld, logIn, type World } from '../../support/hub/hub-world.ts';

let world: World;
beforeAll(async () => {
  world = await hubWorld();
});
afterAll(() => world.close());

test('HUB-020 … HUB-064 one SM2 key is bound, logs in, authorises a platform and is sent there', async () => {
  await world.platforms.seed([
    {
      code: 'hohhot',
      name: '呼和浩特市公共资源交易平台',
      nameEn: 'Hohhot',
      group: 'WEST',
      supportPhone: '4009980000',
      subsystems: [],
      filingMode: 'LOCAL',
      homeUrl: null,
    },
  ]);
  await world.platforms.registerGivenClients([
    {
      code: 'hohhot',
      clientId: 'hohhot',
      clientSecret: 'a-secret-of-the-demo',
      fields: { initiateLoginUri: 'https://platform.example/start' },
    },
  ]);
  const key = await world.home.issue();
  const browser = world.browser();
  const bound = await browser.call('/api/v1/hub/bindings', {
    body: { proof: await browser.proof('bind', key), fields: FIELDS },
  });
  expect(bound.body).toMatchObject({ state: 'DONE', outcome: 'BOUND' });
  expect(bound.status).toBe(201);

  const login = await logIn(browser, key);
  expect(login.status).toBe(201);
  expect(login.body).toMatchObject({
    session: { role: 'PRIMARY', entity: { uscc: FIELDS.uscc, unitName: '内蒙古测试建设有限公司' } },
  });
  expect((await browser.call('/api/v1/hub/session')).status).toBe(200);

  const targets = await browser.call<{ code: string; reachable: boolean }[]>('/api/v1/hub/targets');
  expect(targets.body).toMatchObject([{ code: 'hohhot', reachable: true, activatedAt: null }]);

  const authorised = await browser.call<{ id: string }>('/api/v1/hub/authorisations', {
    body: { platform: 'hohhot' },
  });
  expect(authorised.status).toBe(201);
  const confirmed = await browser.call<{ redirectTo: string }>(
    `/api/v1/hub/authorisations/${authorised.body.id}/confirm`,
    { method: 'POST' },
  );
  expect(confirmed.body.redirectTo).toContain('https://platform.example/start');
});

test('HUB-053 a certificate that is not bound is told so, verbatim', async () => {
  const key = await world.home.issue({ uscc: '91320100MA1X00025T', unitName: '江苏测试有限公司' });
  const answer = await logIn(world.browser(), key);
  expect(answer.status).toBe(403);
  expect(answer.body).toMatchObject({
    code: 'HUB_NOT_BOUND',
    title: '该CA锁尚未绑定，请返回CA互认系统首页，进行绑定操作！',
  });
});

test('HUB-050 a challenge works once', async () => {
  const { key } = await boundHolder(world, {
    holder: { uscc: '12152500460123458W', unitName: '单次使用测试单位' },
    fields: { uscc: '12152500460123458W' },
  });
  const browser = world.browser();
  const proof = await browser.proof('login', key);
  expect((await browser.call('/api/v1/hub/logins', { body: proof })).status).toBe(201);
  const again = await browser.call('/api/v1/hub/logins', { body: proof });
  expect(again.body).toMatchObject({ code: 'HUB_CHALLENGE_UNKNOWN', status: 409 });
});
