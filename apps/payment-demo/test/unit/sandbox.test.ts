import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPaymentApp, type PaymentApp } from '../../src/app.ts';
import { PAYMENT_STATES, type Payment, type PaymentEvent, postpone, step } from '../../src/payments.ts';
import { isSigned, sign } from '../../src/signature.ts';

const SECRET = 'a secret for tests only';
const NOW = Date.parse('2026-11-21T02:00:00Z');

type Told = { readonly headers: IncomingMessage['headers']; readonly body: Buffer; readonly url: string };

/** A merchant that writes down what it is told and answers as it is set to. */
async function startMerchant() {
  const told: Told[] = [];
  let status = 204;
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      told.push({ headers: request.headers, body, url: request.url ?? '' });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    told,
    origin,
    answer(next: number) {
      status = next;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

let folder: string;
let merchant: Awaited<ReturnType<typeof startMerchant>>;
let app: PaymentApp;
let now: number;
const start = () =>
  createPaymentApp(
    {
      port: 0,
      baseUrl: 'http://pay.test',
      dataDir: folder,
      merchant: 'hufu',
      secret: SECRET,
      merchantOrigin: merchant.origin,
    },
    { now: () => now },
  );

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hufu-pay-'));
  merchant = await startMerchant();
  now = NOW;
  app = await start();
});
afterEach(async () => {
  await app.close();
  await merchant.close();
  rmSync(folder, { recursive: true });
});

type Call = {
  readonly body?: object;
  readonly secret?: string;
  readonly time?: number;
  readonly sent?: object;
};

async function ask(method: 'GET' | 'POST', path: string, call: Call = {}) {
  const signed = call.body === undefined ? '' : JSON.stringify(call.body);
  const payload = call.sent === undefined ? signed : JSON.stringify(call.sent);
  const time = String(call.time ?? now);
  const answer = await app.http.inject({
    method,
    url: path,
    headers: {
      'x-payment-merchant': 'hufu',
      'x-payment-time': time,
      'x-payment-signature': sign(call.secret ?? SECRET, { method, path, time, body: signed }),
      ...(payload === '' ? {} : { 'content-type': 'application/json' }),
    },
    ...(payload === '' ? {} : { payload }),
  });
  return { status: answer.statusCode, body: answer.json<Record<string, string>>() };
}

const payment = (changes: object = {}) => ({
  order: 'order-1',
  amount: 20_000,
  subject: '数字证书费用',
  expiresAt: new Date(NOW + 60_000).toISOString(),
  notifyUrl: `${merchant.origin}/callback`,
  returnUrl: `${merchant.origin}/phone/#/orders/1`,
  ...changes,
});
const create = (changes: object = {}) => ask('POST', '/v1/payments', { body: payment(changes) });
const pathOf = (payUrl: string | undefined) => new URL(payUrl!).pathname;
const submit = (path: string, act: string, origin = 'http://pay.test') =>
  app.http.inject({
    method: 'POST',
    url: path,
    headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
    payload: `act=${act}`,
  });

describe('CA-024 a payment at the sandbox', () => {
  test('is created, paid on a page in Chinese, told with a signature, and refunded once', async () => {
    const made = await create();
    expect(made).toMatchObject({ status: 200, body: { state: 'CREATED', amount: 20_000 } });
    const path = pathOf(made.body['payUrl']);
    const page = await app.http.inject({ method: 'GET', url: path });
    expect(page.body).toContain('收银台');
    expect(page.body).toContain('¥200.00');
    expect((await submit(path, 'pay')).body).toContain('支付成功');
    await app.notify();
    const [notice] = merchant.told;
    expect(JSON.parse(String(notice!.body))).toMatchObject({
      order: 'order-1',
      state: 'PAID',
      amount: 20_000,
    });
    const given = {
      signature: String(notice!.headers['x-payment-signature']),
      now,
    };
    const message = {
      method: 'POST',
      path: '/callback',
      time: String(notice!.headers['x-payment-time']),
      body: notice!.body,
    };
    expect(isSigned(SECRET, message, given)).toBe(true);
    expect(isSigned('another secret', message, given)).toBe(false);
    const refund = { body: { amount: 20_000, reason: '申请人取消' } };
    expect((await ask('POST', '/v1/payments/order-1/refund', refund)).body['state']).toBe('REFUNDED');
    expect((await ask('POST', '/v1/payments/order-1/refund', refund)).body['state']).toBe('REFUNDED');
    await app.notify();
    expect(merchant.told.map(({ body }) => JSON.parse(String(body)).state)).toEqual(['PAID', 'REFUNDED']);
  });

  test('the same order is the same payment; another amount under its number is refused', async () => {
    const first = await create();
    expect(await create()).toEqual(first);
    expect(await create({ amount: 1 })).toMatchObject({ status: 409, body: { code: 'PAYMENT_DIFFERS' } });
  });

  test('paying twice is paying once', async () => {
    const path = pathOf((await create()).body['payUrl']);
    await Promise.all([submit(path, 'pay'), submit(path, 'pay')]);
    await app.notify();
    await app.notify();
    expect(merchant.told).toHaveLength(1);
  });

  test('expires, and cannot be paid any more', async () => {
    const path = pathOf((await create()).body['payUrl']);
    now += 60_000;
    expect((await submit(path, 'pay')).body).toContain('支付已过期');
    expect((await ask('GET', '/v1/payments/order-1')).body['state']).toBe('EXPIRED');
  });

  test('closing ends one that is open, and leaves one that is paid', async () => {
    const path = pathOf((await create()).body['payUrl']);
    expect((await ask('POST', '/v1/payments/order-1/closure', { body: {} })).body['state']).toBe('CLOSED');
    expect((await submit(path, 'pay')).body).toContain('支付已关闭');
    const other = pathOf((await create({ order: 'order-2' })).body['payUrl']);
    await submit(other, 'pay');
    expect((await ask('POST', '/v1/payments/order-2/closure', { body: {} })).body['state']).toBe('PAID');
  });

  test('a notice that is not accepted comes again, later and signed anew; after a restart too', async () => {
    const path = pathOf((await create()).body['payUrl']);
    merchant.answer(500);
    await submit(path, 'pay');
    await app.notify();
    await app.notify();
    expect(merchant.told).toHaveLength(1);
    await app.close();
    app = await start();
    now += 10_000;
    merchant.answer(204);
    await app.notify();
    await app.notify();
    expect(merchant.told).toHaveLength(2);
    const [first, second] = merchant.told.map(({ body }) => JSON.parse(String(body)) as { eventId: string });
    expect(second!.eventId).toBe(first!.eventId);
    expect(merchant.told[1]!.headers['x-payment-time']).toBe(String(now));
  });
});

describe('who may ask the sandbox for what', () => {
  test.each([
    ['a wrong key', { secret: 'not the right secret' }],
    ['an old message', { time: NOW - 6 * 60_000 }],
    ['a message from the future', { time: NOW + 6 * 60_000 }],
  ])('refuses %s', async (_name, call) => {
    expect(await ask('POST', '/v1/payments', { body: payment(), ...call })).toMatchObject({ status: 401 });
    expect(await ask('GET', '/v1/payments/order-1', call)).toMatchObject({ status: 401 });
  });

  test('refuses a body that was changed on the way', async () => {
    const sent = payment({ amount: 1 });
    expect(await ask('POST', '/v1/payments', { body: payment(), sent })).toMatchObject({ status: 401 });
  });

  test('sends payers and notices nowhere but to the merchant', async () => {
    expect((await create({ returnUrl: 'https://evil.example/' })).status).toBe(400);
    expect((await create({ notifyUrl: 'http://169.254.169.254/' })).status).toBe(400);
  });

  test('refuses the form of another site, and a page that does not exist', async () => {
    const path = pathOf((await create()).body['payUrl']);
    expect((await submit(path, 'pay', 'https://evil.example')).statusCode).toBe(403);
    expect((await submit('/pay/unknown', 'pay')).statusCode).toBe(404);
    expect((await ask('GET', '/v1/payments/order-1')).body['state']).toBe('CREATED');
  });
});

describe('rules', () => {
  const base: Payment = {
    order: 'o',
    token: 't',
    amount: 1,
    subject: 's',
    notifyUrl: 'http://m.test/',
    returnUrl: 'http://m.test/',
    expiresAt: NOW + 60_000,
    state: 'CREATED',
    at: NOW,
    notices: [],
  };
  const ALLOWED = new Set(['CREATED pay', 'CREATED expire', 'CREATED close', 'PAID refund']);

  test('only the listed steps are possible, and each tells the merchant', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PAYMENT_STATES),
        fc.constantFrom<PaymentEvent>('pay', 'expire', 'close', 'refund'),
        (state, event) => {
          const run = () => step({ ...base, state }, { event, at: NOW, eventId: 'e' });
          if (ALLOWED.has(`${state} ${event}`)) expect(run().notices).toHaveLength(1);
          else expect(run).toThrow();
        },
      ),
    );
  });

  test('pauses grow and end', () => {
    let one = step(base, { event: 'pay', at: NOW, eventId: 'e' });
    let last = 0;
    for (let tries = 1; one.notices.length > 0; tries += 1) {
      const next = postpone(one, NOW);
      if (next.notices.length > 0) {
        const pause = next.notices[0]!.next - NOW;
        expect(pause).toBeGreaterThanOrEqual(last);
        expect(pause).toBeLessThanOrEqual(600_000);
        last = pause;
      }
      expect(tries).toBeLessThanOrEqual(60);
      one = next;
    }
  });
});
