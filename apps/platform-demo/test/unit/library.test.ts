import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MirrorPackage } from '@hufu/contracts';
import type { HufuIdentity } from '@hufu/sdk';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createPlatform } from '../../src/app.ts';
import { PlatformConfig } from '../../src/config.ts';
import type { Library } from '../../src/library.ts';
import { openStore } from '../../src/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'hufu-platform-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const identity = {
  uscc: '91150102MA0N00016G',
  entityName: '内蒙古青山建设有限公司',
  roles: ['BIDDER', 'AGENCY', 'TENDEREE'],
  subject: 'e1',
  sid: 's1',
  keyRole: 'PRIMARY',
  certificate: { serial: '5f3a', issuer: 'CN=Test', kind: 'enterprise', medium: 'usb-key' },
  idToken: 'token',
} as unknown as HufuIdentity;

const ORIGIN = 'http://localhost:1';
const FORM = { origin: ORIGIN, 'content-type': 'application/x-www-form-urlencoded' };
let counter = 0;
let store: ReturnType<typeof openStore>;
beforeEach(() => {
  counter += 1;
  store = openStore(join(folder, `store-${counter}`));
  store.activate(identity, '2026-11-21T00:00:00Z');
  store.putSession('session', { identity, since: new Date().toISOString(), direct: false });
});

/** A platform with a member who is logged in; the library is what the test says. */
async function platform(filingMode: 'LOCAL' | 'MIRROR', library: Partial<Library> = {}) {
  const config = PlatformConfig.parse({
    code: 'demo',
    name: '示例平台',
    accent: '#2f6f6a',
    port: 1,
    baseUrl: ORIGIN,
    dataDir: folder,
    issuer: 'http://localhost:2/oidc',
    hubUrl: 'http://localhost:2',
    clientId: 'demo',
    clientSecret: 'a-secret-of-the-demo-platform',
    reviewerPassword: 'reviewer-password',
    trustListKeys: '',
    keyBridgePorts: [],
    hotline: '1',
    filingMode,
  });
  const app = await createPlatform({
    config,
    hub: {} as never,
    direct: {} as never,
    store,
    library: library as Library,
    publicDir: folder,
  });
  const cookie = `p_demo_s=${encodeURIComponent(app.signCookie('session'))}`;
  return {
    get: (url: string) => app.inject({ method: 'GET', url, headers: { cookie } }),
    post: (url: string, fields: Record<string, string> = {}) =>
      app.inject({
        method: 'POST',
        url,
        headers: { ...FORM, cookie },
        payload: new URLSearchParams(fields).toString(),
      }),
    app,
  };
}

const seal = (...names: ('pledge' | 'notice')[]) => {
  const { letters } = store.member(identity.uscc)!;
  const sealed = Object.fromEntries(names.map((name) => [name, { order: 'o', sealedAt: '2026-11-21' }]));
  store.change(identity.uscc, { letters: { ...letters, ...sealed } });
};

test('PLAT-010: the page of the unit is entered by one menu a role', async () => {
  const { get } = await platform('MIRROR');
  const { body } = await get('/');
  for (const label of ['单位信息', '代理机构信息', '交易甲方信息']) expect(body).toContain(label);
  expect((await get('/unit')).body).toContain('企业基本信息编辑');
});

test('PLAT-012, MSG-24: synchronising waits for both letters, on the page and behind it', async () => {
  let synced = 0;
  const sync = async () => {
    synced += 1;
  };
  const { get, post } = await platform('MIRROR', { sync });
  const button = /<button[^>]*>同步内蒙古主体库诚信信息/;
  const isOffered = async () => !button.exec((await get('/unit')).body)?.[0].includes('disabled');
  expect(await isOffered()).toBe(false);
  seal('pledge');
  expect(await isOffered()).toBe(false);
  const early = await post('/unit/sync', { code: 'ABC' });
  expect(early.statusCode).toBe(409);
  expect(early.body).toContain('请先完成诚信承诺书和平台使用告知书的签章');
  expect(synced).toBe(0);
  seal('pledge', 'notice');
  expect(await isOffered()).toBe(true);
  expect((await post('/unit/sync', { code: 'ABC' })).statusCode).toBe(303);
  expect(synced).toBe(1);
});

test('PLAT-011: each letter is sealed by itself on the hub; only a confirmed seal counts', async () => {
  const ordered: string[] = [];
  const library: Partial<Library> = {
    async orderSeal(_member, letter) {
      ordered.push(letter);
      return 'http://localhost:2/signing/task';
    },
    confirmSeal: async () => false,
  };
  const { get, post } = await platform('MIRROR', library);
  const sent = await post('/unit/letters/notice/seal');
  expect(sent.headers.location).toBe('http://localhost:2/signing/task');
  expect(ordered).toEqual(['notice']);
  expect((await get('/unit/sealed/notice')).body).toContain('还没有完成签章');
  expect((await post('/unit/letters/other/seal')).statusCode).toBe(404);
});

const mirrored: MirrorPackage = {
  pull: 'p1',
  platform: 'demo',
  syncedAt: '2026-11-21T01:02:03.000Z',
  libVersion: 17,
  entity: {
    id: 'e1',
    kind: 'ORGANISATION',
    name: identity.entityName,
    uscc: identity.uscc,
    roles: ['BIDDER'],
  },
  records: [],
  files: [],
  report: {
    complete: false,
    missing: [{ platformNode: '营业执照', libraryNodes: ['主体信息/营业执照'] }],
    unmapped: [{ libraryNode: '企业资质', record: 'r1', name: '资质.pdf', hint: '请调整上传节点' }],
    stale: [],
  },
  filesUntil: '2026-11-22T01:02:03.000Z',
};

test('PLAT-015, PLAT-016, MSG-28: the copy is shown with its version and what is missing, and cannot be edited here', async () => {
  seal('pledge', 'notice');
  store.change(identity.uscc, { mirror: { package: mirrored, operator: '5f3a' } });
  const { get, post } = await platform('MIRROR');
  const { body } = await get('/unit');
  expect(body).toContain('>17<');
  expect(body).toContain('2026-11-21 01:02:03');
  expect(body).toContain('缺少必需的电子件“营业执照”');
  expect(body).toContain('请调整上传节点');
  const refused = await post('/unit', { contact: 'x' });
  expect(refused.statusCode).toBe(409);
  expect(refused.body).toContain('已同步的主体信息不可在本平台修改，请前往主体信息库修改后重新同步');
  const filed = await post('/filing', { contact: '乌兰', phone: '13800000000', scope: '房建' });
  expect(filed.statusCode).toBe(409);
});

test('PLAT-021: no bidding before the entity is mirrored, approved here, or approved elsewhere and recognised', async () => {
  const mirror = await platform('MIRROR');
  expect((await mirror.get('/tender')).statusCode).toBe(403);
  store.change(identity.uscc, { mirror: { package: mirrored, operator: '5f3a' } });
  expect((await mirror.get('/tender')).statusCode).toBe(200);
  const local = await platform('LOCAL');
  expect((await local.get('/tender')).statusCode).toBe(403);
  store.change(identity.uscc, {
    recognition: { version: 1, approvedBy: { code: 'hohhot', name: '呼和浩特' } } as never,
  });
  expect((await local.get('/tender')).statusCode).toBe(200);
});

test('PLAT-042: chosen performances are returned as used, and no others', async () => {
  store.change(identity.uscc, { mirror: { package: mirrored, operator: '5f3a' } });
  const used: string[] = [];
  const records = ['a', 'b'].map((id) => ({ id, title: `业绩${id}`, values: {} }) as never);
  const { post } = await platform('MIRROR', {
    performances: async () => records,
    use: async (_member, { id }) => void used.push(id),
  });
  const answer = await post('/tender', { tenderNo: 'T-1', useStatus: '已投标', performance: 'b' });
  expect(answer.statusCode).toBe(303);
  expect(used).toEqual(['b']);
});

test('PLAT-040: what the hub posts is taken without a cookie and answered with its number; a page’s post is not', async () => {
  const { app } = await platform('LOCAL', { takeNotice: async (body) => body.length });
  const headers = { 'content-type': 'application/jose' };
  const taken = await app.inject({ method: 'POST', url: '/hufu/notices', headers, payload: 'a.b.c' });
  expect(taken.json()).toEqual({ seq: 5 });
  const foreign = await app.inject({ method: 'POST', url: '/unit/sync', headers, payload: 'x' });
  expect(foreign.statusCode).toBe(403);
});
