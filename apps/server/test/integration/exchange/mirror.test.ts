import { createHash } from 'node:crypto';
import type {
  Approval,
  EntityExchange,
  MappingTrial,
  MappingVersion,
  MirrorPackage,
  PullAnswer,
} from '@hufu/contracts';
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
  const { body: before } = await admin<{ version: number; rows: Row[] }>(path);
  const rows = before.rows.map(({ libNode, platformNode, required, hint }) => ({
    libNode,
    platformNode: libNode === 'organisation/licenceFile' ? '证照/执照' : platformNode,
    required: required || libNode === 'organisation/qualificationFiles',
    hint,
  }));
  const body = { version: before.version, rows, reason: '目录调整' };
  const opened = await admin<Approval>(path, { method: 'PUT', body });
  expect(opened).toMatchObject({ status: 202, body: { kind: 'MAPPING_CHANGE', subject: 'ulanqab' } });
  expect(opened.body.changes).toContainEqual({
    field: '主体信息/企业资质证书',
    before: '主体信息/企业资质证书',
    after: '主体信息/企业资质证书（必填）',
  });
  // One person alone changes nothing.
  expect((await admin(path)).body).toEqual(before);
  await world.approve(opened.body.id);
  await expect(world.approve(opened.body.id)).rejects.toThrow('EXCHANGE_STALE');
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

type Row = { libNode: string; platformNode: string | null; required: boolean; hint: string | null };
const ROOT = '/api/v1/desk/library/mappings';
const bare = ({ libNode, platformNode, required, hint }: Row): Row => ({
  libNode,
  platformNode,
  required,
  hint,
});

test('PLAT-033: every version of a mapping stays, with the reason and the step of two people', async () => {
  const admin = world.operator('admin');
  const path = `${ROOT}/baotou`;
  const { body: begun } = await admin<{ version: number; rows: Row[] }>(path);
  const first = await admin<MappingVersion[]>(`${path}/versions`);
  expect(first.body).toMatchObject([{ version: 1, reason: null, approval: null }]);
  const rows = begun.rows.map((row) =>
    bare({ ...row, platformNode: row.platformNode && `包头/${row.platformNode}` }),
  );
  const opened = await world.agreed(path, { version: begun.version, rows, reason: '改用包头目录' });
  const { body: versions } = await admin<MappingVersion[]>(`${path}/versions`);
  expect(versions.map(({ version, reason, approval }) => [version, reason, approval])).toEqual([
    [2, '改用包头目录', opened.body.id],
    [1, null, null],
  ]);
  expect(versions[1]?.rows).toEqual(begun.rows);
  // Back to the first: a new version, the others stay.
  await world.agreed(path, { version: 2, rows: begun.rows.map(bare), reason: '恢复' });
  expect((await admin<MappingVersion[]>(`${path}/versions`)).body.map(({ version }) => version)).toEqual([
    3, 2, 1,
  ]);
  const clerk = await world.operator('clerk')(path, {
    method: 'PUT',
    body: { version: 3, rows, reason: 'x' },
  });
  expect(clerk).toMatchObject({ status: 403, body: { code: 'DESK_FORBIDDEN' } });
  expect((await admin(`${ROOT}/nowhere/versions`)).status).toBe(404);
});

test('PLAT-030: a mapping is tried before it is adopted, and nothing changes by it', async () => {
  const admin = world.operator('admin');
  const path = `${ROOT}/hohhot`;
  await pull(form(freshCode()));
  const { body: begun } = await admin<{ version: number; rows: Row[] }>(path);
  const rows = begun.rows.map((row) =>
    bare(row.libNode.startsWith('award/') ? { ...row, platformNode: null, hint: '请放到附件信息' } : row),
  );
  const trial = await admin<MappingTrial>(`${path}/trials`, { body: { rows, entity: entity.id } });
  expect(trial).toMatchObject({ status: 200, body: { faults: [] } });
  expect(trial.body.sample.entities).toBeGreaterThan(0);
  const { changes, sample, entity: tried } = trial.body;
  expect(changes.length).toBeGreaterThan(0);
  expect(changes.every(({ libNode }) => libNode.startsWith('award/'))).toBe(true);
  const awards = (tried?.before.placed ?? [])
    .filter(({ libraryNode }) => libraryNode.includes('获奖'))
    .reduce((sum, { files }) => sum + files, 0);
  expect(awards).toBeGreaterThan(0);
  expect(tried?.after.unmapped).toContainEqual(
    expect.objectContaining({ hint: '请放到附件信息', files: awards }),
  );
  expect(sample.after.unmapped).toBe(sample.before.unmapped + awards);
  expect(sample.after.placed).toBe(sample.before.placed - awards);
  expect((await admin(path)).body).toEqual(begun);

  const faulty = [
    { libNode: 'nothing/here', platformNode: '目录', required: false, hint: null },
    { libNode: 'award/files', platformNode: null, required: true, hint: null },
  ];
  const told = await admin<MappingTrial>(`${path}/trials`, { body: { rows: faulty } });
  expect(told.body.faults).toEqual(
    expect.arrayContaining([
      { libNode: 'nothing/here', fault: 'UNKNOWN_DIRECTORY' },
      { libNode: 'award/files', fault: 'NO_HINT' },
      { libNode: 'award/files', fault: 'REQUIRED_NOWHERE' },
    ]),
  );
  expect((await admin(`${path}/trials`, { body: { rows, entity: 'nobody' } })).status).toBe(404);
  expect((await world.operator('auditor')(`${path}/trials`, { body: { rows } })).status).toBe(403);
});

test('OD-27: the desk sees an entity’s copies with their version stamps and what they lack', async () => {
  await pull(form(freshCode()), { platform: 'hohhot' });
  const clerk = world.operator('clerk');
  const path = `/api/v1/desk/library/entities/${entity.id}/exchange`;
  const { body } = await clerk<EntityExchange>(path);
  const [newest] = body.syncs;
  expect(newest).toMatchObject({ platform: { code: 'hohhot' }, libVersion: body.libVersion });
  expect(body.platforms.find(({ code }) => code === 'hohhot')?.mirror).toMatchObject({
    current: true,
    gaps: newest?.gaps,
  });
  expect(newest?.complete).toBe(
    newest?.gaps?.missing.length === 0 && newest.gaps.unmapped === 0 && newest.gaps.stale === 0,
  );
  expect(body).toMatchObject({ filings: [], recognitions: [], undelivered: [] });
  expect((await clerk('/api/v1/desk/library/entities/nobody/exchange')).status).toBe(404);
  expect((await world.member(entity)(path)).status).toBe(401);
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
