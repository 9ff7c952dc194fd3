import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from './support/browser.ts';
import { bind, boundAndLoggedIn, expectDone, logIn, settled } from './support/holder.ts';
import {
  createInstallation,
  type Enterprise,
  expectStatus,
  type Installation,
  WIDE_LIMITS,
} from './support/installation.ts';
import { START_WITHIN_MS } from './support/programs.ts';

/** More of them on request: each takes a start of the server. */
const KILLS = Number(process.env['HUFU_KILLS'] ?? 2);
const AT_ONCE = 4;

let hub: Installation;
beforeAll(async () => {
  hub = await createInstallation({
    authorities: [
      { id: 'hetao', algorithm: 'p256', vendor: 'c' },
      { id: 'slow', algorithm: 'p256', vendor: 'c', policy: { sources: 'OCSP_ONLY', ocspCacheSeconds: 0 } },
    ],
    operators: [['admin', 'auditor']],
    env: { ...WIDE_LIMITS, HUFU_ANSWER_AT_ONCE_MS: '1500' },
  });
}, START_WITHIN_MS);
afterAll(() => hub?.close());

type Told = {
  readonly bound: Enterprise[];
  readonly sessions: { readonly browser: Browser; readonly uscc: string }[];
  /** Sent, and cut off before the answer. */
  readonly unknown: Enterprise[];
};

/** Binds and logs in, one enterprise after the other, until the server is gone; notes what was acknowledged. */
async function work(told: Told, supply: () => Promise<Enterprise>): Promise<void> {
  for (;;) {
    const enterprise = await supply();
    const browser = hub.browser();
    told.unknown.push(enterprise);
    try {
      expectDone(await settled(browser, await bind(browser, enterprise)));
      told.unknown.splice(told.unknown.indexOf(enterprise), 1);
      told.bound.push(enterprise);
      expectDone(await settled(browser, await logIn(browser, enterprise)));
      told.sessions.push({ browser, uscc: enterprise.uscc });
    } catch (error) {
      if (isCut(error)) return;
      throw error;
    }
  }
}

const CUT = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE']);
const isCut = (error: unknown) =>
  CUT.has((error as { code?: string }).code ?? '') || String(error).includes('socket hang up');

/** Certified beforehand: the kill must meet the hub, not the authority. */
async function keysInStock(count: number): Promise<() => Promise<Enterprise>> {
  const stock: Enterprise[] = [];
  for (let i = 0; i < count; i++) stock.push(await hub.enterprise());
  return async () => stock.pop() ?? hub.enterprise();
}

describe('kill -9 of a hub with the embedded database', () => {
  test('HUB-028 HUB-050 what was acknowledged is there; what was cut off can be repeated; nothing is doubled', async () => {
    const all: Told = { bound: [], sessions: [], unknown: [] };
    for (let kill = 0; kill < KILLS; kill++) {
      const told: Told = { bound: [], sessions: [], unknown: [] };
      const supply = await keysInStock(8);
      const workers = Promise.all(Array.from({ length: AT_ONCE }, () => work(told, supply)));
      const enough = 2 + randomInt(7);
      while (told.bound.length + told.sessions.length < enough) await wait(2);
      // Anywhere in the work that follows.
      await wait(randomInt(40));
      await hub.server().kill();
      await workers;
      await hub.start();

      for (const { browser, uscc } of told.sessions) {
        const session = await browser.call<{ entity: { uscc: string } }>('/api/v1/hub/session');
        expect(session.status, 'an acknowledged session').toBe(200);
        expect(session.body.entity.uscc).toBe(uscc);
      }
      for (const enterprise of told.bound) {
        expectStatus((await logIn(hub.browser(), enterprise)) as never, 201);
      }
      for (const enterprise of told.unknown) {
        const again = await bind(hub.browser(), enterprise);
        expect([200, 201], again.text).toContain(again.status);
        expect(again.body.outcome).toBe(again.status === 201 ? 'BOUND' : 'ALREADY_BOUND');
        expectStatus((await logIn(hub.browser(), enterprise)) as never, 201);
      }
      all.bound.push(...told.bound, ...told.unknown);
      all.sessions.push(...told.sessions);
    }

    const { browser } = await hub.operator(0);
    const seen = new Map<string, number>();
    for (let page = 1, more = true; more; page++) {
      const { body } = await browser.call<{ items: { uscc: string; certificates: number }[]; total: number }>(
        `/api/v1/desk/bindings?page=${page}&pageSize=100`,
      );
      for (const { uscc, certificates } of body.items) {
        seen.set(uscc, (seen.get(uscc) ?? 0) + 1);
        expect(certificates, 'certificates of one enterprise').toBe(1);
      }
      more = page * 100 < body.total;
    }
    expect([...seen.values()].every((times) => times === 1)).toBe(true);
    expect(new Set(seen.keys())).toEqual(new Set(all.bound.map(({ uscc }) => uscc)));

    const audit = await browser.call<{ total: number }>(
      '/api/v1/desk/audit?action=binding.create&pageSize=20',
    );
    expect(audit.body.total, 'one audit record for each binding').toBe(all.bound.length);
    console.info(
      `${KILLS} kills, ${all.bound.length} bindings, ${all.sessions.length} acknowledged sessions`,
    );
  }, 180_000);

  test('OD-05 a challenge answered just before the kill is not answered twice after it', async () => {
    const holder = await boundAndLoggedIn(hub);
    const browser = hub.browser();
    const proof = await browser.proof('login', holder.key);
    expectStatus(await browser.call('/api/v1/hub/logins', { body: proof }), 201);
    await hub.server().kill();
    await hub.start();
    const replayed = await browser.call('/api/v1/hub/logins', { body: proof });
    expect(replayed.status).toBe(409);
    expect(replayed.body).toMatchObject({ code: 'HUB_CHALLENGE_UNKNOWN' });
    // The one that was issued before the kill and not yet answered still serves.
    const open = await browser.proof('login', holder.key);
    await hub.server().kill();
    await hub.start();
    expectStatus(await browser.call('/api/v1/hub/logins', { body: open }), 201);
  }, 120_000);

  test('HUB-056 a binding that waited for its authority when the hub was killed is repeated at once', async () => {
    const enterprise = await hub.enterprise('slow');
    const authority = hub.authorities['slow']!;
    const browser = hub.browser();
    await authority.faults({ delayMs: 3_000 });
    const begun = await bind(browser, enterprise);
    expect([begun.status, begun.body.state]).toEqual([202, 'CHECKING']);
    await hub.server().kill();
    await authority.faults({});
    await hub.start();
    const repeated = await settled(browser, await bind(browser, enterprise));
    expect(repeated.body.outcome).toBe('BOUND');
    // The page that waited is told how its own attempt stands, and nothing is bound twice.
    const old = await browser.call(`/api/v1/hub/attempts/${begun.body.attemptId}?wait=0`);
    expectStatus(old, 200);
    const entered = await settled(browser, await logIn(browser, enterprise));
    expect(entered.body.session?.entity.uscc).toBe(enterprise.uscc);
    const operator = await hub.operator(0);
    const found = await operator.browser.call<{ items: { certificates: number }[] }>(
      `/api/v1/desk/bindings?q=${enterprise.uscc}`,
    );
    expect(found.body.items.map(({ certificates }) => certificates)).toEqual([1]);
  }, 120_000);

  test('a second server on the same directory is refused; the first one goes on', async () => {
    await expect(hub.startAnother()).rejects.toThrow(/did not start/);
    expectStatus(await hub.browser().call('/readyz'), 200);
  }, 120_000);
});
