import { createHash } from 'node:crypto';
import type { Approval, AuditRow, DeskPlatform } from '@hufu/contracts';
import { canonicalJsonBytes, toBase64 } from '@hufu/kernel';
import { parseAuthStatement } from '@hufu/keybridge-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  boundHolder,
  decide,
  FIELDS,
  hubWorld,
  joinPlatform,
  type Operator,
  operators,
  type World,
} from '../../support/hub/hub-world.ts';
import { PROFILE, TestAuthority } from '../../support/hub/test-authority.ts';

let world: World;
let admin: Operator;
let reviewer: Operator;
let auditor: Operator;
let clerk: Operator;

beforeAll(async () => {
  world = await hubWorld({
    settings: {
      HUFU_RATE_LIMITS:
        '{"desk-login":{"requests":1000,"seconds":1},"hub-challenge":{"requests":1000,"seconds":1}}',
    },
  });
  [admin, reviewer, auditor, clerk] = await operators(world, [
    ['admin', 'reviewer'],
    ['reviewer'],
    ['auditor'],
    ['clerk'],
  ] as const);
}, 60_000);
afterAll(() => world.close());

const all = async (who: Operator) => (await who.browser.call<DeskPlatform[]>('/api/v1/desk/platforms')).body;
const find = async (code: string) => (await all(admin)).find((one) => one.code === code)!;

function formOf(platform: DeskPlatform) {
  const { clientId, suspended, suspendReason, code, ...form } = platform;
  return form;
}

describe('operators', () => {
  test('somebody whose certificate is no operator’s is refused', async () => {
    const browser = world.browser();
    const proof = await browser.proof('desk-login', await world.home.issue({ kind: '经办人' }));
    const answer = await browser.call('/api/v1/desk/session', { body: proof });
    expect(answer.body).toMatchObject({ status: 403, code: 'DESK_NOT_OPERATOR' });
  });

  test('an operator whose certificate was revoked is refused', async () => {
    const [gone] = await operators(world, [['clerk']] as const);
    world.home.revoke(gone.key);
    await world.trust.desk.refresh('nmca');
    const browser = world.browser();
    const proof = await browser.proof('desk-login', gone.key);
    expect((await browser.call('/api/v1/desk/session', { body: proof })).body).toMatchObject({
      code: 'CERTIFICATE_REVOKED',
    });
  });

  test('two people add a third; nobody grants what they do not hold; nobody decides their own proposal', async () => {
    const key = await world.home.issue({ kind: '经办人' });
    const form = { name: '新来的', certificate: toBase64(key.certificate), reason: '新同事' };
    const high = await admin.browser.call('/api/v1/desk/operators', {
      body: { ...form, roles: ['auditor'] },
    });
    expect(high.body).toMatchObject({ code: 'DESK_GRANT_TOO_HIGH' });
    const open = await admin.browser.call<Approval>('/api/v1/desk/operators', {
      body: { ...form, roles: ['reviewer'] },
    });
    expect(open).toMatchObject({ status: 202, body: { state: 'OPEN', mine: true } });
    const { id } = open.body;
    expect((await decide(admin, { id, decision: 'APPROVE' })).body).toMatchObject({
      code: 'DESK_SELF_APPROVAL',
    });
    expect((await decide(reviewer, { id, decision: 'APPROVE' })).body).toMatchObject({ state: 'APPROVED' });
    expect(
      (await decide(reviewer, { id, decision: 'APPROVE' }).catch((error) => error.answer)).body,
    ).toMatchObject({
      code: 'DESK_APPROVAL_CLOSED',
    });
    const browser = world.browser();
    const proof = await browser.proof('desk-login', key);
    expect((await browser.call('/api/v1/desk/session', { body: proof })).body).toMatchObject({
      operator: { name: '新来的', roles: ['reviewer'] },
    });
  });

  test('the last administrator stays; a disabled operator is out at once', async () => {
    const { body } = await admin.browser.call<{ id: string; roles: string[] }[]>('/api/v1/desk/operators');
    const idOf = (role: string) => body.find(({ roles }) => roles.includes(role))!.id;
    const last = await admin.browser.call(`/api/v1/desk/operators/${idOf('admin')}/disabling`, {
      body: { reason: '离职' },
    });
    expect(last.body).toMatchObject({ code: 'DESK_LAST_ADMIN' });
    const [leaving] = await operators(world, [['clerk']] as const);
    const me = await leaving.browser.call<{ operator: { id: string } }>('/api/v1/desk/session');
    await admin.browser.call(`/api/v1/desk/operators/${me.body.operator.id}/disabling`, {
      body: { reason: '离职' },
    });
    expect((await leaving.browser.call('/api/v1/desk/session')).body).toMatchObject({
      code: 'DESK_SESSION_REQUIRED',
    });
  });
});

describe('two people for dangerous steps', () => {
  test('a platform is changed by the word of two, with what changes shown', async () => {
    const before = await find('baotou');
    const change = { ...formOf(before), supportPhone: '0472-1234567', reason: '更换电话' };
    const open = await admin.browser.call<Approval>('/api/v1/desk/platforms/baotou', {
      method: 'PATCH',
      body: change,
    });
    expect(open.body.changes).toEqual([
      { field: 'supportPhone', before: '4009980000', after: '0472-1234567' },
    ]);
    expect(await find('baotou')).toMatchObject({ supportPhone: '4009980000' });
    await decide(reviewer, { id: open.body.id, decision: 'APPROVE' });
    expect(await find('baotou')).toMatchObject({ supportPhone: '0472-1234567', version: before.version + 1 });
  });

  test('the signature of a decision covers every field that was decided about, not the sentence alone', async () => {
    const { body } = await admin.browser.call<Approval>('/api/v1/desk/platforms/tongliao', {
      method: 'PATCH',
      body: { ...formOf(await find('tongliao')), supportPhone: '0475-7654321', reason: '更换电话' },
    });
    await decide(reviewer, { id: body.id, decision: 'APPROVE' });
    const { rows } = await world.infra.database.pool.query('select * from approval where id = $1', [body.id]);
    const { id, kind, subject, subject_state: subjectState, changes, payload, reason } = rows[0];
    const content = { id, kind, subject, subjectState, changes, payload, reason };
    expect(payload).toMatchObject({ fields: { supportPhone: '0475-7654321' } });
    const digest = createHash('sha256').update(canonicalJsonBytes(content)).digest('hex');
    const statement = parseAuthStatement(new Uint8Array(rows[0].decision_statement));
    expect(statement.summary).toBe(`同意：${rows[0].summary}（内容摘要 ${digest}）`);
  });

  test('a no changes nothing; a signature for no does not serve as one for yes', async () => {
    const change = { ...formOf(await find('alxa')), supportPhone: '1', reason: '测试' };
    const { body } = await admin.browser.call<Approval>('/api/v1/desk/platforms/alxa', {
      method: 'PATCH',
      body: change,
    });
    const proof = await reviewer.browser.proof('desk-approve', reviewer.key, {
      subject: `REJECT:${body.id}`,
    });
    const turned = await reviewer.browser.call(`/api/v1/desk/approvals/${body.id}/decision`, {
      body: { decision: 'APPROVE', note: '', proof },
    });
    expect(turned.body).toMatchObject({ code: 'HUB_CHALLENGE_FOREIGN' });
    expect((await decide(reviewer, { id: body.id, decision: 'REJECT' })).body).toMatchObject({
      state: 'REJECTED',
    });
    expect(await find('alxa')).toMatchObject({ supportPhone: '0483-8345573' });
  });

  test('a decision needs the operator’s own key', async () => {
    const { body } = await admin.browser.call<Approval>('/api/v1/desk/platforms/wuhai', {
      method: 'PATCH',
      body: { ...formOf(await find('wuhai')), supportPhone: '2', reason: '测试' },
    });
    const stolen = { browser: reviewer.browser, key: admin.key };
    expect((await decide(stolen, { id: body.id, decision: 'APPROVE' })).body).toMatchObject({
      code: 'DESK_NOT_OPERATOR',
    });
    const withdrawn = await admin.browser.call(`/api/v1/desk/approvals/${body.id}`, { method: 'DELETE' });
    expect(withdrawn.body).toMatchObject({ state: 'WITHDRAWN' });
  });

  test('a proposal whose subject changed meanwhile is stale', async () => {
    const { body } = await admin.browser.call<Approval>('/api/v1/desk/platforms/erenhot', {
      method: 'PATCH',
      body: { ...formOf(await find('erenhot')), supportPhone: '3', reason: '测试' },
    });
    await joinPlatform(world, 'erenhot');
    expect((await decide(reviewer, { id: body.id, decision: 'APPROVE' })).body).toMatchObject({
      code: 'DESK_STALE_PROPOSAL',
    });
    expect(await find('erenhot')).toMatchObject({ supportPhone: '4009980000' });
  });

  test('what a since disabled operator proposed cannot be approved, only refused', async () => {
    const [leaving] = await operators(world, [['admin']] as const);
    const me = await leaving.browser.call<{ operator: { id: string } }>('/api/v1/desk/session');
    const propose = async (code: string) =>
      (
        await leaving.browser.call<Approval>(`/api/v1/desk/platforms/${code}`, {
          method: 'PATCH',
          body: { ...formOf(await find(code)), supportPhone: '4', reason: '测试' },
        })
      ).body.id;
    const id = await propose('chifeng');
    await admin.browser.call(`/api/v1/desk/operators/${me.body.operator.id}/disabling`, {
      body: { reason: '离职' },
    });
    expect((await decide(reviewer, { id, decision: 'APPROVE' })).body).toMatchObject({
      status: 409,
      code: 'DESK_PROPOSER_GONE',
    });
    expect(await find('chifeng')).not.toMatchObject({ supportPhone: '4' });
    expect((await decide(reviewer, { id, decision: 'REJECT' })).body).toMatchObject({ state: 'REJECTED' });
  });

  test('an authority that has not joined is let in by two; one that has is not let in again', async () => {
    const waiting = new TestAuthority({ id: 'waiting', now: () => Date.now() });
    await world.trust.seed({ profiles: [PROFILE], authorities: [await waiting.form(false)] });
    const path = '/api/v1/desk/authorities/waiting/joining';
    const isIn = async () => (await world.trust.desk.find('waiting')).joined;
    expect((await reviewer.browser.call(path, { body: { reason: '签约' } })).body).toMatchObject({
      code: 'DESK_FORBIDDEN',
    });
    const open = await admin.browser.call<Approval>(path, { body: { reason: '签约' } });
    expect(open).toMatchObject({ status: 202, body: { kind: 'CA_RECOGNISE', subject: 'waiting' } });
    expect(await isIn()).toBe(false);
    await decide(reviewer, { id: open.body.id, decision: 'APPROVE' });
    expect(await isIn()).toBe(true);
    expect((await admin.browser.call(path, { body: { reason: '再来' } })).body).toMatchObject({
      code: 'TRUST_JOINED_ALREADY',
    });
  });

  test('one person suspends a platform at once; two lift it', async () => {
    await joinPlatform(world, 'hohhot');
    const path = '/api/v1/desk/platforms/hohhot/suspension';
    expect((await reviewer.browser.call(path, { body: { reason: '异常' } })).body).toMatchObject({
      suspended: true,
    });
    expect(await world.platforms.clients.find('hohhot')).toMatchObject({ suspended: true });
    const lift = await reviewer.browser.call<Approval>(path, { method: 'DELETE', body: { reason: '恢复' } });
    expect(lift.status).toBe(202);
    await decide(admin, { id: lift.body.id, decision: 'APPROVE' });
    expect(await world.platforms.clients.find('hohhot')).toMatchObject({ suspended: false });
  });

  test('an authority is suspended by one and taken up again by two', async () => {
    const path = '/api/v1/desk/authorities/zjca/suspension';
    expect((await reviewer.browser.call(path, { body: { reason: '调查' } })).body).toMatchObject({
      status: 'SUSPENDED',
    });
    const lift = await reviewer.browser.call<Approval>(path, { method: 'DELETE', body: { reason: '结束' } });
    expect((await decide(admin, { id: lift.body.id, decision: 'APPROVE' })).body).toMatchObject({
      state: 'APPROVED',
    });
    const list = await admin.browser.call<{ id: string; status: string }[]>('/api/v1/desk/authorities');
    expect(list.body.find(({ id }) => id === 'zjca')).toMatchObject({ status: 'ACTIVE' });
  });
});

test('HUB-011 a platform is registered by one and joins by the word of two; its secret is shown once', async () => {
  const added = await admin.browser.call<{ clientSecret: string; platform: DeskPlatform }>(
    '/api/v1/desk/platforms',
    {
      body: {
        ...formOf(await find('baotou')),
        version: undefined,
        code: 'new-platform',
        name: '新平台',
        // What the form does not ask is not taken over either.
        joined: true,
        initiateLoginUri: 'https://new.example/start',
        reason: '新接入',
      },
    },
  );
  expect(added).toMatchObject({ status: 201, body: { platform: { joined: false } } });
  const { clientId } = added.body.platform;
  const { clients } = world.platforms;
  expect(await clients.find(clientId)).toBeUndefined();
  const joining = await admin.browser.call<Approval>('/api/v1/desk/platforms/new-platform', {
    method: 'PATCH',
    body: { ...formOf(added.body.platform), joined: true, reason: '接入互认' },
  });
  expect(joining.body.changes).toEqual([{ field: 'joined', before: 'false', after: 'true' }]);
  expect((await decide(admin, { id: joining.body.id, decision: 'APPROVE' })).body).toMatchObject({
    code: 'DESK_SELF_APPROVAL',
  });
  expect(await clients.find(clientId)).toBeUndefined();
  await decide(reviewer, { id: joining.body.id, decision: 'APPROVE' });
  expect(await clients.find(clientId)).toMatchObject({ name: '新平台' });
  const isItsSecret = async (secret: string) => {
    await clients.find(clientId);
    return clients.verifySecret(clientId, secret);
  };
  expect(await isItsSecret(added.body.clientSecret)).toBe(true);
  const rotated = await admin.browser.call<{ clientSecret: string }>(
    '/api/v1/desk/platforms/new-platform/secret',
    {
      body: { reason: '定期更换' },
    },
  );
  expect(await isItsSecret(added.body.clientSecret)).toBe(false);
  expect(await isItsSecret(rotated.body.clientSecret)).toBe(true);
  const hostile = await admin.browser.call('/api/v1/desk/platforms/new-platform', {
    method: 'PATCH',
    body: {
      ...formOf(await find('new-platform')),
      redirectUris: ['http://evil.example/callback'],
      reason: '测试',
    },
  });
  expect(hostile.body).toMatchObject({ code: 'PLATFORM_ADDRESS' });
});

describe('records of enterprises', () => {
  let entityId: string;
  beforeAll(async () => {
    await boundHolder(world);
    const { body } = await clerk.browser.call<{ items: { entityId: string }[] }>(
      '/api/v1/desk/bindings?q=测试建设',
    );
    entityId = body.items[0]!.entityId;
  });

  test('are listed masked', async () => {
    const { body } = await clerk.browser.call(`/api/v1/desk/bindings/${entityId}`);
    expect(body).toMatchObject({ uscc: FIELDS.uscc, legalRepMasked: '张**', phoneMasked: '138****8000' });
    expect(JSON.stringify(body)).not.toContain(FIELDS.legalRep);
  });

  test('are revealed to those who may, for a reason, which is audited without the data', async () => {
    const path = `/api/v1/desk/bindings/${entityId}/reveal`;
    expect((await auditor.browser.call(path, { body: { reason: '好奇' } })).body).toMatchObject({
      code: 'DESK_FORBIDDEN',
    });
    expect((await clerk.browser.call(path, { body: { reason: '' } })).status).toBe(422);
    const shown = await clerk.browser.call(path, { body: { reason: '核对解绑申请' } });
    expect(shown.body).toMatchObject({ legalRep: FIELDS.legalRep, phone: FIELDS.phone });
    const { body } = await auditor.browser.call<{ items: AuditRow[] }>(
      '/api/v1/desk/audit?action=enterprise.reveal',
    );
    expect(body.items[0]).toMatchObject({ reason: '核对解绑申请', subject: entityId, actor: '操作员3' });
    expect(JSON.stringify(body)).not.toContain(FIELDS.phone);
  });

  test('sessions are seen and ended', async () => {
    const { browser } = await boundHolder(world, {
      holder: { uscc: '91420000757013137P', unitName: '在线单位' },
    });
    const { body } = await reviewer.browser.call<{ items: { id: string; unitName: string }[] }>(
      '/api/v1/desk/sessions?pageSize=100',
    );
    const live = body.items.find(({ unitName }) => unitName === '在线单位')!;
    const ended = await reviewer.browser.call(`/api/v1/desk/sessions/${live.id}`, {
      method: 'DELETE',
      body: { reason: '可疑' },
    });
    expect(ended.status).toBe(204);
    expect((await browser.call('/api/v1/hub/session')).status).toBe(401);
  });
});

test('the audit log is exported as XLSX and CSV, and the export is in it', async () => {
  const xlsx = await auditor.browser.call<string>('/api/v1/desk/audit/export');
  expect(xlsx.headers.get('content-type')).toContain('spreadsheetml');
  expect(xlsx.body.startsWith('PK')).toBe(true);
  const csv = await auditor.browser.call<string>('/api/v1/desk/audit/export?format=csv&outcome=REFUSED');
  expect(csv.body).toContain('DESK_SELF_APPROVAL');
  const { body } = await auditor.browser.call<{ total: number }>('/api/v1/desk/audit?action=audit.export');
  expect(body.total).toBe(2);
});

test('the overview counts', async () => {
  const { body } = await auditor.browser.call('/api/v1/desk/overview');
  expect(body).toMatchObject({ enterprises: 2, deadLetters: 0, authorities: expect.any(Array) });
});

test('the desk is founded once', async () => {
  const founder = { name: '甲', roles: ['admin' as const], certificate: toBase64(admin.key.certificate) };
  await expect(world.desk.bootstrap([founder])).rejects.toMatchObject({ code: 'DESK_FORBIDDEN' });
});
