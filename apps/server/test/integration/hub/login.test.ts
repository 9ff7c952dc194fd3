import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signed } from '../../support/hub/browser.ts';
import {
  bind,
  boundHolder,
  CODES,
  FIELDS,
  hubWorld,
  joinPlatform,
  logIn,
  type World,
} from '../../support/hub/hub-world.ts';

let world: World;
let holder: Awaited<ReturnType<typeof boundHolder>>;

beforeAll(async () => {
  world = await hubWorld();
  holder = await boundHolder(world);
});
afterAll(() => world.close());

test('HUB-020 … HUB-064 one SM2 key is bound, logs in, authorises a platform and is sent there', async () => {
  await joinPlatform(world, 'hohhot');
  const key = await world.home.issue({ uscc: CODES[0], unitName: '全程测试单位' });
  const browser = world.browser();
  const bound = await bind(browser, key, { uscc: CODES[0] });
  expect(bound.body).toMatchObject({ state: 'DONE', outcome: 'BOUND' });
  expect(bound.status).toBe(201);

  const login = await logIn(browser, key);
  expect(login.status).toBe(201);
  expect(login.body).toMatchObject({
    session: { role: 'PRIMARY', entity: { uscc: CODES[0], unitName: '全程测试单位' } },
  });
  expect((await browser.call('/api/v1/hub/session')).status).toBe(200);

  const targets = await browser.call<{ code: string }[]>('/api/v1/hub/targets');
  expect(targets.body.find(({ code }) => code === 'hohhot')).toMatchObject({
    reachable: true,
    activatedAt: null,
  });
  const authorised = await browser.call<{ id: string; claims: unknown }>('/api/v1/hub/authorisations', {
    body: { platform: 'hohhot' },
  });
  expect(authorised.status).toBe(201);
  // A page that a platform sent its user to shows the same from the login's own answer.
  expect(login.body).toMatchObject({ admission: { claims: authorised.body.claims, entered: [] } });
  const path = `/api/v1/hub/authorisations/${authorised.body.id}/confirm`;
  const confirmed = await browser.call<{ redirectTo: string }>(path, { method: 'POST' });
  expect(confirmed.body.redirectTo).toContain('https://hohhot.example/start');
  const again = await browser.call(path, { method: 'POST' });
  expect(again.body).toMatchObject({ code: 'HUB_AUTHORISATION_EXPIRED' });
});

describe('HUB-012, HUB-015, HUB-053, HUB-054 who is not let in is told why, and nothing changes', () => {
  const refusal = async (key: Awaited<ReturnType<World['home']['issue']>>) => {
    const browser = world.browser();
    const answer = await logIn(browser, key);
    expect((await browser.call('/api/v1/hub/session')).status).toBe(401);
    return answer.body;
  };

  test('not bound', async () => {
    expect(await refusal(await world.home.issue({ uscc: CODES[3], unitName: '未绑定单位' }))).toMatchObject({
      code: 'HUB_NOT_BOUND',
      title: '该CA锁尚未绑定，请返回CA互认系统首页，进行绑定操作！',
    });
  });

  test('revoked, with the cause in the second line', async () => {
    const key = await world.home.issue();
    world.home.revoke(key);
    await world.trust.desk.refresh('nmca');
    expect(await refusal(key)).toMatchObject({
      code: 'CERTIFICATE_REVOKED',
      title: '该证书已被吊销，请联系CA签发机构',
      hint: expect.stringContaining('已吊销'),
    });
  });

  test('on hold', async () => {
    const key = await world.home.issue();
    world.home.revoke(key, 'certificateHold');
    await world.trust.desk.refresh('nmca');
    expect(await refusal(key)).toMatchObject({
      code: 'CERTIFICATE_ON_HOLD',
      title: '该证书已被吊销，请联系CA签发机构',
    });
  });

  test('expired', async () => {
    const now = Date.now();
    const key = await world.home.issue({ validFrom: now - 86_400_000 * 60, validTo: now - 86_400_000 });
    expect(await refusal(key)).toMatchObject({
      code: 'CERTIFICATE_EXPIRED',
      title: '该证书已被吊销，请联系CA签发机构',
    });
  });

  test('not valid yet', async () => {
    const key = await world.home.issue({ validFrom: Date.now() + 86_400_000 });
    expect(await refusal(key)).toMatchObject({ code: 'CERTIFICATE_NOT_YET_VALID' });
  });

  test('of an authority that nobody recognised, forged in the name of one, or of another province', async () => {
    const text = '该CA数字证书不在本区CA互认范围内，请使用自治区内已加入全区CA互认的CA数字证书';
    expect(await refusal(await world.home.issue({ forged: true }))).toMatchObject({ status: 403 });
    expect(await refusal(await world.foreign.issue())).toMatchObject({
      code: 'CERTIFICATE_CA_FOREIGN',
      title: text,
    });
  });

  test('a key for encryption', async () => {
    expect(await refusal(await world.home.issue({ usage: 'encrypt' }))).toMatchObject({ status: 403 });
  });

  test('a legal representative’s key, an individual’s, an operator’s, one whose kind cannot be told', async () => {
    expect(await refusal(await world.home.issue({ kind: '法定代表人' }))).toMatchObject({
      code: 'HUB_LEGAL_REP_KEY',
      title: '法人锁不支持跨平台投标，请使用企业锁进行相关交易活动。',
    });
    expect(await refusal(await world.home.issue({ kind: '个人' }))).toMatchObject({
      code: 'HUB_INDIVIDUAL_CERTIFICATE',
    });
    expect(await refusal(await world.home.issue({ kind: '经办人' }))).toMatchObject({
      code: 'HUB_KIND_UNKNOWN',
    });
    expect(await refusal(await world.home.issue({ kind: '未知' }))).toMatchObject({
      code: 'HUB_KIND_UNKNOWN',
    });
  });
});

describe('a challenge is bound to browser, act and site, and works once', () => {
  test('replayed', async () => {
    const browser = world.browser();
    const proof = await browser.proof('login', holder.key);
    expect((await browser.call('/api/v1/hub/logins', { body: proof })).status).toBe(201);
    const again = await browser.call('/api/v1/hub/logins', { body: proof });
    expect(again.body).toMatchObject({ code: 'HUB_CHALLENGE_UNKNOWN', status: 409 });
  });

  test('carried to another browser', async () => {
    const proof = await world.browser().proof('login', holder.key);
    const other = world.browser();
    await other.proof('login', holder.key);
    const answer = await other.call('/api/v1/hub/logins', { body: proof });
    expect(answer.body).toMatchObject({ code: 'HUB_CHALLENGE_FOREIGN' });
  });

  test.each([
    ['origin', { origin: 'https://phishing.example' }],
    ['audience', { audience: 'https://phishing.example' }],
    ['act', { act: 'test' as const }],
    ['nonce', { nonce: 'A'.repeat(43) }],
    ['summary', { summary: '转账' }],
  ])('signed with another %s', async (_what, change) => {
    const browser = world.browser();
    const proof = await browser.proof('login', holder.key, { change });
    const answer = await browser.call('/api/v1/hub/logins', { body: proof });
    expect(answer.body).toMatchObject({ code: 'HUB_SIGNATURE_INVALID', status: 403 });
  });

  test('signed by another key than the certificate’s', async () => {
    const browser = world.browser();
    const other = await world.home.issue();
    const proof = await browser.proof('login', { ...holder.key, signer: other.signer });
    const answer = await browser.call('/api/v1/hub/logins', { body: proof });
    expect(answer.body).toMatchObject({ code: 'HUB_SIGNATURE_INVALID' });
  });

  test('of a binding, used for a login', async () => {
    const browser = world.browser();
    const proof = await browser.proof('bind', holder.key);
    const answer = await browser.call('/api/v1/hub/logins', { body: proof });
    expect(answer.body).toMatchObject({ code: 'HUB_CHALLENGE_FOREIGN' });
  });

  test('invented', async () => {
    const browser = world.browser();
    await browser.proof('login', holder.key);
    const proof = await signed(
      {
        act: 'login',
        challengeId: 'invented',
        nonce: 'A'.repeat(43),
        audience: world.base,
        origin: world.base,
        issuedAt: new Date().toISOString(),
      },
      holder.key,
    );
    const answer = await browser.call('/api/v1/hub/logins', { body: proof });
    expect(answer.body).toMatchObject({ code: 'HUB_CHALLENGE_UNKNOWN' });
  });

  test('the enterprise can still log in after all these: nobody locks it out', async () => {
    expect((await logIn(world.browser(), holder.key)).status).toBe(201);
  });
});

test('a page of another site cannot log its visitor in or out', async () => {
  const proof = await holder.browser.proof('login', holder.key);
  const headers = { origin: 'https://evil.example' };
  const login = await holder.browser.call('/api/v1/hub/logins', { body: proof, headers });
  expect(login.body).toMatchObject({ status: 403, code: 'REQUEST_FOREIGN_ORIGIN' });
  const logout = await holder.browser.call('/api/v1/hub/session', { method: 'DELETE', headers });
  expect(logout.status).toBe(403);
  expect((await holder.browser.call('/api/v1/hub/session')).status).toBe(200);
});

test('refusals and logins are in the audit log, and no personal data is in the log of the server', async () => {
  const rows = await world.infra.database.db
    .selectFrom('audit_entry')
    .select(['action', 'outcome', 'code'])
    .execute();
  expect(rows).toContainEqual({ action: 'session.login', outcome: 'ok', code: null });
  expect(rows).toContainEqual({ action: 'session.login', outcome: 'refused', code: 'HUB_NOT_BOUND' });
  expect(rows).toContainEqual({ action: 'proof.login', outcome: 'refused', code: 'HUB_SIGNATURE_INVALID' });
  const log = world.infra.logged.join('\n');
  for (const secret of [FIELDS.legalRep, FIELDS.phone, FIELDS.address]) expect(log).not.toContain(secret);
});

test('logging out ends the session at once', async () => {
  const { browser, key } = holder;
  expect((await browser.call('/api/v1/hub/session', { method: 'DELETE' })).status).toBe(204);
  expect((await browser.call('/api/v1/hub/session')).body).toMatchObject({ code: 'HUB_SESSION_REQUIRED' });
  expect((await logIn(browser, key)).status).toBe(201);
});
