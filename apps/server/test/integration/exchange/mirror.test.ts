import { createHash } from 'node:crypto';
import type { MirrorPackage, PullAnswer } from '@hufu/contracts';
import { canonicalJson, type JsonValue } from '@hufu/kernel';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EntityCard } from '../../../src/features/exchange/index.ts';
import { type ExchangeWorld, exchangeWorld, valuesOf } from '../../support/exchange/exchange-world.ts';

let world: ExchangeWorld;
let entity: EntityCard;
beforeAll(async () => {
  world = await exchangeWorld();
  entity = await world.entity();
  await world.activate(entity, 'hohhot');
  await world.activate(entity, 'ulanqab');
  await world.write(entity, 'organisation', 'submit', {
    taken: await valuesOf(world, 'organisation', { entity }),
  });
  await world.write(entity, 'award', 'submit', { taken: await valuesOf(world, 'award', { entity }) });
  await world.write(entity, 'award', 'save', { taken: await valuesOf(world, 'award', { entity, seed: 2 }) });
});
afterAll(() => world?.close());

let number = 0;
function freshCode(of = entity): string {
  number += 1;
  const code = `CODE${number}`;
  world.codes.set(code, of.id);
  return code;
}

const PULLS = '/api/v1/exchange/pulls';
const form = (syncCode: string, more: Record<string, string> = {}) => ({
  syncCode,
  user: 'user-1',
  uscc: entity.uscc!,
  ...more,
});
const pull = (body: unknown, { platform = 'hohhot', key }: { platform?: string; key?: string } = {}) =>
  world.platform(platform).call<PullAnswer>('library:pull', PULLS, {
    body,
    ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
  });

test('PLAT-013, PLAT-014: a right code gives the whole entity, signed, with a version and a time', async () => {
  const { status, body } = await pull(form(freshCode()));
  expect(status).toBe(201);
  const { package: got, signature } = body;
  expect(got.entity).toMatchObject({ id: entity.id, uscc: entity.uscc });
  // GEN-007: the draft stays in the library.
  expect(got.records.map(({ type, state }) => [type, state])).toEqual([
    ['organisation', 'submitted'],
    ['award', 'submitted'],
  ]);
  const keys = (await (await fetch(`${world.base}/api/v1/exchange/keys`)).json()) as JSONWebKeySet;
  const { payload } = await jwtVerify(signature, createLocalJWKSet(keys), {
    issuer: world.infra.config.baseUrl,
    audience: 'client-of-hohhot',
    typ: 'hufu-package+jws',
  });
  const sha256 = createHash('sha256')
    .update(canonicalJson(got as unknown as JsonValue))
    .digest('hex');
  expect(payload).toMatchObject({ sha256, jti: got.pull, libVersion: got.libVersion });
});

test('LIB-BASE-08, PLAT-016: another pull has a greater version once something has changed', async () => {
  const first = (await pull(form(freshCode()))).body.package;
  await world.write(entity, 'award', 'submit', {
    taken: await valuesOf(world, 'award', { entity, seed: 3 }),
  });
  const second = (await pull(form(freshCode()))).body.package;
  expect(second.libVersion).toBeGreaterThan(first.libVersion);
  expect(second.records).toHaveLength(first.records.length + 1);
});

test('OD-16, MSG-23: a wrong code, a used one and one of another enterprise are refused; nothing is synced', async () => {
  const used = freshCode();
  expect((await pull(form(used))).status).toBe(201);
  const stranger = await world.entity();
  const foreign = freshCode(stranger);
  for (const code of ['WRONG', used, foreign]) {
    const refused = await pull(form(code, { user: `user-${code}` }));
    expect(refused, code).toMatchObject({ status: 422, body: { code: 'EXCHANGE_SYNC_CODE' } });
  }
  // It was refused to somebody else, and is as good as before.
  await world.activate(stranger, 'hohhot');
  expect((await pull(form(foreign, { uscc: stranger.uscc! }))).status).toBe(201);
});

test('OD-16: five wrong codes lock the platform’s user out, not another one; the entity is told', async () => {
  for (let i = 0; i < 5; i += 1) await pull(form(`NO${i}`, { user: 'guesser' }));
  const good = freshCode();
  const locked = await pull(form(good, { user: 'guesser' }));
  expect(locked).toMatchObject({ status: 429, body: { code: 'EXCHANGE_SYNC_LOCKED' } });
  expect(world.told).toContainEqual({
    kind: 'SYNC_FAILED',
    entityId: entity.id,
    facts: { platform: 'hohhot', platformName: expect.any(String) },
  });
  expect((await pull(form(good, { user: 'somebody-else' }))).status).toBe(201);
});

test('two platforms with the same code: one gets the entity', async () => {
  const code = freshCode();
  const answers = await Promise.all([
    pull(form(code)),
    pull(form(code), { platform: 'ulanqab' }),
    pull(form(code)),
  ]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422, 422]);
});

test('a repeated request gets the first answer; another one under its key is refused, and none without a key', async () => {
  const key = 'key-of-this-pull';
  const body = form(freshCode());
  const [first, second] = await Promise.all([pull(body, { key }), pull(body, { key })]);
  expect(first.status).toBe(201);
  expect(second.body).toEqual(first.body);
  expect((await pull(body, { key })).body).toEqual(first.body);
  const reused = await pull(form(freshCode()), { key });
  expect(reused).toMatchObject({ status: 422, body: { code: 'EXCHANGE_KEY_REUSED' } });
  const without = await pull(form(freshCode()), { key: '' });
  expect(without).toMatchObject({ status: 400, body: { code: 'EXCHANGE_KEY_REQUIRED' } });
});

test('PLAT-003: an entity that never came to the platform is not mirrored there, and its code is not used up', async () => {
  const code = freshCode();
  const refused = await pull(form(code), { platform: 'baotou' });
  expect(refused).toMatchObject({ status: 403, body: { code: 'EXCHANGE_NOT_ACTIVATED' } });
  expect((await pull(form(code))).status).toBe(201);
});

test('files are fetched with the right of their pull: not with another platform’s, not others’ files', async () => {
  const { body } = await pull(form(freshCode()));
  const { pull: id, files } = body.package;
  const [file] = files;
  const path = `${PULLS}/${id}/files/${file!.sha256}`;
  const got = await world.platform('hohhot').call<string>('library:pull', path);
  expect(got.status).toBe(200);
  expect(createHash('sha256').update(got.body).digest('hex')).toBe(file!.sha256);
  const foreign = await world.platform('ulanqab').call('library:pull', path);
  expect(foreign).toMatchObject({ status: 404, body: { code: 'EXCHANGE_UNKNOWN' } });
  const other = await world.file('other.pdf');
  const unknown = await world.platform('hohhot').call('library:pull', `${PULLS}/${id}/files/${other.sha256}`);
  expect(unknown.status).toBe(404);
});

test('PLAT-030, PLAT-032: a file without a directory of the platform is not mirrored, and the user is told where to put it', async () => {
  await world.write(entity, 'qualification-housing', 'submit', {
    taken: await valuesOf(world, 'qualification-housing', { entity }),
  });
  const at = async (platform: string): Promise<MirrorPackage> =>
    (await pull(form(freshCode()), { platform })).body.package;
  const hohhot = await at('hohhot');
  const missing = hohhot.report.unmapped.map(({ libraryNode, hint }) => [libraryNode, hint]);
  expect(missing).toContainEqual([
    expect.stringContaining('企业资质'),
    expect.stringContaining('企业资质证书'),
  ]);
  expect(hohhot.report.complete).toBe(false);
  const unmapped = new Set(hohhot.report.unmapped.map(({ record }) => record));
  expect(hohhot.files.some(({ record }) => unmapped.has(record))).toBe(false);
  // Another platform has such a directory.
  expect((await at('ulanqab')).report.unmapped).toEqual([]);
});

test('PLAT-033, F-DIRMAP: the desk changes where files go and what is required; the next pull follows', async () => {
  const admin = world.operator('admin');
  const path = '/api/v1/desk/library/mappings/ulanqab';
  type Row = { libNode: string; platformNode: string | null; required: boolean; hint: string | null };
  const { body: before } = await admin<{ version: number; rows: Row[] }>(path);
  const rows = before.rows.map(({ libNode, platformNode, required, hint }) => ({
    libNode,
    platformNode: libNode === 'organisation/licenceFile' ? '证照/执照' : platformNode,
    required: required || libNode === 'organisation/qualificationFiles',
    hint,
  }));
  const body = { version: before.version, rows, reason: '目录调整' };
  expect((await admin(path, { method: 'PUT', body })).status).toBe(200);
  expect(await admin(path, { method: 'PUT', body })).toMatchObject({
    status: 409,
    body: { code: 'EXCHANGE_STALE' },
  });
  const broken = [{ libNode: 'nothing/here', platformNode: null, required: false, hint: null }];
  const refused = await admin(path, { method: 'PUT', body: { ...body, version: 2, rows: broken } });
  expect(refused).toMatchObject({ status: 422, body: { code: 'EXCHANGE_MAPPING' } });
  const { files } = (await pull(form(freshCode()), { platform: 'ulanqab' })).body.package;
  expect(files.map(({ platformNode }) => platformNode)).toContain('证照/执照');
});

test('PLAT-031: the mapping of Hohhot has one directory for what a person holds', async () => {
  const { body } = await world
    .platform('hohhot')
    .call<{ rows: { libNode: string; platformNode: string }[] }>('library:pull', '/api/v1/exchange/mapping');
  const of = body.rows.filter(({ libNode }) => libNode.startsWith('person-certificate/'));
  expect(of.length).toBeGreaterThan(0);
  expect(of.every(({ platformNode }) => platformNode === '人员职业资格')).toBe(true);
});

test('the entity sees which platform has which version of it', async () => {
  const { body } =
    await world.member(entity)<{ code: string; mirror: unknown; activated: boolean }[]>(
      '/api/v1/library/platforms',
    );
  expect(body.find(({ code }) => code === 'hohhot')).toMatchObject({
    activated: true,
    mirror: { libVersion: expect.any(Number), current: true },
  });
  expect(body.find(({ code }) => code === 'baotou')).toMatchObject({ activated: false, mirror: null });
});

test('a frozen entity is not mirrored', async () => {
  const frozen = await world.entity();
  await world.activate(frozen, 'hohhot');
  const code = freshCode(frozen);
  await world.freeze(frozen);
  const refused = await pull(form(code, { uscc: frozen.uscc! }));
  expect(refused).toMatchObject({ status: 409, body: { code: 'EXCHANGE_ENTITY_FROZEN' } });
});
