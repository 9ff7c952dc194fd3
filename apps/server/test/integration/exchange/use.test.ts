import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PlatformNotice, Push, UsableAnswer, UseAnswer } from '@hufu/contracts';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EntityCard } from '../../../src/features/exchange/index.ts';
import { type ExchangeWorld, exchangeWorld, valuesOf } from '../../support/exchange/exchange-world.ts';

let world: ExchangeWorld;
let entity: EntityCard;
let webhook: Webhook;
beforeAll(async () => {
  world = await exchangeWorld();
  entity = await world.entity();
  await world.activate(entity, 'hohhot');
  webhook = await startWebhook();
});
afterAll(async () => {
  await webhook?.close();
  await world?.close();
});

type Webhook = {
  readonly url: string;
  readonly received: string[];
  /** How the next requests are answered; with the number of the notice afterwards. */
  readonly answers: (number | string)[];
  close(): Promise<void>;
};

async function startWebhook(): Promise<Webhook> {
  const received: string[] = [];
  const answers: (number | string)[] = [];
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    received.push(body);
    const [, payload = ''] = body.split('.');
    const { notice } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { notice: PlatformNotice };
    const next = answers.shift();
    if (typeof next === 'number') response.writeHead(next, { location: 'http://127.0.0.1:1/' }).end();
    else response.writeHead(200).end(next ?? JSON.stringify({ seq: notice.seq }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/notices`,
    received,
    answers,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

let seed = 0;
/** A performance in 正常, as a completed project leaves it. */
async function performance(of = entity): Promise<{ id: string; type: string }> {
  seed += 1;
  const type = 'performance-general';
  const taken = await valuesOf(world, type, { entity: of, seed, event: 'arise' });
  const row = await world.write(of, type, 'arise', { by: 'system', taken });
  return { id: row.id, type };
}

const useCount = async ({ id, type }: { id: string; type: string }, of = entity) =>
  (await world.records.read(world.infra.database.db, { entityId: of.id, type, id })).system['useCount'];

const use = (body: Record<string, unknown>, platform = 'hohhot') =>
  world.platform(platform).call<UseAnswer>('library:callback', '/api/v1/exchange/uses', {
    body: {
      callbackId: randomUUID(),
      uscc: entity.uscc,
      tenderNo: 'T-2026-001',
      useStatus: '已投标',
      usedAt: '2026-11-21T08:00:00Z',
      ...body,
    },
  });

const voided = async (one: { id: string; type: string }) =>
  world.write(entity, one.type, 'void', {
    id: one.id,
    reason: '信息有误',
    proof: [await world.file('proof.pdf')],
  });

test('PLAT-042, OD-22: each returned use counts one, whatever it says; the same callback counts once', async () => {
  const one = await performance();
  const body = { callbackId: randomUUID(), performanceId: one.id };
  expect((await use(body)).body).toMatchObject({ useCount: 1 });
  expect((await use(body)).body).toMatchObject({ useCount: 1 });
  expect((await use({ performanceId: one.id, useStatus: '已中标' })).body).toMatchObject({ useCount: 2 });
  expect(await useCount(one)).toBe(2);
  const other = await use({ ...body, useStatus: '已中标' });
  expect(other).toMatchObject({ status: 409, body: { code: 'EXCHANGE_CALLBACK_REUSED' } });
  const log = await world.member(entity)<{ useStatus: string; tenderNo: string }[]>(
    `/api/v1/library/performances/${one.id}/uses`,
  );
  expect(log.body.map(({ useStatus }) => useStatus).toSorted()).toEqual(['已中标', '已投标']);
  expect(world.told.filter(({ kind }) => kind === 'RECORD_USED')).toHaveLength(2);
});

test('LIB-PERF-08: callbacks that arrive together are all counted, a repeated one once', async () => {
  const one = await performance();
  const again = randomUUID();
  const answers = await Promise.all([
    ...Array.from({ length: 6 }, () => use({ performanceId: one.id })),
    ...Array.from({ length: 3 }, () => use({ performanceId: one.id, callbackId: again })),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(await useCount(one)).toBe(7);
  expect(new Set(answers.slice(6).map(({ body }) => body.useCount)).size).toBe(1);
});

test('a platform counts no use of what is not there for it: another entity’s, an unknown one, a voided one', async () => {
  const stranger = await world.entity();
  await world.activate(stranger, 'hohhot');
  const foreign = await performance(stranger);
  expect(await use({ performanceId: foreign.id })).toMatchObject({
    status: 404,
    body: { code: 'EXCHANGE_UNKNOWN' },
  });
  expect((await use({ performanceId: randomUUID() })).status).toBe(404);
  const one = await performance();
  expect(await use({ performanceId: one.id }, 'ulanqab')).toMatchObject({
    status: 403,
    body: { code: 'EXCHANGE_NOT_ACTIVATED' },
  });
  await voided(one);
  expect(await use({ performanceId: one.id })).toMatchObject({
    status: 409,
    body: { code: 'EXCHANGE_NOT_USABLE' },
  });
  expect(await useCount(foreign, stranger)).toBe(0);
});

const usable = (platform = 'hohhot', more = '') =>
  world
    .platform(platform)
    .call<UsableAnswer>('library:pull', `/api/v1/exchange/usable?uscc=${entity.uscc}&tender=T-1${more}`);

test('PLAT-041, GEN-007: usable records only, and only while somebody is logged in there or consent was given', async () => {
  const [good, bad] = [await performance(), await performance()];
  await voided(bad);
  await world.write(entity, 'award', 'save', { taken: await valuesOf(world, 'award', { entity }) });
  expect(await usable()).toMatchObject({ status: 403, body: { code: 'EXCHANGE_NO_CONSENT' } });
  world.sessions.add(`${entity.id}@client-of-hohhot`);
  const { body } = await usable();
  const ids = body.records.map(({ id }) => id);
  expect(ids).toContain(good.id);
  expect(ids).not.toContain(bad.id);
  expect(new Set(body.records.map(({ state }) => state))).toEqual(new Set(['normal']));
  expect((await usable('hohhot', '&types=award')).body.records).toEqual([]);
  world.sessions.clear();
  expect((await usable()).status).toBe(403);
});

test('the entity gives its consent and takes it back; a secondary key cannot', async () => {
  const path = '/api/v1/library/platforms/hohhot/consent';
  const secondary = world.member(entity, { standing: 'SECONDARY' });
  expect(await secondary(path, { method: 'PUT' })).toMatchObject({
    status: 403,
    body: { code: 'LIBRARY_PRIMARY_ONLY' },
  });
  const primary = world.member(entity);
  expect((await primary(path, { method: 'PUT' })).status).toBe(204);
  expect((await usable()).status).toBe(200);
  // Consent to one platform opens nothing to another.
  expect((await usable('ulanqab')).status).toBe(403);
  expect((await primary(path, { method: 'DELETE' })).status).toBe(204);
  expect((await usable()).status).toBe(403);
});

test('SM-ENTITY: a frozen entity takes its consent back, and gives none', async () => {
  const path = '/api/v1/library/platforms/hohhot/consent';
  expect((await world.member(entity)(path, { method: 'PUT' })).status).toBe(204);
  const frozen = world.member(entity, { entityState: 'FROZEN' });
  expect((await frozen(path, { method: 'DELETE' })).status).toBe(204);
  expect(await frozen(path, { method: 'PUT' })).toMatchObject({ body: { code: 'LIBRARY_ENTITY_FROZEN' } });
  const { body } =
    await world.member(entity)<{ code: string; consent: boolean }[]>('/api/v1/library/platforms');
  expect(body.find(({ code }) => code === 'hohhot')?.consent).toBe(false);
});

async function registerWebhook(code: string, webhookUrl: string | null): Promise<void> {
  const path = `/api/v1/desk/library/exchange/${code}`;
  const { body } = await world.operator('admin')<{ webhookUrl: string | null }>(path);
  if (body.webhookUrl === webhookUrl) return;
  expect((await world.agreed(path, { ...body, webhookUrl, reason: 'test' })).status).toBe(202);
}

const acknowledged = async (platform: string) =>
  (
    await world
      .platform(platform)
      .call<{ items: PlatformNotice[]; acknowledged: number }>('library:callback', '/api/v1/exchange/notices')
  ).body;

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not come to that');
}

test('PLAT-040, LIB-PERF-07: a voided performance is told to every joined platform, signed, until it is acknowledged', async () => {
  await registerWebhook('hohhot', webhook.url);
  webhook.received.length = 0;
  const before = (await acknowledged('ulanqab')).items.length;
  const one = await performance();
  // The first try fails, the second is answered without the number of the notice.
  webhook.answers.push(503, '{}');
  await voided(one);
  world.infra.outbox.poke();
  await until(async () => {
    const { items, acknowledged: upTo } = await acknowledged('hohhot');
    return upTo === items.at(-1)?.seq;
  });
  const keys = (await (await fetch(`${world.base}/api/v1/exchange/keys`)).json()) as JSONWebKeySet;
  const { payload } = await jwtVerify(webhook.received.at(-1)!, createLocalJWKSet(keys), {
    audience: 'client-of-hohhot',
    issuer: world.infra.config.baseUrl,
    typ: 'hufu-notice+jws',
  });
  expect(payload['notice']).toMatchObject({ kind: 'performance.void', record: one.id, entity: entity.id });
  expect(webhook.received.length).toBeGreaterThanOrEqual(3);
  // A platform without an address fetches it and acknowledges by number.
  const ulanqab = await acknowledged('ulanqab');
  expect(ulanqab.items).toHaveLength(before + 1);
  const { seq } = ulanqab.items.at(-1)!;
  expect(ulanqab.acknowledged).toBeLessThan(seq);
  await world
    .platform('ulanqab')
    .call('library:callback', '/api/v1/exchange/notices/acknowledgements', { body: { seq } });
  expect((await acknowledged('ulanqab')).acknowledged).toBe(seq);
});

test('numbers of a platform’s notices are consecutive, however many are voided at once', async () => {
  const many = await Promise.all(Array.from({ length: 5 }, () => performance()));
  await Promise.all(many.map(voided));
  const { items } = await acknowledged('baotou');
  expect(items.map(({ seq }) => seq)).toEqual(items.map((_, at) => at + 1));
});

test('a redirect is not followed; what is given up shows at the desk and is tried again from there', async () => {
  webhook.answers.push(302);
  const one = await performance();
  await voided(one);
  const { db } = world.infra.database;
  const job = sql`select from job where queue = 'exchange-push' and state = 'ready' and attempts > 0`;
  world.infra.outbox.poke();
  await until(async () => (await job.execute(db)).rows.length > 0 || webhook.answers.length === 0);
  const id = (
    await sql<{
      id: string;
    }>`select id from exchange_notice where platform_code = 'hohhot' and record_id = ${one.id}`.execute(db)
  ).rows[0]!.id;
  // As after the last try.
  await sql`update job set state = 'dead' where payload ->> 'id' = ${id}`.execute(db);
  await sql`update exchange_notice set state = 'DEAD', acknowledged_at = null where id = ${id}`.execute(db);
  const clerk = world.operator('clerk');
  const dead = await clerk<{ items: Push[] }>('/api/v1/desk/library/pushes?state=DEAD');
  expect(dead.body.items).toMatchObject([{ id, platform: 'hohhot', record: one.id }]);
  const retried = await clerk<Push>(`/api/v1/desk/library/pushes/${id}/retry`, { method: 'POST' });
  expect(retried).toMatchObject({ status: 200, body: { state: 'PENDING' } });
  await until(async () => {
    const { body } = await clerk<{ items: Push[] }>(
      '/api/v1/desk/library/pushes?state=ACKNOWLEDGED&platform=hohhot',
    );
    return body.items.some((push) => push.id === id);
  });
  const again = await clerk(`/api/v1/desk/library/pushes/${id}/retry`, { method: 'POST' });
  expect(again).toMatchObject({ status: 409, body: { code: 'EXCHANGE_PUSH_STATE' } });
  const auditor = await world.operator('auditor')(`/api/v1/desk/library/pushes/${id}/retry`, {
    method: 'POST',
  });
  expect(auditor.status).toBe(403);
});
