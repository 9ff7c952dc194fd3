import { createHash } from 'node:crypto';
import type {
  DeskRaCertificate,
  DeskRaOrder,
  DeskRaRow,
  RaIssued,
  RaOptions,
  RaOrder,
} from '@hufu/contracts';
import { fromBase64 } from '@hufu/kernel';
import { parseCertificate, parseProfile, readProfile } from '@hufu/pki';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { raTables } from '../../../src/features/ra/tables.ts';
import {
  allPassed,
  approved,
  COUNTER,
  FORM,
  filledOrder,
  newRequests,
  ORDERS,
  paid,
  picture,
  type RaWorld,
  raWorld,
  submission,
  submitted,
  UNIT,
} from '../../support/ra/ra-world.ts';

/** Jobs are done in the background, and a machine may have more to do. */
const SOON = { timeout: 15_000 };

let world: RaWorld;
beforeAll(async () => {
  world = await raWorld();
});
afterAll(() => world.close());

const CERTIFICATES = '/api/v1/desk/ra/certificates';
const boss = () => world.as('user:boss');
const orderOf = async (id: string) => (await boss().get<RaOrder>(`${ORDERS}/${id}`)).body;

/** From the first screen to the certificate on the phone. */
async function downloaded(client = boss()) {
  const order = await submitted(client);
  await approved(world, order.id);
  await paid(world, client, order.id);
  const requests = await newRequests();
  const answer = await client.send<RaIssued>('POST', `${ORDERS}/${order.id}/certificate`, requests.body);
  expect(answer.status).toBe(201);
  return { order, requests, issued: answer.body as RaIssued };
}

describe('MOB-010 to MOB-017 an enterprise certificate, from applying to the phone', () => {
  test('the fee standard and the choices are public (GOV-003)', async () => {
    const { body } = await world.as('').get<RaOptions>('/api/v1/ra/options');
    expect(body.platforms).toEqual([{ code: 'gongyi', name: '巩义市公共资源交易中心' }]);
    expect(body.prices.some(({ amount, years }) => years === 1 && amount === 20_000)).toBe(true);
  });

  test('CA-007, CA-030, CA-031 who applies declares the material to be true, and what keeping a certificate asks', async () => {
    const { body } = await world.as('nobody').get<RaOptions>('/api/v1/ra/options');
    const told = body.declaration.join('');
    for (const words of ['真实、准确', '责任由申请人承担', '不得转借或泄露', '妥善保管', '私钥丢失或泄露']) {
      expect(told).toContain(words);
    }
    const order = await filledOrder(boss());
    const send = (rest: object) =>
      boss().send<RaOrder>('POST', `${ORDERS}/${order.id}/submission`, { ...submission(order), ...rest });
    expect((await send({ declared: false })).status).toBe(422);
    expect((await send({ declared: undefined })).status).toBe(422);
    const { body: left } = await boss().get<RaOrder>(`${ORDERS}/${order.id}`);
    expect(left.state).toBe('DRAFT');
    await boss().send('POST', `${ORDERS}/${order.id}/cancellation`, {
      version: left.version,
      reason: '不再办理',
    });
  });

  test('nobody without a real name begins, and a draft is taken up again (MOB-003)', async () => {
    expect((await world.as('guest:x').send('POST', ORDERS, { kind: 'NEW' })).body.code).toBe(
      'PHONE_REAL_NAME_REQUIRED',
    );
    const first = await boss().send<RaOrder>('POST', ORDERS, { kind: 'NEW' });
    const again = await boss().send<RaOrder>('POST', ORDERS, { kind: 'NEW' });
    expect(again.body.id).toBe(first.body.id);
    expect(again.body.state).toBe('DRAFT');
  });

  test('what is wrong is said field by field, in Chinese, and nothing is lost (MOB-011)', async () => {
    const order = await filledOrder(boss(), {
      form: { uscc: '91150102MA0N7A2145', legalRepIdNo: '150203198506123025', years: 9, platform: '' },
    });
    const answer = await boss().send<{ errors: { path: string; message: string }[] }>(
      'POST',
      `${ORDERS}/${order.id}/submission`,
      submission(order),
    );
    expect(answer.body.code).toBe('RA_FORM');
    expect(answer.body.errors.map(({ path }) => path).sort()).toEqual([
      'legalRepIdNo',
      'platform',
      'uscc',
      'years',
    ]);
    expect(answer.body.errors.find(({ path }) => path === 'uscc')?.message).toBe(
      '统一社会信用代码校验不通过',
    );
    expect((await orderOf(order.id)).form.uscc).toBe('91150102MA0N7A2145');
  });

  test('MOB-004, CA-004 missing pictures are named, disguised ones refused, and one picture replaces another (MOB-012, OD-37)', async () => {
    const order = await filledOrder(boss());
    const url = `${ORDERS}/${order.id}/slots/LICENCE`;
    expect((await boss().upload(url, Buffer.from('<html>'), 'a.png')).status).toBe(415);
    const before = (await orderOf(order.id)).files.find(({ slot }) => slot === 'LICENCE')!;
    const { body } = await boss().upload<RaOrder>(url, picture());
    expect(body.files.filter(({ slot }) => slot === 'LICENCE')).toHaveLength(1);
    expect(body.files.some(({ id }) => id === before.id)).toBe(false);
    const licence = body.files.find(({ slot }) => slot === 'LICENCE')!;
    const removed = await boss().send<RaOrder>('DELETE', `${ORDERS}/${order.id}/files/${licence.id}`);
    const answer = await boss().send<{ errors: { path: string }[] }>(
      'POST',
      `${ORDERS}/${order.id}/submission`,
      submission(removed.body),
    );
    expect(answer.body.code).toBe('RA_MATERIAL');
    expect(answer.body.errors).toMatchObject([{ path: 'slots.LICENCE' }]);
    await boss().upload(url, picture());
  });

  test('MOB-014 the application form is a PDF that names the order and not the ID number', async () => {
    const order = await filledOrder(boss());
    const answer = await fetch(`${world.base}${ORDERS}/${order.id}/application-form`, {
      headers: { 'x-test-caller': 'user:boss', connection: 'close' },
    });
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(
      Buffer.from(await answer.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });

  test('only a claimant applies, under the name that was claimed (MOB-011)', async () => {
    const stranger = world.as('user:stranger');
    const order = await filledOrder(stranger);
    const refused = await stranger.send<{ errors: { code: string }[] }>(
      'POST',
      `${ORDERS}/${order.id}/submission`,
      submission(order),
    );
    expect(refused.body.errors).toMatchObject([{ code: 'NOT_CLAIMED' }]);
    const own = await filledOrder(boss(), { form: { enterpriseName: '内蒙古别的建设工程有限公司' } });
    const other = await boss().send<{ errors: { code: string }[] }>(
      'POST',
      `${ORDERS}/${own.id}/submission`,
      submission(own),
    );
    expect(other.body.errors).toMatchObject([{ code: 'OTHER_NAME' }]);
  });

  test('MOB-015, OD-28, CA-020, CA-023 review, return, correction under the same number, approval by another, fee, download', async () => {
    const order = await submitted(boss());
    expect(order.state).toBe('UNDER_REVIEW');
    // MOB-016: neither payment nor download before approval.
    expect((await boss().send('POST', `${ORDERS}/${order.id}/payment`)).body.code).toBe('RA_NOT_PAYABLE');
    const early = await newRequests();
    expect((await boss().send('POST', `${ORDERS}/${order.id}/certificate`, early.body)).body.code).toBe(
      'RA_STATE',
    );

    const clerk = world.as('clerk');
    const seen = (await clerk.get<DeskRaOrder>(`${COUNTER}/${order.id}`)).body;
    expect(seen.form.legalRepIdNo).not.toContain('19850612');
    expect(seen.applicantName).not.toBe('萨仁');
    const other = await clerk.send('POST', `${COUNTER}/${order.id}/return`, {
      version: seen.version,
      reasons: ['OTHER'],
    });
    expect(other.body.code).toBe('RA_REASON_NOTE');
    const back = await clerk.send<DeskRaOrder>('POST', `${COUNTER}/${order.id}/return`, {
      version: seen.version,
      reasons: ['IMAGE_UNCLEAR'],
      note: '执照看不清',
    });
    expect(back.body).toMatchObject({ state: 'RETURNED', stopped: true, dueAt: null });

    // OD-28: the same order, corrected.
    const returned = await orderOf(order.id);
    expect(returned.returned).toEqual({ reasons: ['IMAGE_UNCLEAR'], note: '执照看不清' });
    const fixed = (await boss().upload<RaOrder>(`${ORDERS}/${order.id}/slots/LICENCE`, picture())).body;
    const again = await boss().send<RaOrder>('POST', `${ORDERS}/${order.id}/submission`, submission(fixed));
    expect(again.body).toMatchObject({ reference: order.reference, state: 'UNDER_REVIEW', returned: null });

    // CA-020, two persons.
    const reviewer = world.as('both');
    const version = again.body.version;
    expect((await reviewer.send('POST', `${COUNTER}/${order.id}/approval`, { version })).body.code).toBe(
      'RA_NOT_CHECKED',
    );
    expect(
      (
        await clerk.send('POST', `${COUNTER}/${order.id}/check`, {
          version,
          checks: [{ item: 'LICENCE', passed: true }],
        })
      ).body.code,
    ).toBe('RA_CHECK_INCOMPLETE');
    const failed = await reviewer.send<DeskRaOrder>('POST', `${COUNTER}/${order.id}/check`, {
      version,
      checks: allPassed(seen).map((one) => ({ ...one, passed: one.item !== 'SEAL_CLEAR' })),
    });
    expect(
      (
        await world
          .as('reviewer')
          .send('POST', `${COUNTER}/${order.id}/approval`, { version: failed.body.version })
      ).body.code,
    ).toBe('RA_CHECK_FAILED');
    const checked = await reviewer.send<DeskRaOrder>('POST', `${COUNTER}/${order.id}/check`, {
      version: failed.body.version,
      checks: allPassed(seen),
    });
    expect(checked.body).toMatchObject({ checkedBy: 'both先生', approvable: false });
    const self = await reviewer.send('POST', `${COUNTER}/${order.id}/approval`, {
      version: checked.body.version,
    });
    expect(self.body.code).toBe('RA_CHECKED_BY_OTHER');
    expect(
      (
        await world
          .as('clerk2')
          .send('POST', `${COUNTER}/${order.id}/approval`, { version: checked.body.version })
      ).body.code,
    ).toBe('DESK_FORBIDDEN');
    const yes = await world
      .as('reviewer')
      .send<DeskRaOrder>('POST', `${COUNTER}/${order.id}/approval`, { version: checked.body.version });
    expect(yes.body).toMatchObject({ state: 'TO_PAY', amount: 20_000, onTime: true });
    expect(world.phone.roles.get('boss')).toBe('ADMIN');

    // MOB-016: no download before payment.
    expect((await boss().send('POST', `${ORDERS}/${order.id}/certificate`, early.body)).body.code).toBe(
      'RA_NOT_PAID',
    );
    const afterwards = await paid(world, boss(), order.id);
    expect(afterwards.payment).toMatchObject({ state: 'PAID', amount: 20_000 });

    const issued = await boss().send<RaIssued>('POST', `${ORDERS}/${order.id}/certificate`, early.body);
    expect(issued.status).toBe(201);
    const certificate = parseCertificate(fromBase64(issued.body.certificate));
    expect(certificate.spki.der).toEqual(early.keys.sign);
    expect(parseCertificate(fromBase64(issued.body.encryptionCertificate)).spki.der).toEqual(
      early.keys.encrypt,
    );
    const profile = parseProfile(await (await fetch(`${world.authority.baseUrl}/ca/profile.json`)).json());
    expect(readProfile(certificate, profile)).toMatchObject({
      kind: 'enterprise',
      uscc: UNIT.uscc,
      unitName: UNIT.name,
      medium: 'phone',
    });
    expect(issued.body.order.state).toBe('EFFECTIVE');
    expect(world.phone.kept.at(-1)).toMatchObject({
      orderId: order.id,
      kind: 'ENTERPRISE',
      uscc: UNIT.uscc,
      halves: { sign: early.body.halves.sign, decrypt: early.body.halves.encrypt },
    });
    expect(world.phone.told.map((one) => one['state'])).toEqual(
      expect.arrayContaining(['UNDER_REVIEW', 'RETURNED', 'TO_PAY', 'TO_DOWNLOAD', 'EFFECTIVE']),
    );
    // The same again is answered the same; other keys get nothing.
    const same = await boss().send<RaIssued>('POST', `${ORDERS}/${order.id}/certificate`, early.body);
    expect(same.body.certificate).toBe(issued.body.certificate);
    const others = await newRequests();
    expect((await boss().send('POST', `${ORDERS}/${order.id}/certificate`, others.body)).body.code).toBe(
      'RA_STATE',
    );
  });

  test('somebody else’s order is as good as none, its files too', async () => {
    const order = await filledOrder(boss());
    const thief = world.as('user:thief');
    expect((await thief.get(`${ORDERS}/${order.id}`)).body.code).toBe('RA_UNKNOWN');
    expect((await thief.get(`${ORDERS}/${order.id}/files/${order.files[0]!.id}`)).body.code).toBe(
      'RA_UNKNOWN',
    );
    expect((await thief.upload(`${ORDERS}/${order.id}/slots/LICENCE`, picture())).body.code).toBe(
      'RA_UNKNOWN',
    );
    expect(
      (await thief.send('PUT', `${ORDERS}/${order.id}`, { version: order.version, form: FORM })).body.code,
    ).toBe('RA_UNKNOWN');
    // A draft is not the counter's business either.
    expect((await world.as('clerk').get(`${COUNTER}/${order.id}`)).body.code).toBe('RA_UNKNOWN');
    const stale = await boss().send('PUT', `${ORDERS}/${order.id}`, {
      version: order.version - 1,
      form: FORM,
    });
    expect(stale.body.code).toBe('RA_STALE');
  });

  test('persons are shown at the counter with a reason alone, and that is written down', async () => {
    const order = await submitted(boss());
    const revealed = await world
      .as('clerk')
      .send<Record<string, string>>('POST', `${COUNTER}/${order.id}/reveal`, { reason: '核对证件' });
    expect(revealed.body).toMatchObject({ legalRepName: '乌兰', personName: '萨仁' });
    expect(
      (await world.as('auditor').send('POST', `${COUNTER}/${order.id}/reveal`, { reason: 'x' })).body.code,
    ).toBe('DESK_FORBIDDEN');
    const { rows } = await world.infra.database.pool.query(
      `select reason from audit_entry where action = 'ra.reveal' and subject_id = $1`,
      [order.id],
    );
    expect(rows).toEqual([{ reason: '核对证件' }]);
    const stored = await world.infra.database.pool.query('select * from ra_order where id = $1', [order.id]);
    expect(JSON.stringify(stored.rows)).not.toContain('乌兰');
    await world.as('clerk').send('POST', `${COUNTER}/${order.id}/cancellation`, {
      version: (await orderOf(order.id)).version,
      reason: '申请人撤回',
    });
  });
});

describe('a crash between authority and database', () => {
  test('the same keys get the certificates that the authority issued before', async () => {
    const order = await submitted(boss());
    await approved(world, order.id);
    await paid(world, boss(), order.id);
    const requests = await newRequests();
    world.phone.keepFails = true;
    const broken = await boss().send('POST', `${ORDERS}/${order.id}/certificate`, requests.body);
    expect(broken.status).toBe(409);
    const atAuthority = await fetch(`${world.authority.baseUrl}/admin/orders/${order.id}.1`, {
      headers: { authorization: 'Bearer a-token-for-tests-only', connection: 'close' },
    });
    const known = (await atAuthority.json()) as { certificate: string };
    const again = await boss().send<RaIssued>('POST', `${ORDERS}/${order.id}/certificate`, requests.body);
    expect(again.body.certificate).toBe(known.certificate);
  });

  test('with other keys the former certificates are revoked at the authority', async () => {
    const order = await submitted(boss());
    await approved(world, order.id);
    await paid(world, boss(), order.id);
    world.phone.keepFails = true;
    await boss().send('POST', `${ORDERS}/${order.id}/certificate`, (await newRequests()).body);
    const second = await boss().send<RaIssued>(
      'POST',
      `${ORDERS}/${order.id}/certificate`,
      (await newRequests()).body,
    );
    expect(second.status).toBe(201);
    const admin = { authorization: 'Bearer a-token-for-tests-only', connection: 'close' };
    const first = (await (
      await fetch(`${world.authority.baseUrl}/admin/orders/${order.id}.1`, { headers: admin })
    ).json()) as { serialHex: string };
    await vi.waitFor(async () => {
      const one = await fetch(`${world.authority.baseUrl}/admin/certificates/${first.serialHex}`, {
        headers: admin,
      });
      expect(((await one.json()) as { state: string }).state).toBe('revoked');
    }, SOON);
  });
});

describe('steps about a certificate', () => {
  const find = async (id: string) =>
    (await world.as('clerk').get<DeskRaCertificate>(`${CERTIFICATES}/${id}`)).body;
  const act = async (id: string, step: string, who = 'reviewer') => {
    const { version } = await find(id);
    return world
      .as(who)
      .send<DeskRaCertificate>('POST', `${CERTIFICATES}/${id}/${step}`, { version, reason: '手机遗失' });
  };
  const stateAtAuthority = async (serialHex: string) => {
    const answer = await fetch(`${world.authority.baseUrl}/admin/certificates/${serialHex}`, {
      headers: { authorization: 'Bearer a-token-for-tests-only', connection: 'close' },
    });
    return ((await answer.json()) as { state: string }).state;
  };

  test('CA-035 hold, release and end reach phone, authority and hub at once', async () => {
    const { issued } = await downloaded();
    const { certificateId: id } = issued;
    const { serialHex } = await find(id);
    expect((await act(id, 'hold', 'clerk')).body.state).toBe('HELD');
    expect(world.phone.states.at(-1)).toMatchObject({ id, state: 'HELD' });
    await vi.waitFor(async () => expect(await stateAtAuthority(serialHex)).toBe('held'), SOON);
    await vi.waitFor(() => expect(world.refreshed.length).toBeGreaterThan(0), SOON);
    expect((await act(id, 'release', 'clerk')).body.code).toBe('DESK_FORBIDDEN');
    expect((await act(id, 'release')).body.state).toBe('EFFECTIVE');
    expect((await act(id, 'revocation')).body.state).toBe('REVOKED');
    await vi.waitFor(async () => expect(await stateAtAuthority(serialHex)).toBe('revoked'), SOON);
    expect((await act(id, 'hold')).body.code).toBe('RA_CERTIFICATE_STATE');
  });

  test('MOB-042, OD-29, OD-31 a renewal waits for its window, keeps the encryption key and the key number', async () => {
    const { issued, requests } = await downloaded();
    const about = { kind: 'RENEW', certificateId: issued.certificateId };
    expect((await boss().send('POST', ORDERS, about)).body.code).toBe('RA_RENEW_WINDOW');
    expect((await world.as('user:stranger').send('POST', ORDERS, about)).body.code).toBe('RA_NOT_ADMIN');
    // Twenty days before its end.
    const soon = new Date(Date.now() + 20 * 86_400_000);
    await raTables(world.infra.database.db)
      .updateTable('ra_certificate')
      .set({ not_after: soon })
      .where('id', '=', issued.certificateId)
      .execute();
    const order = await submitted(boss(), { order: about, slots: ['APPLICATION_FORM'] });
    expect(order.keepsEncryptionKey).toBe(true);
    await approved(world, order.id);
    await paid(world, boss(), order.id);
    const fresh = await newRequests();
    const withBoth = await boss().send('POST', `${ORDERS}/${order.id}/certificate`, fresh.body);
    expect(withBoth.body.code).toBe('RA_CSR');
    const { signCsr, halves } = fresh.body;
    const renewed = await boss().send<RaIssued>('POST', `${ORDERS}/${order.id}/certificate`, {
      signCsr,
      halves: { sign: halves.sign },
    });
    expect(renewed.status).toBe(201);
    const encryption = parseCertificate(fromBase64(renewed.body.encryptionCertificate));
    expect(encryption.spki.der).toEqual(requests.keys.encrypt);
    expect(parseCertificate(fromBase64(renewed.body.certificate)).spki.der).toEqual(fresh.keys.sign);
    expect(world.phone.kept.at(-1)).toMatchObject({
      replaces: issued.certificateId,
      halves: { sign: halves.sign },
    });
    const [before, after] = await Promise.all([find(issued.certificateId), find(renewed.body.certificateId)]);
    expect(after.keyNo).toBe(before.keyNo);
    expect(new Date(after.validTo).getUTCFullYear()).toBe(new Date(before.validTo).getUTCFullYear() + 1);
  });

  test('MOB-045, MSG-18, CA-037 a change needs the warning accepted and every waiting file named, then ends the former', async () => {
    const { issued } = await downloaded();
    world.phone.envelopes = [{ id: 'bid-1', title: '某标段投标文件', waiting: true }];
    const order = await filledOrder(boss(), {
      order: { kind: 'CHANGE', certificateId: issued.certificateId },
    });
    expect(order.warning?.text).toBe('CA证书一经变更，不能恢复，无法解密原有文件！');
    const submit = (rest: object) =>
      boss().send<RaOrder>('POST', `${ORDERS}/${order.id}/submission`, submission(order, rest));
    expect((await submit({})).body.code).toBe('RA_WARNING');
    expect((await submit({ acceptWarning: true })).body.code).toBe('RA_ENVELOPES');
    expect((await submit({ acceptWarning: true, acceptEnvelopes: ['bid-1'] })).body.state).toBe(
      'UNDER_REVIEW',
    );
    world.phone.envelopes = [];
    // Nobody is without a certificate while the counter looks at it.
    expect((await find(issued.certificateId)).state).toBe('EFFECTIVE');
    await approved(world, order.id);
    await paid(world, boss(), order.id);
    const fresh = await newRequests();
    expect((await boss().send('POST', `${ORDERS}/${order.id}/certificate`, fresh.body)).status).toBe(201);
    expect((await find(issued.certificateId)).state).toBe('REVOKED');
    expect(world.phone.states.at(-1)).toMatchObject({
      id: issued.certificateId,
      state: 'REVOKED',
      keepDecryption: true,
    });
  });

  test('CA-032, CA-036, HUB-110 a changed name is certified once it is on file, and not before', async () => {
    const { issued } = await downloaded();
    const order = await filledOrder(boss(), {
      order: { kind: 'CHANGE', certificateId: issued.certificateId },
    });
    const submit = () =>
      boss().send<RaOrder & { errors?: { path: string }[] }>(
        'POST',
        `${ORDERS}/${order.id}/submission`,
        submission(order, { acceptWarning: true }),
      );
    world.phone.filedName = '内蒙古改名之前建设有限公司';
    const refused = (await submit()).body;
    expect(refused).toMatchObject({ code: 'RA_FORM', errors: [{ path: 'enterpriseName' }] });
    world.phone.filedName = order.form.enterpriseName;
    expect((await submit()).body.state).toBe('UNDER_REVIEW');
    world.phone.filedName = undefined;
  });

  test('CA-035 a reported loss holds the certificate at once; CA-033 an end costs nothing; MOB-043 what has ended is applied for again', async () => {
    const { issued } = await downloaded();
    const about = { certificateId: issued.certificateId };
    const loss = await submitted(boss(), { order: { kind: 'REISSUE', ...about } }, { acceptWarning: true });
    expect((await find(issued.certificateId)).state).toBe('HELD');
    await boss().send('POST', `${ORDERS}/${loss.id}/cancellation`, {
      version: loss.version,
      reason: '手机找到了',
    });
    const end = await submitted(boss(), { order: { kind: 'CANCEL', ...about }, slots: ['APPLICATION_FORM'] });
    expect(end.amount).toBe(0);
    expect((await approved(world, end.id)).state).toBe('COMPLETED');
    expect((await find(issued.certificateId)).state).toBe('REVOKED');
    // MOB-043: what has ended can be applied for again.
    const again = await boss().send<RaOrder>('POST', ORDERS, { kind: 'REAPPLY', ...about });
    expect(again.body).toMatchObject({ state: 'DRAFT', form: { uscc: UNIT.uscc, legalRepName: '乌兰' } });
  });
});

describe('MOB-040, CA-005, OD-34 individuals and experts', () => {
  test('CA-006, OD-34 an expert needs a number and pays nothing by this standard', async () => {
    const expert = world.as('user:expert');
    const filling = {
      order: { kind: 'NEW', applicant: 'EXPERT' },
      slots: ['ID_COPY', 'SIGN_IMAGE', 'SIGNATURE_SAMPLE'],
      form: { enterpriseName: '', uscc: '', legalRepName: '', legalRepIdNo: '', sealOrg: '' },
    };
    const order = await filledOrder(expert, filling);
    const refused = await expert.send<{ errors: { path: string }[] }>(
      'POST',
      `${ORDERS}/${order.id}/submission`,
      submission(order),
    );
    expect(refused.body.errors).toMatchObject([{ path: 'expertNo' }]);
    const ready = await submitted(expert, { ...filling, form: { ...filling.form, expertNo: 'NM-PB-00123' } });
    expect((await approved(world, ready.id)).state).toBe('TO_DOWNLOAD');
    const requests = await newRequests();
    const answer = await expert.send<RaIssued>('POST', `${ORDERS}/${ready.id}/certificate`, requests.body);
    expect(answer.status).toBe(201);
    expect(world.phone.kept.at(-1)).toMatchObject({ kind: 'PERSONAL', entityId: null, uscc: null });
    const found = await world
      .as('clerk')
      .get<DeskRaCertificate>(`${CERTIFICATES}/${answer.body.certificateId}`);
    expect(found.body).toMatchObject({ applicant: 'EXPERT', expertNo: 'NM-PB-00123', holder: '萨*' });
  });
});

describe('the queue', () => {
  test('waiting ones first by their deadline; drafts are nowhere; filters and search', async () => {
    const order = await submitted(boss());
    const { body } = await world
      .as('auditor')
      .get<{ items: DeskRaRow[]; total: number }>(`${COUNTER}?waiting=true`);
    expect(body.items.some(({ id }) => id === order.id)).toBe(true);
    expect(body.items.every(({ state }) => state === 'UNDER_REVIEW')).toBe(true);
    const search = await world.as('clerk').get<{ items: DeskRaRow[] }>(`${COUNTER}?q=${order.reference}`);
    expect(search.body.items).toMatchObject([{ id: order.id, applicantName: '萨*' }]);
    const all = await world.as('clerk').get<{ items: DeskRaRow[] }>(`${COUNTER}?pageSize=100`);
    const drafts = await raTables(world.infra.database.db)
      .selectFrom('ra_order')
      .select('id')
      .where('state', '=', 'DRAFT')
      .execute();
    expect(all.body.items.some(({ id }) => drafts.some((draft) => draft.id === id))).toBe(false);
    expect((await boss().get(COUNTER)).body.code).toBe('DESK_SESSION_REQUIRED');
    const picture = await fetch(`${world.base}${COUNTER}/${order.id}/files/${order.files[0]!.id}`, {
      headers: { 'x-test-caller': 'clerk', connection: 'close' },
    });
    const bytes = Buffer.from(await picture.arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(order.files[0]!.sha256);
  });
});
