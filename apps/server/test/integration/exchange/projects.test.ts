import type { ProjectAnswer } from '@hufu/contracts';
import { MODULES } from '@hufu/library';
import { CompactSign, exportJWK, generateKeyPair, type JWK } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EntityCard } from '../../../src/features/exchange/index.ts';
import { type ExchangeWorld, exchangeWorld } from '../../support/exchange/exchange-world.ts';

let world: ExchangeWorld;
let entity: EntityCard;
type SigningKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
let key: SigningKey;
let strange: SigningKey;
beforeAll(async () => {
  world = await exchangeWorld({ modules: MODULES.filter(({ name }) => name === 'project') });
  entity = await world.entity();
  await world.activate(entity, 'hohhot');
  const pair = await generateKeyPair('ES256', { extractable: true });
  key = pair.privateKey;
  strange = (await generateKeyPair('ES256')).privateKey;
  for (const code of ['hohhot', 'ulanqab'])
    await register(code, { ...(await exportJWK(pair.publicKey)), kid: 'k1' });
});
afterAll(() => world?.close());

async function register(code: string, jwk: JWK): Promise<void> {
  const path = `/api/v1/desk/library/exchange/${code}`;
  const { body } = await world.operator('admin')(path);
  expect((await world.agreed(path, { ...body, keys: [jwk], reason: 'test' })).status).toBe(202);
}

const BODY = {
  section: '1',
  board: 'general',
  values: { projectName: '赛罕区道路改造工程', owner: '赛罕区住房和城乡建设局' },
};

type Signing = { kid?: string; with?: SigningKey; typ?: string; platform?: string };

async function report(said: Record<string, unknown>, signing: Signing = {}) {
  const { kid = 'k1', with: signer = key, typ = 'hufu-project+jws', platform = 'hohhot' } = signing;
  const payload = {
    iss: `client-of-${platform}`,
    aud: world.infra.config.baseUrl,
    iat: 1_700_000_000,
    uscc: entity.uscc,
    ...BODY,
    ...said,
  };
  const statement = await new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256', kid, typ })
    .sign(signer);
  return send(statement, platform);
}

const send = (statement: string, platform = 'hohhot') =>
  world
    .platform(platform)
    .call<ProjectAnswer>('projects:write', '/api/v1/exchange/projects', { body: { statement } });

test('LIB-PROJ-02, LIB-PROJ-03, PLAT-043: a traded project arrives in the list as a draft, and the entity is told', async () => {
  const answer = await report({ tradeNo: 'A-1' });
  expect(answer).toMatchObject({ status: 200, body: { state: 'ENTERED', tradeNo: 'A-1' } });
  const row = await world.records.read(world.infra.database.db, {
    entityId: entity.id,
    type: 'project-general',
    id: answer.body.record!,
  });
  expect(row).toMatchObject({
    state: 'editing',
    system: { isOnPlatform: true, stage: 'UNDER_CONSTRUCTION' },
  });
  expect(world.told).toMatchObject([{ kind: 'PROJECT_ARRIVED', entityId: entity.id }]);
});

test('LIB-PERF-11: what the platform said is locked; the entity fills in the rest', async () => {
  const { body } = await report({ tradeNo: 'A-2' });
  const row = await world.records.read(world.infra.database.db, {
    entityId: entity.id,
    type: 'project-general',
    id: body.record!,
  });
  expect(row.locked.toSorted()).toEqual(['owner', 'projectName', 'sectionNo', 'tradeNo']);
  const changed = { ...row.values, projectName: '别的名称' };
  await expect(
    world.write(entity, 'project-general', 'maintain', { id: row.id, taken: changed }),
  ).rejects.toThrow(/LIB_LOCKED|projectName/);
  const kept = await world.write(entity, 'project-general', 'maintain', {
    id: row.id,
    taken: { ...row.values, location: '呼和浩特市赛罕区' },
  });
  expect(kept.values).toMatchObject({ location: '呼和浩特市赛罕区', projectName: BODY.values.projectName });
});

test('one project is one trade number and section, however often it is reported', async () => {
  const first = await report({ tradeNo: 'A-3' });
  expect((await report({ tradeNo: 'A-3' })).body).toEqual(first.body);
  const other = await report({ tradeNo: 'A-3', section: '2' });
  expect(other.body.record).not.toBe(first.body.record);
  const together = await Promise.all([
    report({ tradeNo: 'A-4' }),
    report({ tradeNo: 'A-4' }),
    report({ tradeNo: 'A-4' }),
  ]);
  expect(new Set(together.map(({ body }) => body.record ?? body)).size).toBe(1);
});

test('PLAT-043, LIB-PERF-11: a newer statement is applied to the project in the list; what the entity filled in stays', async () => {
  const first = await report({ tradeNo: 'N-1' });
  const read = () =>
    world.records.read(world.infra.database.db, {
      entityId: entity.id,
      type: 'project-general',
      id: first.body.record!,
    });
  const begun = await read();
  await world.write(entity, 'project-general', 'maintain', {
    id: begun.id,
    taken: { ...begun.values, location: '呼和浩特市赛罕区' },
  });
  const newer = { tradeNo: 'N-1', iat: 1_700_000_500 };
  const values = { ...BODY.values, projectName: '赛罕区道路改造工程（二期）' };
  expect((await report({ ...newer, values })).body).toEqual(first.body);
  const after = await read();
  expect(after).toMatchObject({
    state: 'editing',
    version: 3,
    values: { projectName: '赛罕区道路改造工程（二期）', location: '呼和浩特市赛罕区' },
    system: { isOnPlatform: true },
  });
  expect(after.locked.toSorted()).toEqual(['owner', 'projectName', 'sectionNo', 'tradeNo']);
  await expect(
    world.write(entity, 'project-general', 'maintain', {
      id: begun.id,
      taken: { ...after.values, projectName: '自己的名称' },
    }),
  ).rejects.toThrow(/LIB_LOCKED|projectName/);
  // Another board or another enterprise is another project.
  expect(await report({ ...newer, iat: 1_700_000_600, board: 'water' })).toMatchObject({
    status: 409,
    body: { code: 'EXCHANGE_PROJECT_FOREIGN' },
  });
});

test('an older statement does not replace a newer one, and another platform cannot replace any', async () => {
  await report({ tradeNo: 'A-5', iat: 1_700_000_100 });
  expect(await report({ tradeNo: 'A-5', iat: 1_700_000_050 })).toMatchObject({
    status: 409,
    body: { code: 'EXCHANGE_STATEMENT_OLD' },
  });
  expect((await report({ tradeNo: 'A-5', iat: 1_700_000_200 })).status).toBe(200);
  expect(await report({ tradeNo: 'A-5', iat: 1_700_000_300 }, { platform: 'ulanqab' })).toMatchObject({
    status: 409,
    body: { code: 'EXCHANGE_PROJECT_FOREIGN' },
  });
});

test('forged: another key, an unregistered one, a changed payload, another type, meant for somebody else', async () => {
  const refused = async (answer: Promise<{ body: object }>) =>
    ((await answer).body as { code?: string }).code;
  expect(await refused(report({ tradeNo: 'F' }, { with: strange }))).toBe('EXCHANGE_SIGNATURE');
  expect(await refused(report({ tradeNo: 'F' }, { kid: 'k2' }))).toBe('EXCHANGE_SIGNER_UNKNOWN');
  expect(await refused(report({ tradeNo: 'F' }, { typ: 'JWT' }))).toBe('EXCHANGE_STATEMENT');
  expect(await refused(report({ tradeNo: 'F', aud: 'https://other.example' }))).toBe('EXCHANGE_STATEMENT');
  expect(await refused(report({ tradeNo: 'F', iss: 'client-of-ulanqab' }))).toBe('EXCHANGE_STATEMENT');
  expect(await refused(report({ tradeNo: 'F', board: 'space' }))).toBe('EXCHANGE_STATEMENT');
  const [header, , signature] = (
    await new CompactSign(new TextEncoder().encode('{}'))
      .setProtectedHeader({ alg: 'ES256', kid: 'k1', typ: 'hufu-project+jws' })
      .sign(key)
  ).split('.');
  const payload = Buffer.from(JSON.stringify({ ...BODY, tradeNo: 'F' })).toString('base64url');
  expect(await refused(send(`${header}.${payload}.${signature}`))).toBe('EXCHANGE_SIGNATURE');
  const none = `${Buffer.from('{"alg":"none","kid":"k1"}').toString('base64url')}.${payload}.x`;
  expect(await refused(send(none))).toBe('EXCHANGE_SIGNATURE');
  expect(await refused(report({ tradeNo: 'F' }, { platform: 'baotou' }))).toBe('EXCHANGE_SIGNER_UNKNOWN');
});

test('a project of an enterprise that the library does not know waits for it', async () => {
  const later = { ...(await world.entity()), uscc: '91150102MA0N002270' };
  const waiting = await report({ tradeNo: 'W-1', uscc: later.uscc });
  expect(waiting.body).toMatchObject({ state: 'WAITING', record: null });
  const now = await world.entity({ uscc: later.uscc });
  const task = world.exchange.feature.periodic!.find(({ name }) => name === 'exchange-enter-waiting')!;
  await task.run();
  const again = await report({ tradeNo: 'W-1', uscc: later.uscc });
  expect(again.body).toMatchObject({ state: 'ENTERED', record: expect.any(String) });
  const row = await world.records.read(world.infra.database.db, {
    entityId: now.id,
    type: 'project-general',
    id: again.body.record!,
  });
  expect(row.values).toMatchObject({ tradeNo: 'W-1' });
});

test('values that the record’s own rules refuse are told by field; nothing is kept of the report', async () => {
  const values = { ...BODY.values, contractAmount: '-5' };
  const refused = await report({ tradeNo: 'B-1', values });
  expect(refused.status).toBe(422);
  expect(refused.body).toMatchObject({ code: 'LIB_INVALID' });
  expect((await report({ tradeNo: 'B-1' })).body).toMatchObject({ state: 'ENTERED' });
});
