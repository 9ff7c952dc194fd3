import type { EnterpriseProfile } from '@hufu/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type BoundHolder,
  bind,
  boundHolder,
  CODES,
  FIELDS,
  hubWorld,
  joinPlatform,
  logIn,
  type World,
} from '../../support/hub/hub-world.ts';

let world: World;
let holder: BoundHolder;
const UNIT = '内蒙古测试建设有限公司';
const DAY = 86_400_000;

beforeAll(async () => {
  world = await hubWorld();
  holder = await boundHolder(world, { holder: { keyNo: 'KEY-1' } });
});
afterAll(() => world.close());

const profileOf = async ({ browser }: BoundHolder) =>
  (await browser.call<EnterpriseProfile>('/api/v1/hub/enterprise')).body;

async function activate({ browser }: BoundHolder, key: BoundHolder['key'], mediaNo = 'M-2') {
  const proof = await browser.proof('activate', key, { mediaNo });
  return browser.call('/api/v1/hub/enterprise/certificates', { body: proof });
}

describe('HUB-022 … HUB-034 binding', () => {
  test('HUB-029 the same certificate again: 已绑定, and nothing is overwritten', async () => {
    const before = await profileOf(holder);
    const again = await bind(world.browser(), holder.key, { address: '别的地址九百号' });
    expect(again).toMatchObject({ status: 200, body: { outcome: 'ALREADY_BOUND' } });
    expect(await profileOf(holder)).toMatchObject({ address: FIELDS.address, version: before.version });
  });

  test('HUB-030 refuses a second certificate for a known USCC', async () => {
    const answer = await bind(world.browser(), await world.home.issue());
    expect(answer.body).toMatchObject({
      status: 409,
      code: 'HUB_USCC_TAKEN',
      title: '您录入的统一社会信用代码已在系统中，表明贵公司已有CA数字证书在系统中绑定',
    });
  });

  test('OD-03 refuses a code that is not the certificate’s', async () => {
    const key = await world.home.issue({ uscc: CODES[0] });
    const answer = await bind(world.browser(), key, { uscc: CODES[1] });
    expect(answer.body).toMatchObject({ code: 'HUB_USCC_MISMATCH', status: 422 });
  });

  test('HUB-031 refuses a legal representative’s key, and says both things', async () => {
    const answer = await bind(
      world.browser(),
      await world.home.issue({ kind: '法定代表人', uscc: CODES[0] }),
      {
        uscc: CODES[0],
      },
    );
    expect(answer.body).toMatchObject({
      title: '请使用“企业锁”绑定，请勿使用“法人锁”绑定。',
      hint: '法人锁不支持跨平台投标，请使用企业锁进行相关交易活动。',
    });
  });

  test('HUB-041 refuses an individual’s certificate', async () => {
    const key = await world.home.issue({ kind: '个人', uscc: CODES[0] });
    const answer = await bind(world.browser(), key, { uscc: CODES[0] });
    expect(answer.body).toMatchObject({ title: '请使用“企业证书”绑定，请勿使用“个人证书”进行绑定。' });
  });

  test.each([
    ['HUB-022', { uscc: '91150102MA0N00016X' }, 'fields.uscc'],
    ['HUB-024', { legalRep: '张' }, 'fields.legalRep'],
    ['HUB-025', { phone: '12345' }, 'fields.phone'],
    ['HUB-026', { address: ' ' }, 'fields.address'],
    ['HUB-027', { roles: [] }, 'fields.roles'],
  ])('%s refuses a missing or wrong field, by name', async (_id, fields, path) => {
    const key = await world.home.issue({ uscc: CODES[0] });
    const answer = await bind(world.browser(), key, fields);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(JSON.stringify(answer.body['errors'])).toContain(path);
  });

  test('HUB-023 refuses a city of another region', async () => {
    const key = await world.home.issue({ uscc: CODES[0] });
    const answer = await bind(world.browser(), key, { uscc: CODES[0], regCity: '310000' });
    expect(answer.body).toMatchObject({ code: 'HUB_CITY_UNKNOWN' });
  });

  test('a field of 100,000 characters is refused before anything reads it', async () => {
    const key = await world.home.issue({ uscc: CODES[0] });
    const answer = await bind(world.browser(), key, { uscc: CODES[0], address: '长'.repeat(100_000) });
    expect([413, 422]).toContain(answer.status);
  });

  test('personal data is sealed in the database', async () => {
    const { rows } = await world.infra.database.pool.query('select * from enterprise');
    const stored = JSON.stringify(rows);
    for (const text of [FIELDS.legalRep, FIELDS.phone, FIELDS.address]) expect(stored).not.toContain(text);
  });
});

describe('HUB-080 … HUB-088 personal information and locks', () => {
  test('HUB-087 the primary changes identity types; a stale version is told what changed', async () => {
    const before = await profileOf(holder);
    const save = (version: number, roles: string[]) =>
      holder.browser.call('/api/v1/hub/enterprise', { method: 'PATCH', body: { version, roles } });
    expect((await save(before.version, ['BIDDER', 'AGENCY'])).body).toMatchObject({
      roles: ['BIDDER', 'AGENCY'],
      version: before.version + 1,
    });
    expect((await save(before.version, ['TENDEREE'])).body).toMatchObject({
      code: 'HUB_VERSION_CONFLICT',
      fields: { changed: ['roles'] },
    });
  });

  test('HUB-083 a secondary lock is activated while the primary is unplugged, and logs in', async () => {
    const spare = await world.home.issue({ keyNo: 'KEY-2' });
    const preview = await holder.browser.call('/api/v1/hub/certificate-previews', {
      body: { certificate: Buffer.from(spare.certificate).toString('base64'), mediaNo: 'M-2' },
    });
    expect(preview.body).toMatchObject({
      eligible: true,
      boundTo: 'NOBODY',
      certificate: { certKeyNo: 'KEY-2' },
    });
    expect((await activate(holder, spare)).body).toMatchObject({ outcome: 'ACTIVATED' });
    const browser = world.browser();
    expect((await logIn(browser, spare)).body).toMatchObject({ session: { role: 'SECONDARY' } });

    const secondary = { browser, key: spare };
    expect(await profileOf(secondary)).toMatchObject({ editable: false });
    const change = await browser.call('/api/v1/hub/enterprise', { method: 'PATCH', body: { version: 1 } });
    expect(change.body).toMatchObject({
      status: 403,
      title: '当前锁不是主锁，仅可查看；如需维护信息请使用主锁登录',
    });

    const row = (await profileOf(holder)).certificates.find(({ role }) => role === 'SECONDARY');
    expect(row).toMatchObject({ certKeyNo: 'KEY-2', mediaNo: 'M-2', status: 'VALID' });
    const gone = await holder.browser.call(`/api/v1/hub/enterprise/certificates/${row?.id}`, {
      method: 'DELETE',
    });
    expect(gone.status).toBe(200);
    expect((await browser.call('/api/v1/hub/session')).status).toBe(401);
    expect((await logIn(world.browser(), spare)).body).toMatchObject({ code: 'HUB_NOT_BOUND' });
    expect((await activate(holder, spare)).body).toMatchObject({ outcome: 'ACTIVATED' });
  });

  test('HUB-084 MSG-21 a lock of another unit name fails; brackets of either width are one name', async () => {
    const other = await world.home.issue({ unitName: `${UNIT}第一分公司` });
    expect((await activate(holder, other)).body).toMatchObject({
      code: 'HUB_NAME_MISMATCH',
      title: '副锁单位名称与主锁不一致，绑定失败',
    });
    const wide = await boundHolder(world, { holder: { uscc: CODES[1], unitName: '甲（集团）公司' } });
    const narrow = await world.home.issue({ uscc: CODES[1], unitName: '甲(集团)公司' });
    expect((await activate(wide, narrow)).body).toMatchObject({ outcome: 'ACTIVATED' });
  });

  test('HUB-086 the primary cannot be deleted', async () => {
    const primary = (await profileOf(holder)).certificates.find(({ role }) => role === 'PRIMARY');
    const answer = await holder.browser.call(`/api/v1/hub/enterprise/certificates/${primary?.id}`, {
      method: 'DELETE',
    });
    expect(answer.body).toMatchObject({ code: 'HUB_PRIMARY_NOT_DELETABLE' });
  });

  test('a certificate of another enterprise is neither deleted nor taken over', async () => {
    const stranger = await boundHolder(world, { holder: { uscc: CODES[2], unitName: UNIT } });
    const [theirs] = (await profileOf(stranger)).certificates;
    const remove = await holder.browser.call(`/api/v1/hub/enterprise/certificates/${theirs?.id}`, {
      method: 'DELETE',
    });
    expect(remove.body).toMatchObject({ code: 'HUB_CERTIFICATE_UNKNOWN' });
    expect((await activate(holder, stranger.key)).body).toMatchObject({ code: 'HUB_BOUND_ELSEWHERE' });
  });

  test('an activation must be signed by the new key, for this session', async () => {
    const spare = await world.home.issue({ keyNo: 'KEY-9' });
    const proof = await holder.browser.proof('activate', { ...spare, signer: holder.key.signer });
    const answer = await holder.browser.call('/api/v1/hub/enterprise/certificates', { body: proof });
    expect(answer.body).toMatchObject({ code: 'HUB_SIGNATURE_INVALID' });
    const kept = await holder.browser.proof('activate', spare);
    await logIn(holder.browser, holder.key);
    const late = await holder.browser.call('/api/v1/hub/enterprise/certificates', { body: kept });
    expect(late.body).toMatchObject({ code: 'HUB_CHALLENGE_FOREIGN' });
  });
});

test('OD-40 a renewed certificate is recognised, keeps its role, and the primary is told', async () => {
  const renewed = await world.home.issue({ keyNo: 'KEY-1', validFrom: Date.now() - DAY });
  const browser = world.browser();
  expect((await logIn(browser, renewed)).body).toMatchObject({
    session: { role: 'PRIMARY', advice: [{ code: 'CERTIFICATE_RENEWED' }] },
  });
  const notices = await browser.call<{ kind: string }[]>('/api/v1/hub/notices');
  expect(notices.body.map(({ kind }) => kind)).toContain('CERTIFICATE_RENEWED');
  expect((await logIn(world.browser(), holder.key)).body).toMatchObject({ code: 'HUB_NOT_BOUND' });
  expect((await holder.browser.call('/api/v1/hub/session')).status).toBe(401);

  const older = await world.home.issue({ keyNo: 'KEY-1', validFrom: Date.now() - 200 * DAY });
  expect((await logIn(world.browser(), older)).body).toMatchObject({ code: 'HUB_NOT_BOUND' });
  const otherKeyNo = await world.home.issue({ keyNo: 'KEY-77', validFrom: Date.now() });
  expect((await logIn(world.browser(), otherKeyNo)).body).toMatchObject({ code: 'HUB_NOT_BOUND' });
  holder = { browser, key: renewed };
});

describe('HUB-010, HUB-011, HUB-063 platforms', () => {
  test('one that has not joined is shown and refused with the manual’s words', async () => {
    const answer = await holder.browser.call('/api/v1/hub/authorisations', { body: { platform: 'baotou' } });
    expect(answer.body).toMatchObject({
      code: 'HUB_PLATFORM_NOT_JOINED',
      title: '投标人所在盟市交易中心是否可使用CA互认驱动，请咨询中心相关业务科室。',
    });
  });

  test('one that is suspended between the two confirmations is not entered', async () => {
    await joinPlatform(world, 'ordos');
    const { body } = await holder.browser.call<{ id: string }>('/api/v1/hub/authorisations', {
      body: { platform: 'ordos' },
    });
    const { database } = world.infra;
    await database.db.transaction().execute((tx) =>
      world.platforms.suspend(tx as never, {
        code: 'ordos',
        by: { actor: { kind: 'system' }, reason: 'incident' },
      }),
    );
    const confirmed = await holder.browser.call(`/api/v1/hub/authorisations/${body.id}/confirm`, {
      method: 'POST',
    });
    expect(confirmed.body).toMatchObject({ code: 'HUB_PLATFORM_SUSPENDED', status: 403 });
  });

  test('HUB-066 whose certificate is no longer bound at the second confirmation activates nothing', async () => {
    await joinPlatform(world, 'tongliao');
    const spare = await world.home.issue({ keyNo: 'KEY-66', validFrom: Date.now() - DAY });
    expect((await activate(holder, spare)).body).toMatchObject({ outcome: 'ACTIVATED' });
    const browser = world.browser();
    await logIn(browser, spare);
    const { body } = await browser.call<{ id: string }>('/api/v1/hub/authorisations', {
      body: { platform: 'tongliao' },
    });
    const { certificates } = await profileOf(holder);
    const { id } = certificates.find(({ certKeyNo }) => certKeyNo === 'KEY-66')!;
    await holder.browser.call(`/api/v1/hub/enterprise/certificates/${id}`, { method: 'DELETE' });
    const confirmed = await browser.call(`/api/v1/hub/authorisations/${body.id}/confirm`, { method: 'POST' });
    expect(confirmed.body).toMatchObject({ status: 401, code: 'HUB_SESSION_REQUIRED' });
    expect((await logIn(browser, spare)).body).toMatchObject({ code: 'HUB_NOT_BOUND' });
    const targets = await holder.browser.call<{ code: string }[]>('/api/v1/hub/targets');
    expect(targets.body.find(({ code }) => code === 'tongliao')).toMatchObject({ activatedAt: null });
  });

  test('an authorisation serves only the session that gave it', async () => {
    await joinPlatform(world, 'wuhai');
    const { body } = await holder.browser.call<{ id: string }>('/api/v1/hub/authorisations', {
      body: { platform: 'wuhai' },
    });
    const other = world.browser();
    await logIn(other, holder.key);
    const path = `/api/v1/hub/authorisations/${body.id}`;
    expect((await other.call(path)).body).toMatchObject({ code: 'HUB_AUTHORISATION_EXPIRED' });
    expect((await other.call(`${path}/confirm`, { method: 'POST' })).status).toBe(410);
    expect((await holder.browser.call(path)).body).toMatchObject({ firstTime: true });
  });
});
