import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bound, bind, boundAndLoggedIn, logIn } from './support/holder.ts';
import { createInstallation, expectStatus, type Installation, WIDE_LIMITS } from './support/installation.ts';
import { createPostgres, type Postgres } from './support/postgres.ts';
import { START_WITHIN_MS } from './support/programs.ts';

let postgres: Postgres;
let hub: Installation;
let holder: Bound;

beforeAll(async () => {
  postgres = await createPostgres();
  hub = await createInstallation({
    authorities: [{ id: 'hetao', algorithm: 'p256', vendor: 'c' }],
    env: { ...WIDE_LIMITS, DATABASE_URL: postgres.url },
  });
  holder = await boundAndLoggedIn(hub);
}, START_WITHIN_MS);
afterAll(async () => {
  await hub?.close();
  await postgres?.remove();
});

/** What the hub's log says of requests that it could not serve. */
const failures = ({ server }: Installation) =>
  server()
    .output()
    .split('\n')
    .filter((line) => line.includes('request failed') && line.includes('INTERNAL'))
    .join('\n');

describe('the database is down', () => {
  test('UNAVAILABLE says so, nothing is lost, and the hub goes on by itself when it is back', async () => {
    const second = await hub.enterprise();
    const browser = hub.browser();
    const proof = await browser.proof('login', holder.key);
    await postgres.crash();

    const asked = await holder.browser.call('/api/v1/hub/session');
    const begun = await browser.call('/api/v1/hub/challenges', { body: { act: 'bind' } });
    const answered = await browser.call('/api/v1/hub/logins', { body: proof });
    for (const answer of [asked, begun, answered]) {
      expect(answer.status, answer.text).toBe(503);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.body).toMatchObject({
        code: 'UNAVAILABLE',
        title: '系统暂时不可用，您的信息没有改动，请稍后再试',
        retry: 'later',
      });
      // Neither where the database is, nor what was asked of it.
      expect(answer.text).not.toMatch(/postgres|127\.0\.0\.1|select|ECONN/i);
    }
    expectStatus(await browser.call('/healthz'), 200);
    const ready = await browser.call('/readyz');
    expect(ready.status).toBe(503);
    expect(ready.body).toMatchObject({ checks: { database: 'failing' } });
    // The pages still come: they tell a person what is wrong.
    expectStatus(await browser.open('/'), 200);
    expect(hub.server().alive()).toBe(true);

    await postgres.start();
    await expect.poll(async () => (await browser.call('/readyz')).status).toBe(200);
    expectStatus(await holder.browser.call('/api/v1/hub/session'), 200);
    expectStatus((await bind(hub.browser(), second)) as never, 201);
    expectStatus((await logIn(hub.browser(), second)) as never, 201);
    // The challenge was not spent by an attempt that could not be noted.
    expectStatus(await browser.call('/api/v1/hub/logins', { body: proof }), 201);
  });

  test('HUB-028 a database that crashes again and again under load: what was acknowledged stays', async () => {
    const acknowledged = [];
    for (let round = 0; round < 2; round++) {
      const enterprises = await Promise.all(Array.from({ length: 6 }, () => hub.enterprise()));
      const work = Promise.all(
        enterprises.map(async (enterprise) => {
          const browser = hub.browser();
          const answer = await bind(browser, enterprise).catch(() => undefined);
          return { enterprise, status: answer?.status };
        }),
      );
      await new Promise((resolve) => setTimeout(resolve, 40 + round * 60));
      await postgres.crash();
      const results = await work;
      expect(hub.server().alive(), hub.server().output().slice(-3_000)).toBe(true);
      await postgres.start();
      await expect.poll(async () => (await hub.browser().call('/readyz')).status).toBe(200);
      for (const { enterprise, status } of results) {
        expect([201, 503, undefined], failures(hub)).toContain(status);
        if (status === 201) acknowledged.push(enterprise);
        else expect([200, 201]).toContain((await bind(hub.browser(), enterprise)).status);
        expectStatus((await logIn(hub.browser(), enterprise)) as never, 201);
      }
    }
    for (const enterprise of acknowledged) {
      expectStatus((await logIn(hub.browser(), enterprise)) as never, 201);
    }
  });
});
