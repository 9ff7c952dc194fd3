import type {
  BaseVersion,
  PlatformNotice,
  PlatformStanding,
  RecognitionAnswer,
  SealingOrder,
} from '@hufu/contracts';
import { MODULES } from '@hufu/library';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EntityCard } from '../../../src/features/exchange/index.ts';
import { type ExchangeWorld, exchangeWorld, valuesOf } from '../../support/exchange/exchange-world.ts';

let world: ExchangeWorld;
beforeAll(async () => {
  world = await exchangeWorld({ modules: MODULES.filter(({ name }) => name === 'base') });
  const path = '/api/v1/desk/library/exchange/ulanqab';
  const { body } = await world.operator('admin')(path);
  expect((await world.agreed(path, { ...body, recognises: ['hohhot'], reason: '互认' })).status).toBe(202);
});
afterAll(() => world?.close());

/** Registered, and active on three platforms. */
async function enterprise(): Promise<EntityCard> {
  const entity = await world.entity();
  for (const code of ['hohhot', 'ulanqab', 'baotou']) await world.activate(entity, code);
  await world.write(entity, 'organisation', 'submit', {
    taken: await valuesOf(world, 'organisation', { entity }),
  });
  return entity;
}

const base = async (entity: EntityCard, platform = 'hohhot') =>
  (
    await world
      .platform(platform)
      .call<BaseVersion>('filings:write', `/api/v1/exchange/base?uscc=${entity.uscc}`)
  ).body;

let number = 0;
async function decide(entity: EntityCard, more: Record<string, unknown> = {}, platform = 'hohhot') {
  number += 1;
  const { record, version, sm3 } = await base(entity, platform);
  return world
    .platform(platform)
    .call<{ approval: string | null }>('filings:write', '/api/v1/exchange/filings', {
      body: {
        filingId: `F${number}`,
        uscc: entity.uscc,
        decision: 'APPROVED',
        record,
        version,
        sm3,
        decidedAt: '2026-11-21T08:00:00Z',
        ...more,
      },
    });
}

const recognise = (entity: EntityCard, platform = 'ulanqab') =>
  world.platform(platform).call<RecognitionAnswer>('filings:write', '/api/v1/exchange/recognitions', {
    body: { uscc: entity.uscc, user: 'user-1' },
  });

const standing = async (entity: EntityCard, code: string) =>
  (await world.member(entity)<PlatformStanding[]>('/api/v1/library/platforms')).body.find(
    (one) => one.code === code,
  );

async function change(entity: EntityCard): Promise<void> {
  const { db } = world.infra.database;
  const row = await world.records.single(db, { entityId: entity.id, type: 'organisation' });
  await world.write(entity, 'organisation', 'change', {
    id: row!.id,
    taken: { ...row!.values, officeAddress: '新地址1号' },
  });
}

test('HUB-014, PLAT-022: an approval on one platform is none on another that does not recognise it', async () => {
  const entity = await enterprise();
  expect((await decide(entity)).body.approval).toEqual(expect.any(String));
  expect(await recognise(entity, 'baotou')).toMatchObject({
    status: 409,
    body: { code: 'EXCHANGE_NOT_RECOGNISED' },
  });
  // Nor does recognition go the other way round.
  await decide(entity, {}, 'ulanqab');
  expect((await recognise(entity, 'hohhot')).status).toBe(409);
});

test('001 FAQ1, beyond it: a platform takes over another’s approval of the same version; the enterprise sees it', async () => {
  const entity = await enterprise();
  expect((await recognise(entity)).status).toBe(409);
  await decide(entity);
  const { status, body } = await recognise(entity);
  expect(status).toBe(200);
  expect(body.recognition).toMatchObject({
    approvedBy: { code: 'hohhot' },
    entity: { id: entity.id },
    version: 1,
  });
  expect(await standing(entity, 'ulanqab')).toMatchObject({
    recognition: { version: 1, withdrawn: false, approvedBy: expect.stringContaining('呼和浩特') },
    recognises: [expect.stringContaining('呼和浩特')],
  });
});

test('PLAT-023: a changed entity is another version: the approval ends, and whoever recognised it is told', async () => {
  const entity = await enterprise();
  await decide(entity);
  const { recognition } = (await recognise(entity)).body;
  await change(entity);
  expect(await standing(entity, 'hohhot')).toMatchObject({ approval: { withdrawn: true } });
  expect(await standing(entity, 'ulanqab')).toMatchObject({ recognition: { withdrawn: true } });
  expect((await recognise(entity)).status).toBe(409);
  const notices = await world
    .platform('ulanqab')
    .call<{ items: PlatformNotice[] }>('library:callback', '/api/v1/exchange/notices');
  expect(notices.body.items.at(-1)).toMatchObject({
    kind: 'recognition.withdraw',
    facts: { recognition: recognition.id, because: 'SUPERSEDED' },
  });
  await decide(entity);
  expect((await recognise(entity)).body.recognition).toMatchObject({ version: 2 });
});

test('a frozen entity’s approvals count no more, and it gets no new ones', async () => {
  const entity = await enterprise();
  await decide(entity);
  await recognise(entity);
  await world.freeze(entity);
  expect(await standing({ ...entity, state: 'FROZEN' }, 'ulanqab')).toMatchObject({
    recognition: { withdrawn: true },
  });
  expect(await recognise(entity)).toMatchObject({ status: 409, body: { code: 'EXCHANGE_ENTITY_FROZEN' } });
});

test('a platform takes its own approval back; what others built on it ends', async () => {
  const entity = await enterprise();
  await decide(entity);
  await recognise(entity);
  expect((await decide(entity, { decision: 'WITHDRAWN' })).body).toMatchObject({ approval: null });
  expect(await standing(entity, 'ulanqab')).toMatchObject({ recognition: { withdrawn: true } });
});

test('an approval is of what was reviewed: another version or content is refused; a repeated one changes nothing', async () => {
  const entity = await enterprise();
  const { version, sm3 } = await base(entity);
  expect(await decide(entity, { version: version + 1 })).toMatchObject({
    status: 409,
    body: { code: 'EXCHANGE_VERSION' },
  });
  expect((await decide(entity, { sm3: sm3.replace(/./, (c) => (c === '0' ? '1' : '0')) })).status).toBe(409);
  const first = await decide(entity, { filingId: 'same' });
  expect((await decide(entity, { filingId: 'same' })).body).toEqual(first.body);
});

test('a platform knows nothing of entities that never came to it', async () => {
  const entity = await world.entity();
  const answer = await world
    .platform('hohhot')
    .call('filings:write', `/api/v1/exchange/base?uscc=${entity.uscc}`);
  expect(answer).toMatchObject({ status: 403, body: { code: 'EXCHANGE_NOT_ACTIVATED' } });
  expect((await recognise(entity)).status).toBe(403);
});

test('PLAT-011: a platform orders a seal, gets the document once it is 已签章, and only its own', async () => {
  const entity = await enterprise();
  const form = new FormData();
  form.set('uscc', entity.uscc!);
  form.set('title', '诚信承诺书');
  form.set('returnUrl', 'https://hohhot.example/unit?sealed=1');
  form.set('file', new Blob(['%PDF-1.7\ntest\n%%EOF\n']), 'letter.pdf');
  const path = '/api/v1/exchange/sealings';
  const hohhot = world.platform('hohhot');
  const headers = { 'idempotency-key': 'sealing-of-today' };
  const { status, body: order } = await hohhot.call<SealingOrder>('filings:write', path, {
    body: form,
    headers,
  });
  expect(status).toBe(201);
  expect(order).toMatchObject({ state: 'OPEN', title: '诚信承诺书' });
  const again = await hohhot.call<SealingOrder>('filings:write', path, { body: form, headers });
  expect(again.body.id).toBe(order.id);
  expect(world.tasks.size).toBe(1);
  expect((await hohhot.call('filings:write', `${path}/${order.id}/document`)).status).toBe(404);
  for (const [id, task] of world.tasks) world.tasks.set(id, { ...task, state: 'SEALED' });
  expect((await hohhot.call<SealingOrder>('filings:write', `${path}/${order.id}`)).body.state).toBe('SEALED');
  const document = await hohhot.call<string>('filings:write', `${path}/${order.id}/document`);
  expect(document.body).toContain('%PDF-1.7');
  const other = await world.platform('ulanqab').call('filings:write', `${path}/${order.id}/document`);
  expect(other).toMatchObject({ status: 404, body: { code: 'EXCHANGE_UNKNOWN' } });
  const back = await fetch(`${world.base}${path}/${order.id}/return`, { redirect: 'manual' });
  expect(back.headers.get('location')).toBe('https://hohhot.example/unit?sealed=1');
});

test('a browser is sent back to the platform’s own addresses only', async () => {
  const entity = await enterprise();
  const form = new FormData();
  form.set('uscc', entity.uscc!);
  form.set('title', 't');
  form.set('returnUrl', 'https://evil.example/');
  form.set('file', new Blob(['%PDF-1.7\n%%EOF\n']), 'letter.pdf');
  const refused = await world
    .platform('hohhot')
    .call('filings:write', '/api/v1/exchange/sealings', { body: form });
  expect(refused).toMatchObject({ status: 422, body: { code: 'EXCHANGE_RETURN' } });
});
