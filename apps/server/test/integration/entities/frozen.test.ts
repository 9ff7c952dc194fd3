import {
  type Actor,
  fileRoutes,
  type LibrarySession,
  libraryEntityRoutes,
  libraryExchangeRoutes,
  type Route,
  recordRoutesOf,
  warningRoutes,
} from '@hufu/contracts';
import { MODULES } from '@hufu/library';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../../support/hub/browser.ts';
import { hubWorld, operators, type World } from '../../support/hub/hub-world.ts';
import { libraryActors } from '../../support/library/actors.ts';
import { LIBRARY } from '../../support/library/entities.ts';
import { wholeLibrary } from '../../support/library/whole-library.ts';

/** Whatever changes something of an entity, for those who belong to it. */
const ofMembers = [libraryEntityRoutes, fileRoutes, warningRoutes, libraryExchangeRoutes].flatMap((table) =>
  Object.values<Route>(table),
);
const ofRecords = MODULES.flatMap((module) =>
  module.types.map((type) => ({ module: module.name, routes: Object.values<Route>(recordRoutesOf(type)) })),
);
const isWriting = ({ method, actors }: Route) => method !== 'GET' && actors[0]?.startsWith('library.');
const WRITING = [...ofMembers, ...ofRecords.flatMap(({ routes }) => routes)].filter(isWriting);
/** They concern the session alone, or what one person has read. */
const OPEN = [
  'libraryLogout',
  'libraryChooseIdentity',
  'libraryEndSession',
  'libraryReadWarnings',
  // Who may no longer act may still forbid that others pass it on.
  'libraryWithdrawConsent',
];

let world: World;
let people: Map<Actor, Browser>;
beforeAll(async () => {
  world = await hubWorld({ more: wholeLibrary });
  people = new Map(await libraryActors(world));
}, 120_000);
afterAll(() => world?.close());

const send = async (actor: Actor, route: Route) => {
  const path = route.path.replaceAll(/:[a-z0-9]+/gi, 'x'.repeat(24));
  const options = { method: route.method, body: {} };
  const { status, body } = await people.get(actor)!.call<{ code?: string }>(path, options);
  return { id: route.id, status, code: body?.code };
};

/** What the library keeps, but for sessions, as digests of its tables. */
async function kept(): Promise<Record<string, unknown>> {
  const { db } = world.infra.database;
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'
      and (table_name like 'library%' or table_name like 'exchange%' or table_name in ('entity', 'seal_task'))
      and table_name not like '%session%'`.execute(db);
  const digests: Record<string, unknown> = {};
  for (const { name } of rows) {
    const { rows: found } = await sql<{ digest: string }>`
      select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as digest from ${sql.table(name)} t`.execute(
      db,
    );
    digests[name] = found[0]?.digest;
  }
  return digests;
}

/** Operations that were refused to an entity's people with this code, as the audit log has them. */
async function audited(code: string): Promise<Set<string>> {
  const { rows } = await sql<{ action: string }>`
    select action from audit_entry where code = ${code} and actor_kind = 'entity'`.execute(
    world.infra.database.db,
  );
  return new Set(rows.map(({ action }) => action));
}

const refusedAll = async (actor: Actor, routes: readonly Route[], code: string) => {
  const before = await kept();
  const told = [];
  for (const route of routes) told.push(await send(actor, route));
  expect(told).toEqual(routes.map(({ id }) => ({ id, status: 403, code })));
  expect(await kept()).toEqual(before);
  const written = await audited(code);
  expect(routes.filter(({ id }) => !written.has(id))).toEqual([]);
};

test('KEY-016 a secondary key changes nothing of its entity', async () => {
  const closed = WRITING.filter(({ actors }) => !actors.includes('library.secondary'));
  expect(closed.length).toBeGreaterThan(100);
  await refusedAll('library.secondary', closed, 'LIBRARY_PRIMARY_ONLY');
}, 120_000);

test('a delegate changes nothing beyond records and files', async () => {
  const closed = WRITING.filter(({ actors }) => !actors.includes('library.delegate'));
  expect(closed.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['libraryAddKey', 'libraryOpenLetter', 'libraryRenewSyncCode', 'libraryConsent']),
  );
  await refusedAll('library.delegate', closed, 'LIBRARY_PRIMARY_ONLY');
}, 120_000);

test('frozen: everybody of the entity looks, nobody changes anything', async () => {
  const [reviewer] = await operators(world, [['reviewer']]);
  const freeze = async (actor: Actor) => {
    const { body } = await people.get(actor)!.call<LibrarySession>(`${LIBRARY}/session`);
    const answer = await reviewer.browser.call(`/api/v1/desk/library/entities/${body.entity.id}/freeze`, {
      body: { reason: '涉嫌冒用他人证书' },
    });
    expect(answer.status).toBe(200);
  };
  await freeze('library.primary');
  await freeze('library.natural');
  for (const actor of ['library.primary', 'library.natural', 'library.delegate'] as const) {
    const closed = WRITING.filter(({ id, actors }) => actors.includes(actor) && !OPEN.includes(id));
    await refusedAll(actor, closed, 'LIBRARY_ENTITY_FROZEN');
    expect((await people.get(actor)!.call(`${LIBRARY}/session`)).status).toBe(200);
  }
}, 240_000);
