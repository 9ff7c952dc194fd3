import type { DeskRaOrder, RaOrder, RaPayment, RaTimeliness } from '@hufu/contracts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import { signatureOf } from '../../../src/features/ra/payments/message-signature.ts';
import {
  allPassed,
  approved,
  COUNTER,
  FORM,
  newRequests,
  ORDERS,
  paid,
  picture,
  type RaWorld,
  raWorld,
  SLOTS,
  submitted,
} from '../../support/ra/ra-world.ts';

/** Jobs are done in the background, and a machine may have more to do. */
const SOON = { timeout: 15_000 };

let world: RaWorld;
beforeAll(async () => {
  world = await raWorld();
});
afterAll(() => world.close());

const boss = () => world.as('user:boss');
const CALLBACK = '/api/v1/payments/callback';

type Notice = { eventId: string; order: string; state: string; amount: number; at: string };
type Sending = {
  readonly secret?: string;
  readonly time?: number;
  readonly sent?: object;
  readonly path?: string;
};

/** What the provider would send, or somebody in its place. */
async function notify(notice: Notice, sending: Sending = {}): Promise<{ status: number; code: string }> {
  const body = JSON.stringify(notice);
  const time = String(sending.time ?? Date.now());
  const signature = signatureOf(sending.secret ?? world.payment.secret, {
    method: 'POST',
    path: sending.path ?? CALLBACK,
    time,
    body: Buffer.from(body),
  });
  const answer = await fetch(world.base + CALLBACK, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-payment-merchant': 'hufu',
      'x-payment-time': time,
      'x-payment-signature': signature,
      connection: 'close',
    },
    body: sending.sent === undefined ? body : JSON.stringify(sending.sent),
  });
  const text = await answer.text();
  return { status: answer.status, code: text === '' ? '' : (JSON.parse(text) as { code: string }).code };
}

async function openPayment() {
  const order = await submitted(boss());
  await approved(world, order.id);
  const { body } = await boss().send<RaPayment>('POST', `${ORDERS}/${order.id}/payment`);
  const notice = (changes: Partial<Notice> = {}): Notice => ({
    eventId: `event-${body.id}`,
    order: body.id,
    state: 'PAID',
    amount: body.amount,
    at: new Date().toISOString(),
    ...changes,
  });
  return { order, payment: body as RaPayment, notice };
}

const orderOf = async (id: string) => (await boss().get<RaOrder>(`${ORDERS}/${id}`)).body;

describe('MOB-016, CA-024 the word of the payment provider', () => {
  test('opening twice is one payment; a forged, changed, old or diverted notice changes nothing', async () => {
    const { order, payment, notice } = await openPayment();
    expect((await boss().send<RaPayment>('POST', `${ORDERS}/${order.id}/payment`)).body.id).toBe(payment.id);
    expect(await notify(notice(), { secret: 'somebody else’s secret' })).toMatchObject({
      status: 403,
      code: 'RA_PAYMENT_FORGED',
    });
    expect((await notify(notice({ amount: 1 }), { sent: notice() })).code).toBe('RA_PAYMENT_FORGED');
    expect((await notify(notice(), { time: Date.now() - 6 * 60_000 })).code).toBe('RA_PAYMENT_FORGED');
    expect((await notify(notice(), { path: '/api/v1/other' })).code).toBe('RA_PAYMENT_FORGED');
    const naked = await fetch(world.base + CALLBACK, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'close' },
      body: JSON.stringify(notice()),
    });
    expect(naked.status).toBe(403);
    // Genuine, and about another amount or another payment.
    expect((await notify(notice({ amount: payment.amount - 1 }))).code).toBe('RA_PAYMENT_MISMATCH');
    expect((await notify(notice({ order: 'somebody-elses' }))).code).toBe('RA_PAYMENT_MISMATCH');
    expect((await orderOf(order.id)).state).toBe('TO_PAY');

    expect((await notify(notice())).status).toBe(204);
    expect((await orderOf(order.id)).state).toBe('TO_DOWNLOAD');
    const before = (await orderOf(order.id)).version;
    // The same once more, several at a time, and the same fact under another number.
    await Promise.all([notify(notice()), notify(notice()), notify(notice({ eventId: 'event-again-1' }))]);
    expect((await orderOf(order.id)).version).toBe(before);
    // What the provider itself knows nothing of is not refunded by a lie of state.
    expect((await notify(notice({ eventId: 'event-late-1', state: 'EXPIRED' }))).code).toBe(
      'RA_PAYMENT_STATE',
    );
    await boss().send('POST', `${ORDERS}/${order.id}/cancellation`, { version: before, reason: '不办了' });
  });

  test('an order that is given up after payment gets its money back', async () => {
    const order = await submitted(boss());
    await approved(world, order.id);
    const ready = await paid(world, boss(), order.id);
    const given = await boss().send<RaOrder>('POST', `${ORDERS}/${order.id}/cancellation`, {
      version: ready.version,
      reason: '不再需要',
    });
    expect(given.body).toMatchObject({ state: 'CANCELLED', payment: { state: 'REFUNDING' } });
    await vi.waitFor(async () => expect((await orderOf(order.id)).payment?.state).toBe('REFUNDED'), SOON);
    expect(await world.provider.query(ready.payment!.id)).toMatchObject({ state: 'REFUNDED' });
    const late = await newRequests();
    expect((await boss().send('POST', `${ORDERS}/${order.id}/certificate`, late.body)).body.code).toBe(
      'RA_STATE',
    );
  });

  test('a cancelled order can be paid no more', async () => {
    const { order, payment } = await openPayment();
    const { version } = await orderOf(order.id);
    const given = await boss().send<RaOrder>('POST', `${ORDERS}/${order.id}/cancellation`, {
      version,
      reason: '取消',
    });
    expect(given.body.payment?.state).toBe('CLOSED');
    await vi.waitFor(
      async () => expect(await world.provider.query(payment.id)).toMatchObject({ state: 'CLOSED' }),
      SOON,
    );
    expect(await world.payment.pay(payment.payUrl!)).toContain('支付已关闭');
  });

  test('money that was paid before the order was given up, and told of later, goes back', async () => {
    const { order, payment } = await openPayment();
    world.infra.limiter.define({ 'ra-notice': { requests: 1, seconds: 3600, burst: 1 } });
    await fetch(world.base + CALLBACK, { method: 'POST', headers: { connection: 'close' } });
    await world.payment.pay(payment.payUrl!);
    const { version, state } = await orderOf(order.id);
    expect(state).toBe('TO_PAY');
    await boss().send('POST', `${ORDERS}/${order.id}/cancellation`, { version, reason: '取消' });
    await vi.waitFor(async () => expect((await orderOf(order.id)).payment?.state).toBe('REFUNDED'), SOON);
    expect((await orderOf(order.id)).state).toBe('CANCELLED');
    world.infra.limiter.define({ 'ra-notice': { requests: 100_000, seconds: 1 } });
  });

  test('a notice that is lost loses nothing: the server asks by itself', async () => {
    const { order, payment } = await openPayment();
    // Nobody gets through to where notices are taken.
    world.infra.limiter.define({ 'ra-notice': { requests: 1, seconds: 3600, burst: 1 } });
    await fetch(world.base + CALLBACK, { method: 'POST', headers: { connection: 'close' } });
    await world.payment.pay(payment.payUrl!);
    expect((await orderOf(order.id)).state).toBe('TO_PAY');
    const settle = world.ra.feature.periodic!.find(({ name }) => name === 'ra-settle-payments')!;
    await world.infra.database.pool.query(
      `update ra_payment set updated_at = now() - interval '5 minutes' where id = $1`,
      [payment.id],
    );
    await settle.run();
    const now = await orderOf(order.id);
    expect(now).toMatchObject({ state: 'TO_DOWNLOAD', payment: { state: 'PAID' } });
    world.infra.limiter.define({ 'ra-notice': { requests: 100_000, seconds: 1 } });
    await boss().send('POST', `${ORDERS}/${order.id}/cancellation`, { version: now.version, reason: '取消' });
  });

  test('one whose time is over is closed at the provider and opened anew', async () => {
    const { order, payment } = await openPayment();
    await world.infra.database.pool.query(
      `update ra_payment set created_at = now() - interval '2 hours', expires_at = now() - interval '1 hour',
         updated_at = now() - interval '1 hour' where id = $1`,
      [payment.id],
    );
    const settle = world.ra.feature.periodic!.find(({ name }) => name === 'ra-settle-payments')!;
    await settle.run();
    expect((await orderOf(order.id)).payment?.state).toBe('CLOSED');
    expect(await world.payment.pay(payment.payUrl!)).toContain('支付已关闭');
    const again = await boss().send<RaPayment>('POST', `${ORDERS}/${order.id}/payment`);
    expect(again.body.id).not.toBe(payment.id);
    const { version } = await orderOf(order.id);
    await boss().send('POST', `${ORDERS}/${order.id}/cancellation`, { version, reason: '取消' });
  });
});

describe('SM-CA-TICKET at the counter', () => {
  const clerk = () => world.as('clerk');
  const take = (changes: object = {}) =>
    clerk().send<DeskRaOrder>('POST', COUNTER, {
      channel: 'COUNTER',
      kind: 'NEW',
      applicant: 'ENTERPRISE',
      form: { ...FORM, enterpriseName: '内蒙古窗口建设工程有限公司', uscc: '91150102MA0N00016G' },
      ...changes,
    });
  const step = async <T = DeskRaOrder>(id: string, act: string, body: object = {}, who = 'clerk') => {
    const seen = await world.as('clerk').get<DeskRaOrder>(`${COUNTER}/${id}`);
    return world.as(who).send<T>('POST', `${COUNTER}/${id}/${act}`, { version: seen.body.version, ...body });
  };
  const addAll = async (id: string, slots: readonly string[] = SLOTS) => {
    for (const slot of slots) await clerk().upload(`${COUNTER}/${id}/slots/${slot}`, picture());
  };

  test('CA-021 the clock begins with complete material, stands while returned, and ends with the certificate', async () => {
    const taken = (await take()).body;
    expect(taken).toMatchObject({ state: 'RECEIVED', dueAt: null });
    expect((await step(taken.id, 'receipt')).body.code).toBe('RA_MATERIAL');
    await addAll(taken.id);
    const complete = (await step(taken.id, 'receipt')).body;
    expect(complete.state).toBe('IN_PROCESS');
    expect(Date.parse(complete.dueAt!) - Date.parse(complete.completeAt!)).toBe(30 * 60_000);
    const back = (await step(taken.id, 'return', { reasons: ['SEAL_UNCLEAR'] })).body;
    expect(back).toMatchObject({ state: 'RETURNED', stopped: true, dueAt: null });
    await clerk().upload(`${COUNTER}/${taken.id}/slots/SEAL_IMAGE`, picture());
    await step(taken.id, 'receipt');
    const { csr } = { csr: (await newRequests()).body.signCsr };
    expect((await step(taken.id, 'certificate', { csr, feeReceipt: '2026-1' }, 'reviewer')).body.code).toBe(
      'RA_NOT_CHECKED',
    );
    await step(taken.id, 'check', { checks: allPassed(taken) });
    expect((await step(taken.id, 'certificate', { csr, feeReceipt: '2026-1' })).body.code).toBe(
      'RA_CHECKED_BY_OTHER',
    );
    expect((await step(taken.id, 'certificate', { csr }, 'reviewer')).body.code).toBe('RA_FEE_RECEIPT');
    const issued = await step<{
      order: DeskRaOrder;
      certificate: string;
      encryption: { envelopedKey: string };
    }>(taken.id, 'certificate', { csr, feeReceipt: '2026-1' }, 'reviewer');
    expect(issued.body.order).toMatchObject({ state: 'ISSUED', onTime: true, feeReceipt: '2026-1' });
    const { certificateId } = issued.body.order.issued!;
    const found = await clerk().get(`/api/v1/desk/ra/certificates/${certificateId}`);
    expect(found.body).toMatchObject({
      holder: '内蒙古窗口建设工程有限公司',
      medium: 'usb-key',
      state: 'EFFECTIVE',
    });
    expect(issued.body.encryption.envelopedKey).toBeTruthy();
  });

  test('what was late once stays late (GOV-018)', async () => {
    const taken = (await take()).body;
    await addAll(taken.id);
    await step(taken.id, 'receipt');
    await world.infra.database.pool.query(
      `update ra_order set complete_at = now() - interval '31 minutes', due_at = now() - interval '1 minute' where id = $1`,
      [taken.id],
    );
    const overdue = await clerk().get<{ items: { id: string }[] }>(`${COUNTER}?overdue=true`);
    expect(overdue.body.items.map(({ id }) => id)).toContain(taken.id);
    await step(taken.id, 'return', { reasons: ['IMAGE_UNCLEAR'] });
    await step(taken.id, 'receipt');
    await step(taken.id, 'check', { checks: allPassed(taken) });
    const csr = (await newRequests()).body.signCsr;
    const done = await step<{ order: DeskRaOrder }>(
      taken.id,
      'certificate',
      { csr, feeReceipt: 'r' },
      'reviewer',
    );
    expect(done.body.order.onTime).toBe(false);
    const { body } = await clerk().get<z.infer<typeof RaTimeliness>>('/api/v1/desk/ra/timeliness');
    expect(body.rows.find(({ channel }) => channel === 'COUNTER')).toMatchObject({ late: 1, onTime: 1 });
  });

  test('CA-002, CA-005, CA-022 an individual by mail needs an address and a tracking number', async () => {
    const person = {
      channel: 'ONLINE',
      applicant: 'INDIVIDUAL',
      personName: '巴特尔',
      personIdNo: '150102199003074518',
      form: { authority: 'nmca', years: 1, mailAddress: '锡林浩特市某街1号' },
    };
    expect((await take({ ...person, personIdNo: '150102199003074519' })).body.code).toBe('RA_FORM');
    const taken = (await take(person)).body;
    expect(taken.applicantName).not.toBe('巴特尔');
    await addAll(taken.id, ['ID_COPY', 'SIGN_IMAGE', 'SIGNATURE_SAMPLE']);
    await step(taken.id, 'receipt');
    await step(taken.id, 'check', { checks: allPassed(taken) });
    const csr = (await newRequests()).body.signCsr;
    expect((await step(taken.id, 'certificate', { csr, feeReceipt: 'r' }, 'reviewer')).body.code).toBe(
      'RA_TRACKING',
    );
    const done = await step<{ order: DeskRaOrder }>(
      taken.id,
      'certificate',
      { csr, feeReceipt: 'r', tracking: 'EMS1' },
      'reviewer',
    );
    expect(done.body.order).toMatchObject({ state: 'MAILED', tracking: 'EMS1' });
  });

  test('CA-034 a forgotten password is reset by the issuing CA at the counter: signed form, two people, no new key', async () => {
    const taken = (await take()).body;
    await addAll(taken.id);
    await step(taken.id, 'receipt');
    await step(taken.id, 'check', { checks: allPassed(taken) });
    const csr = (await newRequests()).body.signCsr;
    const issued = await step<{ order: DeskRaOrder }>(
      taken.id,
      'certificate',
      { csr, feeReceipt: 'r' },
      'reviewer',
    );
    const { certificateId } = issued.body.order.issued!;
    const reset = (await take({ kind: 'RESET_PIN', certificateId })).body;
    await addAll(reset.id, ['APPLICATION_FORM']);
    await step(reset.id, 'receipt');
    await step(reset.id, 'check', { checks: allPassed(reset) });
    expect((await step(reset.id, 'certificate', {})).body.code).toBe('RA_CHECKED_BY_OTHER');
    const done = await step<{ order: DeskRaOrder; certificate: string | null }>(
      reset.id,
      'certificate',
      {},
      'reviewer',
    );
    expect(done.body).toMatchObject({ certificate: null, order: { state: 'COMPLETED', amount: 0 } });
    // The phone's PIN is nobody's to reset.
    const byPhone = await world.as('user:boss').send('POST', '/api/v1/phone/orders', {
      kind: 'RESET_PIN',
      certificateId,
    });
    expect(byPhone.status).toBe(422);
  });

  test('what came by phone is not changed at the counter, and the auditor only looks', async () => {
    const order = await submitted(boss());
    expect((await clerk().upload(`${COUNTER}/${order.id}/slots/LICENCE`, picture())).body.code).toBe(
      'RA_STATE',
    );
    expect((await step(order.id, 'check', { checks: [] }, 'auditor')).body.code).toBe('DESK_FORBIDDEN');
    expect((await world.as('user:boss').get(`${COUNTER}/${order.id}`)).status).toBe(401);
  });
});
