import * as contracts from '@hufu/contracts';
import {
  type Actor,
  EVERYONE,
  EXCHANGE_SCOPE_OF,
  exchangeRoutes,
  type Route,
  recordRoutesOf,
} from '@hufu/contracts';
import { RECORD_TYPES } from '@hufu/library';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../../support/hub/browser.ts';
import {
  boundHolder,
  hubWorld,
  joinPlatform,
  logIn,
  operators,
  type World,
} from '../../support/hub/hub-world.ts';
import { libraryActors } from '../../support/library/actors.ts';
import { ID_NUMBERS } from '../../support/library/entities.ts';
import { wholeLibrary } from '../../support/library/whole-library.ts';
import { logInByCode, verified } from '../../support/phone/log-in.ts';
import { wholePhone } from '../../support/phone/whole-phone.ts';

/** GEN-004: every declared operation is tried by every kind of caller; the declaration alone says who may. */
const isRoute = (value: unknown): value is Route =>
  typeof value === 'object' && value !== null && 'path' in value && 'actors' in value;
/** Whatever the contracts export as a table of routes is looked at; nobody has to remember a list. */
const TABLES = Object.entries(contracts).filter(
  ([, table]) =>
    typeof table === 'object' && Object.values(table).length > 0 && Object.values(table).every(isRoute),
);
/** Each type of records has the operations of the template under its own address. */
const ofRecords = RECORD_TYPES.map((type) => Object.values<Route>(recordRoutesOf(type)));
const PLAIN = TABLES.filter(([name]) => name !== 'recordRoutes').flatMap(
  ([, table]) => Object.values(table) as Route[],
);
const DECLARED: readonly Route[] = [...PLAIN, ...ofRecords.flat()];
/** Of the types, those of an organisation and of a person stand for all: their declarations are proved equal. */
const TRIED = new Set(['bank-account', 'natural-person']);
const ROUTES: readonly Route[] = [
  ...PLAIN,
  ...RECORD_TYPES.filter(({ name }) => TRIED.has(name)).flatMap((type) =>
    Object.values<Route>(recordRoutesOf(type)),
  ),
];

let world: World;
const browsers = new Map<Actor, () => Promise<Browser>>();

beforeAll(async () => {
  world = await hubWorld({
    more: async (parts) => {
      const [library, phone] = [await wholeLibrary(parts), await wholePhone(parts)];
      return {
        features: [...library.features, ...phone.features],
        kinds: { ...library.kinds, ...phone.kinds },
      };
    },
  });
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
  const [user, realNamed] = [world.browser(), world.browser()];
  await logInByCode(user, '13900000071');
  const { id } = await logInByCode(realNamed, '13900000072');
  await verified(world, id, { name: '赵小刚', idNo: ID_NUMBERS[2] });
  browsers.set('phone.user', same(user));
  browsers.set('phone.verified', same(realNamed));
  await platformTokens();
  browsers.set('platform', async () => world.browser());
}, 120_000);
afterAll(() => world.close());

/** A platform calls with a token of its own, one for each use. */
const tokens = new Map<string, string>();
async function platformTokens(): Promise<void> {
  await joinPlatform(world, 'hohhot');
  for (const scope of new Set(Object.values(EXCHANGE_SCOPE_OF))) {
    const basic = Buffer.from('hohhot:secret-of-hohhot-0123456789').toString('base64');
    const answer = await fetch(`${world.base}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    expect(answer.status).toBe(200);
    tokens.set(scope, token);
  }
}
const SCOPES = new Map(
  Object.entries(EXCHANGE_SCOPE_OF).map(([name, scope]) => [
    exchangeRoutes[name as keyof typeof exchangeRoutes].id as string,
    scope,
  ]),
);
const headersOf = (actor: Actor, route: Route): Record<string, string> =>
  actor === 'platform'
    ? { authorization: `Bearer ${tokens.get(SCOPES.get(route.id) ?? 'library:feed')}` }
    : {};

const addressOf = (route: Route) =>
  route.path.replaceAll(/:[a-z]+/gi, (name) => SAMPLES[name] ?? 'x'.repeat(24));
const SAMPLES: Readonly<Record<string, string>> = {
  ':code': 'nowhere',
  ':field': 'licenceScan',
  ':number': '1',
};
/** They end the session that the rest of the row needs; their permission is proved elsewhere. */
const ENDINGS = new Set(['logout', 'deskLogout', 'libraryLogout', 'phoneLogout']);

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
  {
    of: (actor) => actor.startsWith('phone.'),
    outside: { status: 401, code: 'PHONE_SESSION_REQUIRED' },
    inside: { status: 403, code: 'PHONE_REAL_NAME_REQUIRED' },
  },
  {
    of: (actor) => actor === 'platform',
    outside: { status: 401, code: 'PLATFORM_CREDENTIALS' },
    inside: { status: 401, code: 'PLATFORM_CREDENTIALS' },
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

  const try_ = async (route: Route) => {
    const { status, body } = await browser.call<{ code?: string }>(addressOf(route), {
      method: route.method,
      headers: headersOf(actor, route),
      ...(route.method === 'GET' ? {} : { body: {} }),
    });
    return { id: route.id, status, code: body?.code };
  };
  const allowed = ROUTES.filter((route) => route.actors.includes(actor) && !ENDINGS.has(route.id));
  const refused = ROUTES.filter(
    (route) => !route.actors.includes(actor) && !route.path.startsWith('/interaction/'),
  );

  test(`may call ${allowed.length} operations`, async () => {
    const wrong = [];
    for (const route of allowed) {
      const told = await try_(route);
      if (told.status === 401 || told.status >= 500 || DENIED.has(told.code ?? '')) wrong.push(told);
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  test.skipIf(refused.length === 0)(
    `may not call ${refused.length} operations`,
    async () => {
      const told = await inTurns(refused, try_);
      expect(told).toEqual(refused.map((route) => ({ id: route.id, ...refusalOf(route, actor) })));
    },
    120_000,
  );
});

async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let at = 0; at < items.length; at += 8)
    done.push(...(await Promise.all(items.slice(at, at + 8).map(work))));
  return done;
}

test('a page of another site cannot cause anything', async () => {
  const unsafe = ROUTES.filter(
    (route) => route.method !== 'GET' && !route.actors.every((one) => one === 'platform'),
  );
  const browser = await browsers.get('primary')!();
  const told = await inTurns(unsafe, async (route) => {
    const { status, body } = await browser.call<{ code?: string }>(addressOf(route), {
      method: route.method,
      body: {},
      headers: { origin: 'https://evil.example' },
    });
    return { id: route.id, status, code: body.code };
  });
  expect(told).toEqual(unsafe.map(({ id }) => ({ id, status: 403, code: 'REQUEST_FOREIGN_ORIGIN' })));
}, 120_000);

test('records of every type are open to the same callers as those that are tried', () => {
  const actors = (routes: readonly Route[]) => routes.map((route) => [route.method, route.actors]);
  for (const routes of ofRecords) expect(actors(routes)).toEqual(actors(ofRecords[0]!));
});

test('GEN-004: what the server answers under /api is declared, and what is declared is answered', async () => {
  const { body } = await world.browser().call<{ paths: Record<string, object> }>('/openapi.json');
  const mounted = Object.entries(body.paths)
    .filter(([path]) => path.startsWith('/api/'))
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
    .filter((one) => !one.startsWith('HEAD '));
  const declared = DECLARED.filter(({ path }) => path.startsWith('/api/')).map(
    ({ method, path }) => `${method} ${path.replaceAll(/:([a-z0-9]+)/gi, '{$1}')}`,
  );
  expect(mounted.toSorted()).toEqual([...new Set(declared)].toSorted());
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
