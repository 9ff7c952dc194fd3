import type { Attempt } from '@hufu/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  bind,
  boundHolder,
  CODES,
  FIELDS,
  hubWorld,
  logIn,
  type World,
} from '../../support/hub/hub-world.ts';

/** HUB-056: a slow authority is waited for, visibly; what was promised survives reloads and crashes. */
let world: World;
beforeAll(async () => {
  world = await hubWorld({ settings: { HUFU_ANSWER_AT_ONCE_MS: '1000' } });
});
afterAll(() => world.close());

/** The authority takes its time while `work` runs; what has begun keeps waiting for it. */
async function slowly<T>(work: () => Promise<T>, ms = 2_000): Promise<T> {
  world.authorities.delayMs = ms;
  try {
    return await work();
  } finally {
    world.authorities.delayMs = 0;
  }
}

async function settled(browser: ReturnType<World['browser']>, id: string): Promise<Attempt> {
  for (let i = 0; i < 20; i += 1) {
    const { body } = await browser.call<Attempt>(`/api/v1/hub/attempts/${id}?wait=3`);
    if (body.state !== 'CHECKING') return body;
  }
  throw new Error('the attempt never ended');
}

test('HUB-056 a slow binding and login are told as under way, and end well', async () => {
  const key = await world.home.issue();
  const browser = world.browser();
  const begun = await slowly(() => bind(browser, key));
  expect(begun).toMatchObject({
    status: 202,
    body: { state: 'CHECKING', act: 'bind', authorityName: 'nmca数字证书认证公司', budgetMs: 8000 },
  });
  const { attemptId } = begun.body as { attemptId: string };
  expect(await settled(browser, attemptId)).toMatchObject({ state: 'DONE', outcome: 'BOUND' });

  const login = await slowly(() => logIn(browser, key));
  expect(login.status).toBe(202);
  const id = (login.body as { attemptId: string }).attemptId;
  const stranger = world.browser();
  await stranger.call('/api/v1/hub/challenges', { body: { act: 'login' } });
  expect((await stranger.call(`/api/v1/hub/attempts/${id}`)).body).toMatchObject({
    code: 'HUB_CHALLENGE_UNKNOWN',
  });
  expect((await settled(browser, id)).session).toMatchObject({ role: 'PRIMARY' });
  expect((await browser.call('/api/v1/hub/session')).status).toBe(200);
  // after a reload of the page the same attempt still answers, with the same session
  expect((await settled(browser, id)).session).toMatchObject({ role: 'PRIMARY' });
  const live = await world.identity.sessions.list(world.infra.database.db, { limit: 10, offset: 0 });
  expect(live.total).toBe(1);
});

test('HUB-056 a lost answer is made good, but a slow login does not outlive its logout', async () => {
  const { browser, key } = await boundHolder(world, { holder: { uscc: CODES[1], unitName: '退出的单位' } });
  const begun = await slowly(() => logIn(browser, key));
  const path = `/api/v1/hub/attempts/${(begun.body as { attemptId: string }).attemptId}`;
  await settled(browser, path.split('/').at(-1)!);
  browser.cookies.delete('hufu_session');
  expect((await browser.call(path)).status).toBe(200);
  expect((await browser.call('/api/v1/hub/session')).status).toBe(200);
  expect((await browser.call('/api/v1/hub/session', { method: 'DELETE' })).status).toBe(204);
  expect((await browser.call(path)).body).toMatchObject({ code: 'HUB_SESSION_REQUIRED' });
  expect((await browser.call('/api/v1/hub/session')).status).toBe(401);
});

test('HUB-056 a refusal that came late is told to whoever asks, and nothing changed', async () => {
  const key = await world.home.issue({ uscc: CODES[0], unitName: '迟到的拒绝' });
  world.home.revoke(key);
  await world.trust.desk.refresh('nmca');
  const browser = world.browser();
  const begun = await slowly(() => bind(browser, key, { uscc: CODES[0] }));
  expect(begun.status).toBe(202);
  const ended = await settled(browser, (begun.body as { attemptId: string }).attemptId);
  expect(ended).toMatchObject({
    state: 'FAILED',
    problem: { code: 'CERTIFICATE_REVOKED', title: '该证书已被吊销，请联系CA签发机构' },
  });
  expect(JSON.stringify(ended.problem)).toContain('nmca');
  const { rows } = await world.infra.database.pool.query('select 1 from enterprise where uscc = $1', [
    CODES[0],
  ]);
  expect(rows).toEqual([]);
});

test('an orphaned attempt: the input is sealed, and another runner finishes it', async () => {
  const key = await world.home.issue({ uscc: CODES[2], unitName: '孤儿申请单位' });
  const browser = world.browser();
  const begun = await slowly(() => bind(browser, key, { uscc: CODES[2] }));
  const { attemptId } = begun.body as { attemptId: string };
  const { pool } = world.infra.database;
  const stored = await pool.query('select input_sealed from attempt where id = $1', [attemptId]);
  expect(JSON.stringify(stored.rows)).not.toContain(FIELDS.legalRep);
  await pool.query(`update attempt set lease_until = now() - interval '1 hour' where id = $1`, [attemptId]);
  expect(await settled(browser, attemptId)).toMatchObject({ state: 'DONE' });
  const { rows } = await pool.query('select count(*)::int as n from enterprise where uscc = $1', [CODES[2]]);
  expect(rows).toEqual([{ n: 1 }]);
});

test('a source that tries too often is told to wait, and others are not', async () => {
  const limited = await hubWorld({
    settings: { HUFU_RATE_LIMITS: '{"hub-proof":{"requests":3,"seconds":3600}}' },
  });
  try {
    const { key } = await boundHolder(limited);
    const browser = limited.browser();
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await logIn(browser, key)).status);
    expect(statuses).toContain(429);
    const refused = await logIn(browser, key);
    expect(refused.body).toMatchObject({ code: 'RATE_LIMITED' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await browser.call('/api/v1/platforms')).status).toBe(200);
  } finally {
    await limited.close();
  }
});
