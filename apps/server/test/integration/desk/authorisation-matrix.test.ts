import {
  type Actor,
  deskRoutes,
  deskSealRoutes,
  EVERYONE,
  evidenceRoutes,
  fileRoutes,
  hubRoutes,
  interactionRoutes,
  libraryEntityRoutes,
  memberEvidenceRoutes,
  publicRoutes,
  type Route,
  sealProofRoutes,
  sealRoutes,
  signingRoutes,
  stewardRoutes,
  unbindRoutes,
  verifyRoutes,
} from '@hufu/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../../support/hub/browser.ts';
import { boundHolder, hubWorld, logIn, operators, type World } from '../../support/hub/hub-world.ts';
import { libraryActors } from '../../support/library/actors.ts';
import { libraryParts } from '../../support/library/steward-world.ts';

/** GEN-004: every declared operation is tried by every kind of caller; the declaration alone says who may. */
const ROUTES: readonly Route[] = [
  ...Object.values(publicRoutes),
  ...Object.values(hubRoutes),
  ...Object.values(unbindRoutes),
  ...Object.values(evidenceRoutes),
  ...Object.values(sealRoutes),
  ...Object.values(sealProofRoutes),
  ...Object.values(signingRoutes),
  ...Object.values(verifyRoutes),
  ...Object.values(deskRoutes),
  ...Object.values(deskSealRoutes),
  ...Object.values(stewardRoutes),
  ...Object.values(interactionRoutes),
  ...Object.values(libraryEntityRoutes),
  ...Object.values(memberEvidenceRoutes),
  ...Object.values(fileRoutes),
];

let world: World;
const browsers = new Map<Actor, () => Promise<Browser>>();

beforeAll(async () => {
  world = await hubWorld({ settings: { HUFU_RATE_LIMITS: LIMITS }, more: (await libraryParts()).more });
  const primary = await boundHolder(world);
  const spare = await world.home.issue();
  await primary.browser.call('/api/v1/hub/enterprise/certificates', {
    body: await primary.browser.proof('activate', spare),
  });
  const desk = await operators(world, [['clerk'], ['reviewer'], ['admin'], ['auditor']]);
  const again = (key: typeof spare) => async () => {
    const browser = world.browser();
    await logIn(browser, key);
    return browser;
  };
  const same = (browser: Browser) => async () => {
    const copy = world.browser();
    for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
    return copy;
  };
  browsers.set('anonymous', async () => world.browser());
  browsers.set('primary', again(primary.key));
  browsers.set('secondary', again(spare));
  browsers.set('desk.clerk', same(desk[0].browser));
  browsers.set('desk.reviewer', same(desk[1].browser));
  browsers.set('desk.admin', same(desk[2].browser));
  browsers.set('desk.auditor', same(desk[3].browser));
  for (const [actor, browser] of await libraryActors(world)) browsers.set(actor, same(browser));
  // A platform calls with a token of its own, never with a session; without one it is like anybody.
  browsers.set('platform', async () => world.browser());
}, 120_000);
afterAll(() => world.close());

const LIMITS = JSON.stringify(
  Object.fromEntries(
    [
      'request',
      'hub-challenge',
      'hub-proof',
      'hub-preview',
      'unbind-submit',
      'unbind-status',
      'desk-login',
      'seal-draw',
      'seal-proof',
      'signing-upload',
      'steward-search',
      'steward-export',
      'steward-import',
      'signing-prepare',
      'verify',
      'library-proof',
      'library-letter',
      'library-upload',
      'library-append',
      'library-preview',
    ].map((name) => [name, { requests: 100_000, seconds: 1 }]),
  ),
);

const addressOf = (route: Route) =>
  route.path.replaceAll(/:[a-z]+/gi, (name) => SAMPLES[name] ?? 'x'.repeat(24));
const SAMPLES: Readonly<Record<string, string>> = {
  ':code': 'nowhere',
  ':field': 'licenceScan',
  ':number': '1',
};
/** They end the session that the rest of the row needs; their permission is proved elsewhere. */
const ENDINGS = new Set(['logout', 'deskLogout', 'libraryLogout']);

type Refusal = { readonly status: number; readonly code: string };

/** What those without the right are told: from outside a realm, and from inside it. */
const REALMS: readonly {
  readonly of: (actor: Actor) => boolean;
  readonly outside: Refusal;
  readonly inside: Refusal;
}[] = [
  {
    of: (actor) => actor.startsWith('desk.'),
    outside: { status: 401, code: 'DESK_SESSION_REQUIRED' },
    inside: { status: 403, code: 'DESK_FORBIDDEN' },
  },
  {
    of: (actor) => actor.startsWith('library.'),
    outside: { status: 401, code: 'LIBRARY_SESSION_REQUIRED' },
    inside: { status: 403, code: 'LIBRARY_PRIMARY_ONLY' },
  },
  {
    of: (actor) => actor === 'primary' || actor === 'secondary',
    outside: { status: 401, code: 'HUB_SESSION_REQUIRED' },
    inside: { status: 403, code: 'HUB_PRIMARY_ONLY' },
  },
];
const DENIED = new Set(REALMS.flatMap(({ outside, inside }) => [outside.code, inside.code]));

function refusalOf(route: Route, actor: Actor): Refusal {
  const realm = REALMS.find(({ of }) => route.actors.every(of))!;
  return realm.of(actor) ? realm.inside : realm.outside;
}

describe.each(EVERYONE)('GEN-004 what %s may do', (actor) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await browsers.get(actor)!();
  });

  const try_ = (route: Route) =>
    browser.call<{ code?: string }>(addressOf(route), {
      method: route.method,
      ...(route.method === 'GET' ? {} : { body: {} }),
    });

  const allowed = ROUTES.filter((route) => route.actors.includes(actor) && !ENDINGS.has(route.id));
  const refused = ROUTES.filter(
    (route) => !route.actors.includes(actor) && !route.path.startsWith('/interaction/'),
  );

  test.each(allowed.map((route) => [route.id, route] as const))('may: %s', async (_id, route) => {
    const { status, body } = await try_(route);
    expect(status).not.toBe(401);
    expect(DENIED).not.toContain(body?.code);
    expect(status).toBeLessThan(500);
  });

  test.skipIf(refused.length === 0).each(refused.map((route) => [route.id, route] as const))(
    'may not: %s',
    async (_id, route) => {
      const { status, body } = await try_(route);
      expect({ status, code: body.code }).toEqual(refusalOf(route, actor));
    },
  );
});

describe('a page of another site', () => {
  const unsafe = ROUTES.filter((route) => route.method !== 'GET');
  test.each(unsafe.map((route) => [route.id, route] as const))('cannot cause %s', async (_id, route) => {
    const browser = await browsers.get('primary')!();
    const answer = await browser.call<{ code?: string }>(addressOf(route), {
      method: route.method,
      body: {},
      headers: { origin: 'https://evil.example' },
    });
    expect({ status: answer.status, code: answer.body.code }).toEqual({
      status: 403,
      code: 'REQUEST_FOREIGN_ORIGIN',
    });
  });
});

test('what a logged-in caller may not do is audited with who they are', async () => {
  const row = await world.infra.database.db
    .selectFrom('audit_entry')
    .select(['actor_kind', 'action', 'code'])
    .where('code', '=', 'DESK_FORBIDDEN')
    .where('action', '=', 'deskAddPlatform')
    .executeTakeFirst();
  expect(row).toEqual({ actor_kind: 'operator', action: 'deskAddPlatform', code: 'DESK_FORBIDDEN' });
});
