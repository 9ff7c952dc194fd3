import { afterAll, beforeAll, expect, test } from 'vitest';
import { onPostgresql } from '../../support/database.ts';
import { bind, boundHolder, CODES, hubWorld, joinPlatform, type World } from '../../support/hub/hub-world.ts';

/** Two tabs, two desks, two servers: PGlite has one session, so that only PostgreSQL proves these. */
let world: World;
beforeAll(async () => {
  world = await hubWorld();
});
afterAll(() => world.close());

test.skipIf(!onPostgresql)(
  'HUB-032 two keys bind one enterprise at once: one becomes the primary',
  async () => {
    const keys = await Promise.all(
      [1, 2, 3].map(() => world.home.issue({ uscc: CODES[0], unitName: '同时绑定单位' })),
    );
    const answers = await Promise.all(keys.map((key) => bind(world.browser(), key, { uscc: CODES[0] })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const { rows } = await world.infra.database.pool.query(
      `select count(*)::int as n from enterprise_certificate c join enterprise e on e.id = c.enterprise_id where e.uscc = $1`,
      [CODES[0]],
    );
    expect(rows).toEqual([{ n: 1 }]);
  },
);

test.skipIf(!onPostgresql)('one challenge presented twice at once is spent once', async () => {
  const { browser, key } = await boundHolder(world);
  const proof = await browser.proof('login', key);
  const answers = await Promise.all([1, 2, 3].map(() => browser.call('/api/v1/hub/logins', { body: proof })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
});

test.skipIf(!onPostgresql)('HUB-063 two tabs confirm one authorisation: one goes on', async () => {
  await joinPlatform(world, 'hohhot');
  const { browser } = await boundHolder(world, { holder: { uscc: CODES[1], unitName: '两个窗口单位' } });
  const { body } = await browser.call<{ id: string }>('/api/v1/hub/authorisations', {
    body: { platform: 'hohhot' },
  });
  const path = `/api/v1/hub/authorisations/${body.id}/confirm`;
  const answers = await Promise.all([1, 2].map(() => browser.call(path, { method: 'POST' })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
});
