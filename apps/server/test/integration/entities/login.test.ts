import type { LibraryLogin, LibrarySession, Problem } from '@hufu/contracts';
import { fixedClock, systemClock } from '@hufu/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../../support/hub/browser.ts';
import { boundHolder, hubWorld, logIn as logInToHub, type World } from '../../support/hub/hub-world.ts';
import {
  anyCode,
  audited,
  keysOf,
  LIBRARY,
  logInToLibrary,
  readKey,
  registered,
  sendActivation,
  sessionOf,
  USER,
  withSecondKey,
} from '../../support/library/entities.ts';

let world: World;
let now = Date.now();
beforeAll(async () => {
  world = await hubWorld({ clock: { now: () => now } });
}, 120_000);
afterAll(() => world.close());

describe('LIB-LOGIN login by key', () => {
  test('LIB-LOGIN-05 MSG-15 an unregistered entity: 证书未注册', async () => {
    const answer = await logInToLibrary(world.browser(), await world.home.issue({ uscc: anyCode() }));
    expect(answer).toMatchObject({
      status: 403,
      body: { code: 'LIBRARY_NOT_REGISTERED', title: '证书未注册' },
    });
    const refused = (await audited(world, 'library.login')).at(-1);
    expect(refused).toMatchObject({ outcome: 'refused', actor_kind: 'anonymous' });
  });

  test('LIB-LOGIN-02 C-23 MSG-27 a simple-registered entity logs in and is told what is missing; its modules are not open', async () => {
    const { key } = await registered(world, { uscc: anyCode() });
    const browser = world.browser();
    const answer = await logInToLibrary(browser, key);
    expect(answer).toMatchObject({
      status: 201,
      body: {
        outcome: 'LOGGED_IN',
        session: {
          standing: 'PRIMARY',
          entity: { state: 'REGISTERED_SIMPLE' },
          completion: { base: false, letter: false, letterNeeded: true },
          identity: 'BIDDER',
          identityNeeded: false,
        },
      },
    });
    const code = await browser.call<Problem>(`${LIBRARY}/sync-code`, { method: 'POST', body: {} });
    expect(code).toMatchObject({
      status: 403,
      body: { code: 'LIBRARY_INCOMPLETE', title: '请先完善企业基本信息并签署承诺书' },
    });
  });

  test('revoked and expired keys are refused with the hub’s words', async () => {
    const member = await registered(world, { uscc: anyCode() });
    world.home.revoke(member.key);
    for (const authority of await world.trust.desk.list()) await world.trust.desk.refresh(authority.id);
    const answer = await logInToLibrary(world.browser(), member.key);
    expect(answer).toMatchObject({
      status: 403,
      body: { code: 'CERTIFICATE_REVOKED', title: '该证书已被吊销，请联系CA签发机构' },
    });
  });

  test('LIB-LOGIN-08 OD-13 several identities: one is chosen, and can be switched without a new login', async () => {
    const { browser } = await registered(world, { uscc: anyCode() }, { roles: ['BIDDER', 'AGENCY'] });
    expect((await sessionOf(browser)).body).toMatchObject({ identity: null, identityNeeded: true });
    for (const identity of ['AGENCY', 'BIDDER']) {
      const chosen = await browser.call<LibrarySession>(`${LIBRARY}/session/identity`, {
        method: 'PUT',
        body: { identity },
      });
      expect(chosen).toMatchObject({ status: 200, body: { identity, identityNeeded: false } });
    }
    const foreign = await browser.call<Problem>(`${LIBRARY}/session/identity`, {
      method: 'PUT',
      body: { identity: 'TENDEREE' },
    });
    expect(foreign).toMatchObject({ status: 422, body: { code: 'LIBRARY_CHOICE' } });
  });
});

describe('LIB-ACT activation of a further or renewed certificate', () => {
  test('LIB-ACT-04 KEY-015 MSG-12, no session but the form; then one more row, not the primary', async () => {
    const uscc = anyCode();
    const first = await registered(world, { uscc });
    const browser = world.browser();
    const spare = await world.home.issue({ uscc });
    const login = await logInToLibrary(browser, spare);
    expect(login).toMatchObject({
      status: 201,
      body: { outcome: 'ACTIVATE', session: null, admission: { message: '当前使用的CA锁未激活，请先激活' } },
    });
    expect((await sessionOf(browser)).status).toBe(401);
    const { id } = login.body.admission!;
    const wrong = await sendActivation(browser, id, { holderPhone: '110' });
    expect(wrong.status).toBe(422);
    const activated = await sendActivation(browser, id);
    expect(activated).toMatchObject({ status: 201, body: { standing: 'SECONDARY' } });
    expect((await sendActivation(browser, id)).body.code).toBe('LIBRARY_ADMISSION');
    expect(await keysOf(first)).toMatchObject([
      { isPrimary: true, own: true, may: ['change'] },
      { isPrimary: false, own: false, may: ['change', 'void', 'make-primary'], holderName: USER.holderName },
    ]);
    expect((await logInToLibrary(world.browser(), spare)).body.outcome).toBe('LOGGED_IN');
  });

  test('LIB-ACT-06 OD-14 a code with another name is refused', async () => {
    const uscc = anyCode();
    await registered(world, { uscc });
    const other = await world.home.issue({ uscc, unitName: '内蒙古冒名有限公司' });
    expect((await logInToLibrary(world.browser(), other)).body.code).toBe('LIBRARY_NAME_MISMATCH');
  });

  test('LIB-ACT-01 KEY-011 KEY-012 a renewed certificate asks for activation; read again into its row it does not', async () => {
    const uscc = anyCode();
    const member = await registered(world, { uscc, keyNo: 'K-1' });
    const renewed = await world.home.issue({ uscc, keyNo: 'K-1' });
    expect((await logInToLibrary(world.browser(), renewed)).body.outcome).toBe('ACTIVATE');
    const reading = await readKey(member, renewed);
    const [row] = await keysOf(member);
    const changed = await member.browser.call(`${LIBRARY}/keys/${row!.id}`, {
      method: 'PUT',
      body: { ...USER, version: row!.version, isPrimary: true, admissionId: reading.body.id },
    });
    expect(changed).toMatchObject({ status: 200, body: { serialNo: renewed.serial, isPrimary: true } });
    expect((await sessionOf(member.browser)).status).toBe(200);
    expect((await logInToLibrary(world.browser(), renewed)).body.outcome).toBe('LOGGED_IN');
    expect((await logInToLibrary(world.browser(), member.key)).body.code).toBe('LIBRARY_KEY_REPLACED');
  });

  test('an admission runs out', async () => {
    const uscc = anyCode();
    await registered(world, { uscc });
    const browser = world.browser();
    const { body } = await logInToLibrary(browser, await world.home.issue({ uscc }));
    now += 31 * 60_000;
    expect((await sendActivation(browser, body.admission!.id)).body.code).toBe('LIBRARY_ADMISSION');
  });
});

describe('sessions', () => {
  test('logging out ends it; idleness and the longest life end it', async () => {
    const { browser, key } = await registered(world, { uscc: anyCode() });
    expect((await browser.call(`${LIBRARY}/session`, { method: 'DELETE', body: {} })).status).toBe(204);
    expect((await sessionOf(browser)).status).toBe(401);
    await logInToLibrary(browser, key);
    now += 61 * 60_000;
    expect((await sessionOf(browser)).status).toBe(401);
    await logInToLibrary(browser, key);
    const longest = now + 28_800_000;
    while (now + 50 * 60_000 < longest) {
      now += 50 * 60_000;
      expect((await sessionOf(browser)).status).toBe(200);
    }
    now = longest + 1;
    expect((await sessionOf(browser)).status).toBe(401);
  });

  type Listed = { readonly id: string; readonly current: boolean; readonly standing: string }[];
  const list = async (browser: Browser) => (await browser.call<Listed>(`${LIBRARY}/sessions`)).body;
  const end = (browser: Browser, id: string) =>
    browser.call<Problem>(`${LIBRARY}/sessions/${id}`, { method: 'DELETE', body: {} });

  test('the primary sees and ends every session of the entity; a secondary its own; a stranger none', async () => {
    const uscc = anyCode();
    const primary = await registered(world, { uscc });
    const second = await withSecondKey(world, { uscc });
    const stranger = await registered(world, { uscc: anyCode() });
    expect((await list(primary.browser)).map(({ standing }) => standing).toSorted()).toEqual([
      'PRIMARY',
      'SECONDARY',
    ]);
    const [own] = await list(second.browser);
    expect(await list(second.browser)).toMatchObject([{ current: true, standing: 'SECONDARY' }]);
    const others = (await list(primary.browser)).find(({ current }) => current)!;
    expect((await end(second.browser, others.id)).body.code).toBe('LIBRARY_UNKNOWN');
    expect(await end(stranger.browser, own!.id)).toMatchObject({
      status: 404,
      body: { code: 'LIBRARY_UNKNOWN' },
    });
    expect((await sessionOf(second.browser)).status).toBe(200);
    expect((await end(primary.browser, own!.id)).status).toBe(204);
    expect((await sessionOf(second.browser)).status).toBe(401);
    const refused = (await audited(world, 'libraryEndSession')).map(({ code }) => code);
    expect(refused).toEqual(['LIBRARY_UNKNOWN', 'LIBRARY_UNKNOWN']);
  });
});

describe('LIB-LOGIN-07 entry from the hub', () => {
  const enter = async (browser: Browser) => {
    const authorised = await browser.call<{ id: string }>('/api/v1/hub/authorisations', {
      body: { platform: 'entity-library' },
    });
    expect(authorised.status).toBe(201);
    const confirmed = await browser.call<{ redirectTo: string }>(
      `/api/v1/hub/authorisations/${authorised.body.id}/confirm`,
      { method: 'POST', body: {} },
    );
    expect(confirmed.status).toBe(200);
    return confirmed.body.redirectTo;
  };

  test('OD-10 the account comes into being with name, code and roles of the hub; no second PIN', async () => {
    const uscc = anyCode();
    const { browser } = await boundHolder(world, { holder: { uscc } });
    const target = await browser.call<{ code: string; reachable: boolean }[]>('/api/v1/hub/targets');
    expect(target.body.find(({ code }) => code === 'entity-library')?.reachable).toBe(true);
    const redirectTo = await enter(browser);
    const entered = await browser.call(redirectTo);
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/library/base']);
    expect((await sessionOf(browser)).body).toMatchObject({
      method: 'HUB',
      standing: 'PRIMARY',
      entity: { state: 'REGISTERED_SIMPLE', uscc, roles: ['BIDDER'] },
    });
    const again = await browser.call(redirectTo);
    expect(again.headers.get('location')).toBe('/library?problem=LIBRARY_HUB_ENTRY');
    const targets = await browser.call<{ code: string; activatedAt: string | null }[]>('/api/v1/hub/targets');
    expect(targets.body.find(({ code }) => code === 'entity-library')?.activatedAt).not.toBeNull();
  });

  test('a link of another session, an old one and one without a hub session open nothing', async () => {
    const other = await boundHolder(world, { holder: { uscc: anyCode() } });
    const bound = await boundHolder(world, { holder: { uscc: anyCode() } });
    const redirectTo = await enter(bound.browser);
    const refused = '/library?problem=LIBRARY_HUB_ENTRY';
    expect((await world.browser().call(redirectTo)).headers.get('location')).toBe(refused);
    expect((await other.browser.call(redirectTo)).headers.get('location')).toBe(refused);
    now += 61_000;
    expect((await bound.browser.call(redirectTo)).headers.get('location')).toBe(refused);
  });
});

test('LIB-LOGIN-07 a hub key that is not on record here is led to its activation; the second key comes second', async () => {
  const uscc = anyCode();
  const holder = await boundHolder(world, { holder: { uscc } });
  const spare = await world.home.issue({ uscc });
  await holder.browser.call('/api/v1/hub/enterprise/certificates', {
    body: await holder.browser.proof('activate', spare),
  });
  const secondary = world.browser();
  await logInToHub(secondary, spare);
  const enter = async (browser: Browser) => {
    const { body } = await browser.call<{ id: string }>('/api/v1/hub/authorisations', {
      body: { platform: 'entity-library' },
    });
    const confirmed = await browser.call<{ redirectTo: string }>(
      `/api/v1/hub/authorisations/${body.id}/confirm`,
      { method: 'POST', body: {} },
    );
    return (await browser.call(confirmed.body.redirectTo)).headers.get('location')!;
  };
  expect(await enter(secondary)).toBe('/library?problem=LIBRARY_PRIMARY_FIRST');
  expect(await enter(holder.browser)).toBe('/library/base');
  const address = new URL(await enter(secondary), world.base);
  const activated = await sendActivation(secondary, address.searchParams.get('admission')!);
  expect(activated).toMatchObject({ status: 201, body: { standing: 'SECONDARY' } });
});

test('OD-11 where the hub comes first, neither login nor registration opens the door: MSG-25', async () => {
  const strict = await hubWorld({ libEntry: 'HUB_FIRST', clock: fixedClock(systemClock.now()) });
  try {
    const key = await strict.home.issue();
    const login = await logInToLibrary(strict.browser(), key);
    expect(login).toMatchObject({
      status: 403,
      body: { code: 'LIBRARY_NOT_ACTIVATED', title: '该主体尚未激活，请通过CA互认系统授权登录' },
    });
    const browser = strict.browser();
    const body = await browser.proof('library-register', key);
    const reading = await browser.call<LibraryLogin & Problem>(`${LIBRARY}/registration-readings`, { body });
    expect(reading.body.code).toBe('LIBRARY_NOT_ACTIVATED');
  } finally {
    await strict.close();
  }
});
