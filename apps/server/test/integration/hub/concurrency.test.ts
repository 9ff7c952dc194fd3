import { afterAll, beforeAll, expect, test } from 'vitest';
import { onPostgresql } from '../../support/database.ts';
import { bind, boundHolder, CODES, hubWorld, joinPlatform, type World } from '../../support/hub/hub-world.ts';

const DAY = 86_400_000;

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

/** What the desk does in the middle of somebody's login: takes the enterprise, ends the certificate, then commits. */
async function unboundMeanwhile(unitName: string, act: () => Promise<unknown>): Promise<void> {
  const client = await world.infra.database.pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query('select id from enterprise where unit_name = $1 for update', [
      unitName,
    ]);
    await client.query(
      `update enterprise_certificate set state = 'UNBOUND', unbound_at = now() where enterprise_id = $1`,
      [rows[0].id],
    );
    const acting = act();
    await waits();
    await client.query('commit');
    await acting;
  } finally {
    client.release();
  }
}

/** Until somebody in this database waits for a lock. */
async function waits(): Promise<void> {
  const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  for (let i = 0; i < 600; i += 1) {
    if ((await world.infra.database.pool.query(waiting)).rowCount) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('nobody waits');
}

const stands = async (unitName: string) => {
  const { rows } = await world.infra.database.pool.query(
    `select count(*)::int as n from enterprise_certificate c join enterprise e on e.id = c.enterprise_id
      where e.unit_name = $1 and c.state = 'BOUND'`,
    [unitName],
  );
  return rows[0].n;
};

test.skipIf(!onPostgresql)(
  'SM-HUB-CERT a login does not slip past the unbinding that ends its certificate',
  async () => {
    const unitName = '登录中被解绑单位';
    const { browser, key } = await boundHolder(world, { holder: { uscc: CODES[2], unitName } });
    const proof = await browser.proof('login', key);
    await unboundMeanwhile(unitName, async () => {
      const answer = await browser.call('/api/v1/hub/logins', { body: proof });
      expect(answer.body).toMatchObject({ code: 'HUB_NOT_BOUND' });
    });
  },
);

test.skipIf(!onPostgresql)(
  'OD-40 a renewal does not bring back what was unbound while it waited',
  async () => {
    const unitName = '更新中被解绑单位';
    const holder = { uscc: CODES[3], unitName, keyNo: 'KEY-RENEWED' };
    const { browser } = await boundHolder(world, { holder: { ...holder, validFrom: Date.now() - 2 * DAY } });
    const renewed = await world.home.issue({ ...holder, validFrom: Date.now() - DAY });
    const proof = await browser.proof('login', renewed);
    await unboundMeanwhile(unitName, async () => {
      const answer = await browser.call('/api/v1/hub/logins', { body: proof });
      expect(answer.body).toMatchObject({ code: 'HUB_NOT_BOUND' });
    });
    expect(await stands(unitName)).toBe(0);
  },
);
