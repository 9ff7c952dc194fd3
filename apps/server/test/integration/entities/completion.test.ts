import type { CommitmentLetter, DeskSeal, Problem, SyncCode } from '@hufu/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readLetterTemplate } from '../../../src/features/entities/index.ts';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { Browser } from '../../support/hub/browser.ts';
import { type BoundHolder, DATA, hubWorld, operators, type World } from '../../support/hub/hub-world.ts';
import {
  anyCode,
  audited,
  LIBRARY,
  type LibraryMember,
  registered,
  sessionOf,
  withSecondKey,
} from '../../support/library/entities.ts';
import {
  applySeal,
  type Desk,
  deskSeal,
  finish,
  issueSeal,
  openTask,
  place,
  sealAll,
  upload,
} from '../../support/signing/signing-world.ts';

let world: World;
let desk: Desk;
let now = Date.now();
beforeAll(async () => {
  world = await hubWorld({ clock: { now: () => now } });
  const [clerk, reviewer] = await operators(world, [['clerk'], ['reviewer']]);
  desk = { clerk, reviewer };
}, 120_000);
afterAll(() => world.close());

/** A page of the library that uses what seals documents. */
class LibraryPage extends Browser {
  override call<T = Record<string, unknown>>(path: string, send: Parameters<Browser['call']>[1] = {}) {
    return super.call<T>(path, { ...send, headers: { 'x-hufu-realm': 'library', ...send.headers } });
  }
}

function pageOf({ browser, key }: LibraryMember): BoundHolder {
  const page = new LibraryPage(world.base);
  for (const [name, value] of browser.cookies) page.cookies.set(name, value);
  return { browser: page, key };
}

/** The document as the library's page gets it. */
async function download({ browser }: BoundHolder, id: string): Promise<Uint8Array> {
  const response = await fetch(new URL(`/api/v1/hub/signing/tasks/${id}/document`, browser.base), {
    headers: {
      'x-hufu-realm': 'library',
      cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    },
  });
  if (!response.ok) throw new Error(`download: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

const letterOf = async ({ browser }: Pick<LibraryMember, 'browser'>) =>
  (await browser.call<CommitmentLetter>(`${LIBRARY}/commitment-letter`)).body;
const openLetter = ({ browser }: Pick<LibraryMember, 'browser'>) =>
  browser.call<CommitmentLetter & { readonly code?: string }>(`${LIBRARY}/commitment-letter`, {
    method: 'POST',
    body: {},
  });
const submitBase = (member: LibraryMember, roles = ['BIDDER']) =>
  withTransaction(world.infra.database, (tx) =>
    world.entities.recordHook(tx, [
      {
        entityId: member.session.entity.id,
        type: 'organisation',
        event: 'submit',
        after: { state: 'submitted', values: { roles } },
      },
    ]),
  );

/** Has its seal made, then seals the letter. */
async function sealLetter(member: LibraryMember): Promise<string> {
  const page = pageOf(member);
  const applied = await applySeal(page);
  if (applied.status !== 201) throw new Error(`seal: ${JSON.stringify(applied.body)}`);
  await issueSeal(desk, applied.body.id);
  const { taskId } = (await openLetter(member)).body;
  const holder = { ...page, sealId: applied.body.id };
  const placed = await place(holder, taskId!);
  if (placed.status !== 200) throw new Error(`place: ${JSON.stringify(placed.body)}`);
  await sealAll(holder, [taskId!]);
  return taskId!;
}

const stateOf = async ({ browser }: LibraryMember) => (await sessionOf(browser)).body.entity.state;

test('印章登记 finds the seal of an entity that only the library knows, by its code and by a part of its name', async () => {
  const member = await registered(world, { uscc: anyCode() });
  const { id } = (await applySeal(pageOf(member))).body;
  const { unitName, uscc } = (await deskSeal(desk.clerk, id)).body.enterprise;
  const found = async (text: string) => {
    const { body } = await desk.clerk.browser.call<{ items: DeskSeal[] }>(
      `/api/v1/desk/seals?pageSize=100&q=${encodeURIComponent(text)}`,
    );
    return body.items.map((seal) => seal.id);
  };
  expect(await found(uscc)).toEqual([id]);
  expect(await found(unitName)).toContain(id);
  expect(await found(unitName.slice(1, 4))).toContain(id);
  expect(await found(`${unitName}以外`)).toEqual([]);
});

describe('LIB-BASE-03, LIB-BASE-04 the registration is complete with base information and a sealed letter', () => {
  test('生成 → 签章 → 已签章, sealed with a key that only the library knows; then everything is open', async () => {
    const member = await registered(world, { uscc: anyCode() });
    expect(await letterOf(member)).toMatchObject({ needed: true, status: 'UNSIGNED', taskId: null });
    const taskId = await sealLetter(member);
    expect((await openLetter(member)).body).toMatchObject({ status: 'UNSIGNED', taskId });
    expect((await finish(pageOf(member), taskId)).status).toBe(200);
    const letter = await letterOf(member);
    expect(letter).toMatchObject({ status: 'SIGNED', taskId, signedVersion: letter.version });
    expect(await stateOf(member)).toBe('REGISTERED_SIMPLE');
    await submitBase(member, ['BIDDER', 'AGENCY']);
    expect(await stateOf(member)).toBe('ACTIVE');
    expect((await sessionOf(member.browser)).body.entity.roles).toEqual(['BIDDER', 'AGENCY']);
    expect((await audited(world, 'entity.complete')).at(-1)).toMatchObject({ outcome: 'ok' });
  });

  test('the parts count in any order; a sealed file that was only uploaded counts as well', async () => {
    const member = await registered(world, { uscc: anyCode() });
    await submitBase(member);
    expect(await stateOf(member)).toBe('REGISTERED_SIMPLE');
    const taskId = await sealLetter(member);
    const page = pageOf(member);
    expect((await letterOf(member)).status).toBe('UNSIGNED');
    expect((await upload(page, taskId, await download(page, taskId))).status).toBe(200);
    expect((await letterOf(member)).status).toBe('SIGNED');
    expect(await stateOf(member)).toBe('ACTIVE');
  });

  test('a document of one’s own under the letter’s name is no letter', async () => {
    const member = await registered(world, { uscc: anyCode() });
    await submitBase(member);
    const page = pageOf(member);
    const applied = await applySeal(page);
    await issueSeal(desk, applied.body.id);
    const holder = { ...page, sealId: applied.body.id };
    const { taskId: real } = (await openLetter(member)).body;
    const { version } = await letterOf(member);
    const own = await openTask(page, await download(page, real!), {
      template: 'library-commitment',
      templateVersion: version,
    });
    await place(holder, own.body.id);
    await sealAll(holder, [own.body.id]);
    expect((await finish(page, own.body.id)).status).toBe(200);
    expect((await letterOf(member)).status).toBe('UNSIGNED');
    expect(await stateOf(member)).toBe('REGISTERED_SIMPLE');
  });

  test('KEY-016 a secondary key looks at it and seals nothing', async () => {
    const uscc = anyCode();
    const primary = await registered(world, { uscc });
    const second = await withSecondKey(world, { uscc });
    expect(await openLetter(second)).toMatchObject({ status: 403, body: { code: 'LIBRARY_PRIMARY_ONLY' } });
    const { taskId } = (await openLetter(primary)).body;
    const page = pageOf(second);
    const seen = await page.browser.call(`/api/v1/hub/signing/tasks/${taskId}`);
    expect(seen.status).toBe(200);
    const answer = await page.browser.call<Problem>(`/api/v1/hub/signing/tasks/${taskId}/completion`, {
      method: 'POST',
      body: {},
    });
    expect(answer).toMatchObject({ status: 403, body: { code: 'LIBRARY_PRIMARY_ONLY' } });
    const without = await primary.browser.call<Problem>(`/api/v1/hub/signing/tasks/${taskId}`);
    expect(without.body.code).toBe('HUB_SESSION_REQUIRED');
  });
});

test('OD-33 a new version of the letter asks for a new seal', async () => {
  const template = readLetterTemplate(`${DATA}/library/commitment-letter.json`);
  const member = await registered(world, { uscc: anyCode() });
  await world.infra.database.pool.query(
    `update library_entity set letter_version = '2020-01', letter_signed_at = now() where id = $1`,
    [member.session.entity.id],
  );
  expect(await letterOf(member)).toMatchObject({
    status: 'UNSIGNED',
    signedVersion: '2020-01',
    version: template.version,
  });
  expect((await openLetter(member)).body.taskId).not.toBeNull();
});

describe('OD-16 SM-SYNCCODE 同步码', () => {
  const active = async () => {
    const uscc = anyCode();
    const member = await registered(world, { uscc });
    await world.infra.database.pool.query(
      `update library_entity set state = 'ACTIVE', activated_at = now() where id = $1`,
      [member.session.entity.id],
    );
    return { ...member, uscc };
  };
  const codeOf = async ({ browser }: Pick<LibraryMember, 'browser'>) =>
    (await browser.call<SyncCode & Problem>(`${LIBRARY}/sync-code`)).body;
  const spend = (given: { code: string; uscc: string; user?: string; platform?: string }) =>
    withTransaction(world.infra.database, (tx) =>
      world.entities.syncCodes.spend(tx, {
        code: given.code,
        uscc: given.uscc,
        platformCode: given.platform ?? 'hohhot',
        platformUser: given.user ?? 'zhang',
        actor: { kind: 'platform', id: given.platform ?? 'hohhot' },
      }),
    );

  test('LIB-BASE-06 twelve characters, one at a time, used once by one platform, then a new one', async () => {
    const member = await active();
    const first = await codeOf(member);
    expect(first.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    expect((await codeOf(member)).code).toBe(first.code);
    const { uscc } = member;
    const typed = first.code!.toLowerCase().replaceAll('-', ' ');
    expect(await spend({ code: typed, uscc })).toMatchObject({
      ok: true,
      entityId: member.session.entity.id,
    });
    expect(await spend({ code: first.code!, uscc, platform: 'ulanqab' })).toEqual({
      ok: false,
      code: 'SYNC_CODE_WRONG',
    });
    const second = await codeOf(member);
    expect(second.code).not.toBe(first.code);
    const { rows } = await world.infra.database.pool.query('select * from library_sync_code');
    expect(JSON.stringify(rows)).not.toContain(second.code!.replaceAll('-', ''));
  });

  test('two platforms with one code at once: one of them', async () => {
    const member = await active();
    const { code } = await codeOf(member);
    const spent = await Promise.all(
      ['hohhot', 'ulanqab'].map((platform) =>
        spend({ code: code!, uscc: member.uscc, platform, user: 'li' }),
      ),
    );
    expect(spent.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('one of another entity, a replaced and an old one are wrong', async () => {
    const member = await active();
    const other = await active();
    const { code } = await codeOf(member);
    expect(await spend({ code: code!, uscc: other.uscc, user: 'a' })).toMatchObject({ ok: false });
    const renewed = await member.browser.call<SyncCode>(`${LIBRARY}/sync-code`, { method: 'POST', body: {} });
    expect(renewed.status).toBe(201);
    expect(await spend({ code: code!, uscc: member.uscc, user: 'b' })).toMatchObject({ ok: false });
    await world.infra.database.pool.query(
      `update library_sync_code set issued_at = issued_at - interval '1 day', expires_at = expires_at - interval '1 day'
        where state = 'ACTIVE' and entity_id = $1`,
      [member.session.entity.id],
    );
    expect(await spend({ code: renewed.body.code!, uscc: member.uscc, user: 'c' })).toMatchObject({
      ok: false,
    });
  });

  test('five wrong ones lock this user of this platform for a quarter of an hour, and nobody else', async () => {
    const member = await active();
    const { code } = await codeOf(member);
    const { uscc } = member;
    const wrong = { code: '0000-0000-0000', uscc, user: 'wang' };
    for (let i = 0; i < 4; i += 1) expect(await spend(wrong)).toMatchObject({ code: 'SYNC_CODE_WRONG' });
    expect(await spend(wrong)).toMatchObject({ code: 'SYNC_CODE_LOCKED' });
    expect(await spend({ code: code!, uscc, user: 'wang' })).toMatchObject({ code: 'SYNC_CODE_LOCKED' });
    now += 15 * 60_000 + 1;
    expect(await spend(wrong)).toMatchObject({ code: 'SYNC_CODE_WRONG' });
    expect(await spend({ code: code!, uscc, user: 'wang' })).toMatchObject({ ok: true });
  });

  test('only the primary sees it, and only when the registration is complete', async () => {
    const simple = await registered(world, { uscc: anyCode() });
    expect(await codeOf(simple)).toMatchObject({ code: null });
    const member = await active();
    const second = await withSecondKey(world, { uscc: member.uscc });
    const answer = await second.browser.call<Problem>(`${LIBRARY}/sync-code`);
    expect(answer).toMatchObject({ status: 403, body: { code: 'LIBRARY_PRIMARY_ONLY' } });
  });
});

describe('accounts at the desk', () => {
  const order = { reason: '核查', actor: { kind: 'operator', id: 'o1' } } as const;
  const inTransaction = (work: (standing: World['entities']['standing'], tx: never) => Promise<void>) =>
    withTransaction(world.infra.database, (tx) => work(world.entities.standing, tx as never));

  test('a frozen entity looks and changes nothing, until it is released', async () => {
    const member = await registered(world, { uscc: anyCode() });
    const { id } = member.session.entity;
    await inTransaction((standing, tx) => standing.freeze(tx, { ...order, id }));
    expect(await stateOf(member)).toBe('FROZEN');
    expect((await openLetter(member)).body.code).toBe('LIBRARY_ENTITY_FROZEN');
    await inTransaction((standing, tx) => standing.thaw(tx, { ...order, id }));
    expect(await stateOf(member)).toBe('REGISTERED_SIMPLE');
  });

  test('a merged account is closed: its sessions end, and its keys do not log in', async () => {
    const one = await registered(world, { uscc: anyCode() });
    const two = await registered(world, { uscc: anyCode() });
    const ids = { id: one.session.entity.id, into: two.session.entity.id };
    await inTransaction((standing, tx) => standing.merge(tx, { ...order, ...ids }));
    expect((await sessionOf(one.browser)).status).toBe(401);
    expect((await sessionOf(two.browser)).status).toBe(200);
    await expect(inTransaction((standing, tx) => standing.merge(tx, { ...order, ...ids }))).rejects.toThrow(
      'LIBRARY_ENTITY_MERGED',
    );
  });
});
