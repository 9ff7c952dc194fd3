import type {
  Admission,
  Attempt,
  EnterpriseProfile,
  LibraryKey,
  LibraryLogin,
  Problem,
} from '@hufu/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boundHolder, CODES, FIELDS } from '../../support/hub/hub-world.ts';
import { agreementsOf, anyCode, LIBRARY, registered, USER } from '../../support/library/entities.ts';
import {
  boundByPhone,
  find,
  openAct,
  ready,
  type ScanWorld,
  scanned,
  scanWorld,
  usedBy,
} from '../../support/scan/scan-world.ts';

/** A phone wherever a lock works: the endpoints behind it are the same, and do not know the difference. */
let world: ScanWorld;
beforeAll(async () => {
  world = await scanWorld();
});
afterAll(() => world.close());

test('HUB-040, HUB-051, MOB-063 a first scan binds the enterprise, a second one logs it in; the session says: by phone', async () => {
  const { browser, entityId } = await boundByPhone(world, await world.phone('first'));
  const session = await browser.call('/api/v1/hub/session');
  expect(session).toMatchObject({
    status: 200,
    body: { role: 'PRIMARY', certificate: { medium: 'phone' }, entity: { id: entityId } },
  });
  const { rows } = await world.infra.database.pool.query<{ acr: string; person: string }>(
    `select facts ->> 'acr' as acr, facts ->> 'phoneUserId' as person from login_session where entity_id = $1`,
    [entityId],
  );
  // Who scanned is the session's own knowledge: what they may do at platforms depends on it (MOB-050).
  expect(rows[0]).toEqual({ acr: 'urn:hufu:acr:phone', person: 'first' });
});

test('HUB-041 a personal certificate is shown with the manual’s sentence and cannot be confirmed', async () => {
  const phone = await world.phone('person');
  const personal = await world.certify(phone, { personal: true });
  const browser = world.browser();
  const { opened, seen } = await ready(browser, phone, 'bind');
  const sentence = '请使用“企业证书”绑定，请勿使用“个人证书”进行绑定。';
  expect(seen.certificates).toMatchObject([{ id: personal.id, problem: { message: sentence } }]);
  await expect(phone.sign(seen, usedBy(personal))).rejects.toMatchObject({
    code: 'PHONE_ENTERPRISE_CERTIFICATE',
  });
  expect((await find(browser, opened.id)).body).toMatchObject({ state: 'READY', result: null });
});

test('HUB-041 the hub refuses a personal certificate in the same words, whoever let it through', async () => {
  const phone = await world.phone('person-login');
  const personal = await world.certify(phone, { personal: true });
  const browser = world.browser();
  const proof = await scanned(browser, { phone, certificate: personal, act: 'login' });
  expect(await browser.call('/api/v1/hub/logins', { body: proof })).toMatchObject({
    status: 403,
    body: { title: '请使用“企业证书”绑定，请勿使用“个人证书”进行绑定。' },
  });
});

test('OD-04 an enterprise that a lock has bound is not bound again by phone: MSG-02', async () => {
  await boundHolder(world, { holder: { uscc: CODES[0], unitName: '已用锁绑定有限公司' } });
  const phone = await world.phone('late');
  const certificate = await world.certify(phone, { uscc: CODES[0], unitName: '已用锁绑定有限公司' });
  const browser = world.browser();
  const proof = await scanned(browser, { phone, certificate, act: 'bind' });
  const bound = await browser.call('/api/v1/hub/bindings', {
    body: { proof, fields: { ...FIELDS, uscc: CODES[0] } },
  });
  expect(bound).toMatchObject({ status: 409, body: { code: 'HUB_USCC_TAKEN' } });
});

test('LIB-REG-06, LIB-LOGIN-09 a phone that holds no certificate neither registers nor logs in', async () => {
  const phone = await world.phone('empty-handed');
  for (const act of ['library-register', 'library-login', 'login'] as const) {
    const browser = world.browser();
    const { opened, seen } = await ready(browser, phone, act);
    expect(seen.certificates).toEqual([]);
    expect((await find(browser, opened.id)).body).toMatchObject({ state: 'READY', result: null });
  }
});

test('HUB-053, MOB-033 a phone certificate that is not bound does not log in', async () => {
  const phone = await world.phone('unbound');
  const certificate = await world.certify(phone, { uscc: anyCode() });
  const browser = world.browser();
  const proof = await scanned(browser, { phone, certificate, act: 'login' });
  expect(await browser.call<Problem>('/api/v1/hub/logins', { body: proof })).toMatchObject({
    status: 403,
    body: { code: 'HUB_NOT_BOUND' },
  });
});

test('HUB-083, HUB-084 the primary lock’s session adds the phone as a secondary certificate: no code to type, and no other enterprise’s certificate', async () => {
  const { browser } = await boundHolder(world, { holder: { uscc: CODES[1], unitName: '加手机有限公司' } });
  const { entity } = (await browser.call<{ entity: { id: string } }>('/api/v1/hub/session')).body;
  const phone = await world.phone('secondary');
  const own = await world.certify(phone, {
    uscc: CODES[1],
    unitName: '加手机有限公司',
    entityId: entity.id,
  });
  const others = await world.certify(phone, { uscc: CODES[2], entityId: 'another-entity' });
  const { opened, seen } = await ready(browser, phone, 'activate');
  expect(seen).toMatchObject({ state: 'READY', code: null, entityName: '加手机有限公司' });
  expect(seen.certificates.map(({ id, problem }) => [id, problem?.code ?? null])).toEqual([
    [own.id, null],
    [others.id, 'PHONE_CERTIFICATE_OTHER'],
  ]);
  await expect(phone.sign(seen, usedBy(others))).rejects.toMatchObject({ code: 'PHONE_CERTIFICATE_OTHER' });
  await phone.give(seen, await phone.sign(seen, usedBy(own)));
  const { result } = (await find(browser, opened.id)).body;
  const activated = await browser.call<Attempt>('/api/v1/hub/enterprise/certificates', {
    body: (result as { proof: unknown }).proof,
  });
  expect(activated).toMatchObject({ status: 201, body: { outcome: 'ACTIVATED' } });
  const profile = await browser.call<EnterpriseProfile>('/api/v1/hub/enterprise');
  expect(profile.body.certificates.map(({ role, medium }) => [role, medium])).toContainEqual([
    'SECONDARY',
    'phone',
  ]);
});

test('HUB-083 a page that is not logged in can add nothing', async () => {
  const challenge = await world.browser().call('/api/v1/hub/challenges', { body: { act: 'activate' } });
  expect(challenge.status).toBe(401);
});

test('LIB-REG-05, LIB-LOGIN-01, MOB-062 registration and login of the library by scan', async () => {
  const phone = await world.phone('library');
  const certificate = await world.certify(phone, { uscc: anyCode(), unitName: '扫码注册有限公司' });
  const browser = world.browser();
  const read = await browser.call<Admission>(`${LIBRARY}/registration-readings`, {
    body: await scanned(browser, { phone, certificate, act: 'library-register' }),
  });
  expect(read).toMatchObject({ status: 201, body: { purpose: 'REGISTER', certType: 'MOBILE' } });
  const entered = await browser.call(`${LIBRARY}/registrations`, {
    body: {
      admissionId: read.body.id,
      agreements: await agreementsOf(browser),
      applicantName: '乌云其其格',
      applicantPhone: '13800138000',
      applicantIdNo: '11010519491231002X',
      roles: ['BIDDER'],
    },
  });
  expect(entered.status).toBe(201);
  const elsewhere = world.browser();
  const login = await elsewhere.call<LibraryLogin>(`${LIBRARY}/logins`, {
    body: await scanned(elsewhere, { phone, certificate, act: 'library-login' }),
  });
  expect(login).toMatchObject({ status: 201, body: { outcome: 'LOGGED_IN' } });
});

test('KEY-003 KEY-008 KEY-009 KEY-010 MOB-031 MOB-032 the library’s primary reads a phone certificate by scan; it must be of the same entity, and its values cannot be typed', async () => {
  const uscc = anyCode();
  const member = await registered(world, { uscc, unitName: '新增移动证书有限公司' });
  const phone = await world.phone('key');
  const entityId = member.session.entity.id;
  const certificate = await world.certify(phone, { uscc, unitName: '新增移动证书有限公司', entityId });
  const foreign = await world.certify(phone, { uscc: anyCode(), entityId: 'another-entity' });
  const { opened, seen } = await ready(member.browser, phone, 'library-key');
  expect(seen.code).toBeNull();
  await expect(phone.sign(seen, usedBy(foreign))).rejects.toMatchObject({ code: 'PHONE_CERTIFICATE_OTHER' });
  await phone.give(seen, await phone.sign(seen, usedBy(certificate)));
  const { result } = (await find(member.browser, opened.id)).body;
  const read = await member.browser.call<Admission>(`${LIBRARY}/key-readings`, {
    body: (result as { proof: unknown }).proof,
  });
  expect(read).toMatchObject({ status: 201, body: { certType: 'MOBILE' } });
  const added = await member.browser.call<LibraryKey>(`${LIBRARY}/keys`, {
    body: { admissionId: read.body.id, ...USER, serialNo: 'deadbeef', mediaNo: '1' },
  });
  expect(added).toMatchObject({ status: 201, body: { certType: 'MOBILE', state: 'SUBMITTED' } });
  expect(added.body.serialNo).not.toBe('deadbeef');
  expect(added.body.mediaNo).not.toBe('1');
});

test('the desk is entered with an operator’s lock: a scan serves none of its acts', async () => {
  const browser = world.browser();
  const challenge = await browser.call<{ challengeId: string }>('/api/v1/hub/challenges', {
    body: { act: 'desk-login' },
  });
  for (const purpose of ['desk-login', 'login']) {
    const opened = await browser.call('/api/v1/scan/sessions', {
      body: { purpose, challengeId: challenge.body.challengeId },
    });
    expect(opened.status).toBeGreaterThanOrEqual(400);
  }
});

test('MOB-050 every use stands in the evidence log before the vault’s answer leaves, with certificate, person and device', async () => {
  const phone = await world.phone('evident');
  const { certificate, entityId } = await boundByPhone(world, phone, { uscc: anyCode() });
  const { rows } = await world.infra.database.pool.query(
    `select actor_kind, actor_id, actor_certificate, subject_id, after from audit_entry
     where action = 'phone.sign' and subject_id = $1 order by id desc limit 1`,
    [certificate.id],
  );
  expect(rows[0]).toMatchObject({
    actor_kind: 'person',
    actor_id: 'evident',
    actor_certificate: certificate.fingerprint,
    after: { purpose: 'login', count: 1, device: 'evident-phone', origin: world.base },
  });
  expect(entityId).toBeTruthy();
  expect(world.phones.recorded.filter(({ certificateId }) => certificateId === certificate.id)).toMatchObject(
    [
      { purpose: 'bind', scope: 'HUB', outcome: 'DONE' },
      { purpose: 'login', scope: 'HUB', outcome: 'DONE' },
    ],
  );
});

test('MOB-033 the phone shows who asks, what for, from where, and the origin that is signed', async () => {
  const phone = await world.phone('looks');
  const browser = world.browser();
  const opened = await openAct(browser, 'login');
  const { body } = await phone.scan(opened.url);
  expect(body).toMatchObject({
    purpose: 'login',
    site: { name: '测试区CA互认系统', origin: world.base },
    from: { address: '127.0.0.*' },
    challenge: { act: 'login', origin: world.base },
    code: expect.stringMatching(/^\d{4}$/),
  });
  expect(opened.url).toMatch(new RegExp(`^${world.base}/phone/#/scan/[A-Za-z0-9_-]{43}$`));
});
