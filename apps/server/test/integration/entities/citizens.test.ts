import type { LibraryEntrance } from '@hufu/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../../support/hub/browser.ts';
import { hubWorld, type World } from '../../support/hub/hub-world.ts';
import {
  type Grant,
  type TestCitizenProvider,
  testCitizenProvider,
} from '../../support/library/citizen-provider.ts';
import {
  agreementsOf,
  ID_NUMBERS,
  LIBRARY,
  logInToLibrary,
  sendActivation,
  sessionOf,
} from '../../support/library/entities.ts';

let citizens: TestCitizenProvider;
let world: World;
beforeAll(async () => {
  citizens = await testCitizenProvider();
  world = await hubWorld({ citizens: (origin) => citizens.provider(origin) });
}, 120_000);
afterAll(async () => {
  await world.close();
  await citizens.close();
});

const SAREN = { name: '萨仁', id_number: ID_NUMBERS[0], identity_verified: true, subject_kind: 'person' };

type Start = { readonly state: string; readonly nonce: string; readonly query: URLSearchParams };

async function start(browser: Browser, agreed = true): Promise<Start> {
  const { status, body } = await browser.call<{ redirectTo: string }>(`${LIBRARY}/citizen-logins`, {
    body: { agreements: agreed ? await agreementsOf(browser) : [] },
  });
  expect(status).toBe(201);
  const query = new URL(body.redirectTo).searchParams;
  return { state: query.get('state')!, nonce: query.get('nonce')!, query };
}

const comeBack = async (browser: Browser, query: Record<string, string>) =>
  (await browser.call(`${LIBRARY}/citizen-logins/callback?${new URLSearchParams(query)}`)).headers.get(
    'location',
  );

/** Leaves, logs in over there, and comes back. */
async function logIn(browser: Browser, claims: object = SAREN, fault: Partial<Grant> = {}) {
  const { state, nonce } = await start(browser);
  const code = citizens.grant({ claims: { ...claims }, nonce, ...fault });
  return comeBack(browser, { code, state });
}

const FAILED = '/library?problem=LIBRARY_CITIZEN_FAILED';

describe('LIB-LOGIN-03 natural persons by 苏服办', () => {
  test('code with PKCE, state and nonce; the first login registers', async () => {
    const browser = world.browser();
    const entrance = await browser.call<LibraryEntrance>(`${LIBRARY}/entrance`);
    expect(entrance.body.citizens).toEqual({ label: '苏服办', labelEn: 'Sufuban' });
    const { state, nonce, query } = await start(browser);
    expect(Object.fromEntries(query)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${world.base}/api/v1/library/citizen-logins/callback`,
    });
    const code = citizens.grant({ claims: SAREN, nonce });
    expect(await comeBack(browser, { code, state })).toBe('/library/base');
    expect(citizens.redeemed.at(-1)!.get('code_verifier')).toMatch(/^.{43,}$/);
    expect((await sessionOf(browser)).body).toMatchObject({
      method: 'CITIZEN',
      standing: 'NATURAL',
      keyId: null,
      entity: { name: '萨仁', state: 'REGISTERED_SIMPLE', uscc: null },
      completion: { letterNeeded: false },
    });
  });

  test('the second login finds the same account; the number is nowhere in clear', async () => {
    const browser = world.browser();
    await logIn(browser);
    const { body } = await sessionOf(browser);
    const { rows } = await world.infra.database.pool.query(
      'select e.*, l.* from entity e join library_entity l using (id) where e.id = $1',
      [body.entity.id],
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(ID_NUMBERS[0]);
    const { rows: log } = await world.infra.database.pool.query('select * from audit_entry');
    expect(JSON.stringify(log)).not.toContain(ID_NUMBERS[0]);
    expect(JSON.stringify(log)).not.toContain('萨仁');
  });

  test('OD-12 a personal certificate of the same person opens the same account', async () => {
    const browser = world.browser();
    await logIn(browser);
    const { id } = (await sessionOf(browser)).body.entity;
    const key = await world.home.issue({ kind: '个人', person: { name: '萨仁', idNo: ID_NUMBERS[0] } });
    const other = world.browser();
    const login = await logInToLibrary(other, key);
    expect(login.body.outcome).toBe('ACTIVATE');
    const as = (holderName: string) => ({ holderName, holderPhone: '13900000001' });
    const stranger = await sendActivation(other, login.body.admission!.id, as('别人'));
    expect(stranger.body.code).toBe('LIBRARY_OTHER_HOLDER');
    const activated = await sendActivation(other, login.body.admission!.id, as('萨仁'));
    expect(activated).toMatchObject({ status: 201, body: { standing: 'NATURAL', entity: { id } } });
  });

  test('without the agreements there is no first login', async () => {
    const browser = world.browser();
    const { state, nonce } = await start(browser, false);
    const code = citizens.grant({ claims: { ...SAREN, id_number: ID_NUMBERS[1] }, nonce });
    expect(await comeBack(browser, { code, state })).toBe('/library?problem=LIBRARY_AGREEMENTS');
    expect((await sessionOf(browser)).status).toBe(401);
  });
});

describe('what the provider’s answer must not be', () => {
  test('LIB-LOGIN-04 an enterprise, an unverified person, a number that fails its check', async () => {
    const browser = world.browser();
    expect(await logIn(browser, { ...SAREN, subject_kind: 'organisation' })).toBe(
      '/library?problem=LIBRARY_CITIZEN_ONLY',
    );
    expect(await logIn(browser, { ...SAREN, identity_verified: false })).toBe(
      '/library?problem=LIBRARY_CITIZEN_UNVERIFIED',
    );
    expect(await logIn(browser, { ...SAREN, id_number: '110105194912310020' })).toBe(FAILED);
    expect((await sessionOf(browser)).status).toBe(401);
  });

  test('a token with another nonce, without one, or signed by another key', async () => {
    const browser = world.browser();
    expect(await logIn(browser, SAREN, { nonce: 'another' })).toBe(FAILED);
    expect(await logIn(browser, SAREN, { nonce: null })).toBe(FAILED);
    expect(await logIn(browser, SAREN, { forged: true })).toBe(FAILED);
  });

  test('an unknown state, another browser’s, one that was used, a refusal', async () => {
    const browser = world.browser();
    const { state, nonce } = await start(browser);
    const code = citizens.grant({ claims: SAREN, nonce });
    expect(await comeBack(browser, { code, state: 'guessed' })).toBe(FAILED);
    const victim = world.browser();
    await start(victim);
    expect(await comeBack(victim, { code, state })).toBe(FAILED);
    expect(await comeBack(browser, { code, state })).toBe('/library/base');
    expect(await comeBack(browser, { code, state })).toBe(FAILED);
    const refused = await start(browser);
    expect(await comeBack(browser, { error: 'access_denied', state: refused.state })).toBe(FAILED);
  });
});
