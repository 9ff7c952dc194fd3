import type { PhoneEnterprise, PhonePeople, PhoneTransfer } from '@hufu/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { CODES } from '../../support/hub/hub-world.ts';
import { anyCode, ID_NUMBERS, registered } from '../../support/library/entities.ts';
import type { Handset } from '../../support/phone/handset.ts';
import { type PhoneWorld, phoneWorld } from '../../support/phone/phone-world.ts';

type Refused = { code?: string };
const NAME = '内蒙古青山建设工程有限公司';

let world: PhoneWorld;
let admin: Handset;
let clerk: Handset;
let stranger: Handset;
let enterprise: PhoneEnterprise;

beforeAll(async () => {
  world = await phoneWorld();
  admin = await world.user('13900000021', { name: '王小明', idNo: ID_NUMBERS[0] });
  clerk = await world.user('13900000022', { name: '李小红', idNo: ID_NUMBERS[1] });
  stranger = await world.handset();
  await world.logIn(stranger, '13900000023');
}, 120_000);
afterAll(() => world.close());

const claim = (handset: Handset, form: { name: string; uscc: string }) =>
  handset.browser.call<PhoneEnterprise & Refused>('/api/v1/phone/claims', { body: form });
const approve = (handset: Handset, entityId: string) =>
  withTransaction(world.infra.database, (tx) =>
    world.phone.people.approveClaim(tx, {
      entityId,
      userId: world.callerOf(handset).userId,
      orderId: 'order',
    }),
  );
const peopleOf = async (handset: Handset) =>
  (await handset.browser.call<PhonePeople & Refused>(`/api/v1/phone/enterprises/${enterprise.id}/people`))
    .body;
const personIdOf = async (handset: Handset) => (await peopleOf(handset)).people.find(({ self }) => self)!.id;
const invite = (handset: Handset, mobile: string) =>
  handset.browser.call<{ id: string } & Refused>(`/api/v1/phone/enterprises/${enterprise.id}/invitations`, {
    body: { mobile },
  });
const approvals = async (handset: Handset) =>
  (
    await handset.browser.call<{ invitations: { id: string }[]; transfers: PhoneTransfer[] }>(
      '/api/v1/phone/approvals',
    )
  ).body;
const answer = (handset: Handset, what: string, accept: boolean) =>
  handset.browser.call<Refused>(`/api/v1/phone/${what}/answer`, { body: { accept } });

describe('认领企业', () => {
  test('MOB-011 refuses a code that is none', async () => {
    const { status } = await claim(admin, { name: NAME, uscc: '91150102MA0N00016H' });
    expect(status).toBe(422);
  });

  test('MOB-011 a claim gives no right before an order is approved', async () => {
    const { status, body } = await claim(admin, { name: NAME, uscc: CODES[0] });
    expect([status, body.standing]).toEqual([201, 'CLAIMED']);
    enterprise = body;
    const people = await admin.browser.call<Refused>(`/api/v1/phone/enterprises/${body.id}/people`);
    expect([people.status, people.body.code]).toEqual([404, 'PHONE_UNKNOWN']);
  });

  test('OD-32 the first claimant whose order is approved is the administrator, and the only one', async () => {
    expect((await claim(clerk, { name: NAME, uscc: CODES[0] })).status).toBe(201);
    await approve(admin, enterprise.id);
    await expect(approve(clerk, enterprise.id)).rejects.toMatchObject({ code: 'PHONE_ENTERPRISE_TAKEN' });
    await expect(approve(admin, enterprise.id)).resolves.toBeUndefined();
    const later = await claim(clerk, { name: NAME, uscc: CODES[0] });
    expect([later.status, later.body.code]).toEqual([409, 'PHONE_ENTERPRISE_TAKEN']);
    const listed = await clerk.browser.call<PhoneEnterprise[]>('/api/v1/phone/enterprises');
    expect(listed.body).toEqual([]);
  });

  test('of two approvals at once one counts', async () => {
    const form = { name: '内蒙古草原建设有限公司', uscc: CODES[1] };
    const { body } = await claim(admin, form);
    await claim(clerk, form);
    const both = await Promise.allSettled([approve(admin, body.id), approve(clerk, body.id)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('MOB-011 the name is the one on record', async () => {
    const uscc = anyCode();
    await registered(world, { uscc, unitName: '内蒙古河套水利有限公司' });
    const wrong = await claim(admin, { name: '内蒙古别家有限公司', uscc });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'PHONE_NAME_MISMATCH']);
    expect((await claim(admin, { name: '内蒙古河套水利有限公司', uscc })).status).toBe(201);
  });

  test('a claim can be taken back, by its claimant alone', async () => {
    const { body } = await claim(admin, { name: '内蒙古青城工程有限公司', uscc: anyCode() });
    const drop = (handset: Handset) =>
      handset.browser.call(`/api/v1/phone/claims/${body.claimId}`, { method: 'DELETE' });
    expect((await drop(clerk)).status).toBe(404);
    expect((await drop(admin)).status).toBe(204);
    expect((await drop(admin)).status).toBe(404);
  });
});

describe('人员管理', () => {
  test('the administrator invites by number; who holds it joins', async () => {
    expect((await invite(clerk, '13900000022')).status).toBe(404);
    const { status } = await invite(admin, '13900000022');
    expect(status).toBe(201);
    expect((await invite(admin, '13900000022')).body.code).toBe('PHONE_PERSON_ALREADY');
    const [waiting] = (await approvals(clerk)).invitations;
    expect((await answer(admin, `invitations/${waiting!.id}`, true)).status).toBe(404);
    expect((await answer(clerk, `invitations/${waiting!.id}`, true)).status).toBe(204);
    expect((await answer(clerk, `invitations/${waiting!.id}`, true)).body.code).toBe('PHONE_ANSWERED');
    const seen = await peopleOf(clerk);
    expect(seen.people.map(({ name, role }) => [name, role])).toEqual([
      ['王**', 'ADMIN'],
      ['李小红', 'OPERATOR'],
    ]);
    expect(seen.invitations).toEqual([]);
    expect((await peopleOf(admin)).people.map(({ name }) => name)).toEqual(['王小明', '李小红']);
  });

  test('an invitation that was withdrawn lets nobody in', async () => {
    const { body } = await invite(admin, '13900000029');
    const withdraw = (handset: Handset) =>
      handset.browser.call<Refused>(`/api/v1/phone/invitations/${body.id}`, { method: 'DELETE' });
    expect((await withdraw(clerk)).body.code).toBe('PHONE_ADMIN_ONLY');
    expect((await withdraw(admin)).status).toBe(204);
    const late = await world.user('13900000029', { name: '赵小刚', idNo: ID_NUMBERS[2] });
    expect((await approvals(late)).invitations).toEqual([]);
    expect((await answer(late, `invitations/${body.id}`, true)).body.code).toBe('PHONE_ANSWERED');
  });

  test('a person may not invite, remove or grant', async () => {
    expect((await invite(clerk, '13900000028')).body.code).toBe('PHONE_ADMIN_ONLY');
    const adminId = (await peopleOf(clerk)).people.find(({ role }) => role === 'ADMIN')!.id;
    const removed = await clerk.browser.call<Refused>(
      `/api/v1/phone/enterprises/${enterprise.id}/people/${adminId}`,
      { method: 'DELETE' },
    );
    expect(removed.body.code).toBe('PHONE_ADMIN_ONLY');
  });

  test('the administrator cannot leave', async () => {
    const own = await personIdOf(admin);
    const left = await admin.browser.call<Refused>(
      `/api/v1/phone/enterprises/${enterprise.id}/people/${own}`,
      {
        method: 'DELETE',
      },
    );
    expect(left.body.code).toBe('PHONE_ADMIN_STAYS');
  });
});

describe('转授管理员', () => {
  const offer = (handset: Handset, personId: string) =>
    handset.browser.call<PhoneTransfer & Refused>(`/api/v1/phone/enterprises/${enterprise.id}/transfers`, {
      body: { personId },
    });

  test('MOB-046 the administrator alone offers it, to one person at a time', async () => {
    const clerkId = await personIdOf(clerk);
    expect((await offer(clerk, clerkId)).body.code).toBe('PHONE_ADMIN_ONLY');
    expect((await offer(admin, await personIdOf(admin))).body.code).toBe('PHONE_UNKNOWN');
    const first = await offer(admin, clerkId);
    expect([first.status, first.body.state]).toEqual([201, 'OFFERED']);
    expect((await offer(admin, clerkId)).body.code).toBe('PHONE_TRANSFER_OPEN');
    expect((await answer(clerk, `transfers/${first.body.id}`, false)).status).toBe(200);
    expect((await peopleOf(admin)).people.map(({ role }) => role)).toEqual(['ADMIN', 'OPERATOR']);
  });

  test('OD-32 it counts once the person accepts; then there is one administrator still', async () => {
    const { body } = await offer(admin, await personIdOf(clerk));
    expect((await peopleOf(admin)).people.find(({ self }) => self)?.role).toBe('ADMIN');
    expect((await answer(admin, `transfers/${body.id}`, true)).status).toBe(404);
    expect((await answer(clerk, `transfers/${body.id}`, true)).status).toBe(200);
    expect((await answer(clerk, `transfers/${body.id}`, true)).body.code).toBe('PHONE_ANSWERED');
    const roles = (await peopleOf(clerk)).people.map(({ self, role }) => [self, role]);
    expect(roles).toEqual([
      [true, 'ADMIN'],
      [false, 'OPERATOR'],
    ]);
    expect((await offer(admin, await personIdOf(admin))).body.code).toBe('PHONE_ADMIN_ONLY');
  });

  test('a person who left takes no role', async () => {
    const adminPerson = await personIdOf(admin);
    const { body } = await offer(clerk, adminPerson);
    const removed = await clerk.browser.call(
      `/api/v1/phone/enterprises/${enterprise.id}/people/${adminPerson}`,
      {
        method: 'DELETE',
      },
    );
    expect(removed.status).toBe(204);
    expect((await answer(admin, `transfers/${body.id}`, true)).body.code).toBe('PHONE_ANSWERED');
    expect((await admin.browser.call(`/api/v1/phone/enterprises/${enterprise.id}/people`)).status).toBe(404);
  });
});

test('who is not real-named cannot even ask', async () => {
  const { body } = await claim(stranger, { name: NAME, uscc: CODES[2] });
  expect(body.code).toBe('PHONE_REAL_NAME_REQUIRED');
});

test('every lasting step stands in the evidence log, without a name or a number', async () => {
  const { rows } = await world.infra.database.pool.query<{ action: string; text: string }>(
    `select action, a::text as text from audit_entry a where action like 'phone.%' and outcome = 'ok'`,
  );
  const actions = new Set(rows.map(({ action }) => action));
  for (const action of [
    'phone.claim',
    'phone.appoint',
    'phone.invite',
    'phone.join',
    'phone.accept-transfer',
  ]) {
    expect(actions).toContain(action);
  }
  expect(rows.map(({ text }) => text).join('\n')).not.toMatch(/王小明|李小红|1390000002/);
});
