import { randomBytes } from 'node:crypto';
import { fixedClock, toBase64 } from '@hufu/kernel';
import {
  buildTimeStampRequest,
  parseCertificate,
  parseCrl,
  parseOcspResponse,
  parseTimeStampResponse,
  verifyOcspSignature,
  verifyTimeStampToken,
} from '@hufu/pki';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  admin,
  askOcsp,
  bytesOf,
  engine,
  issue,
  newPrivateKey,
  newRequest,
  startVendor,
  UNIT,
} from '../support/vendor.ts';

type Vendor = Awaited<ReturnType<typeof startVendor>>;

describe('issuing', () => {
  let vendor: Vendor;
  beforeAll(async () => {
    vendor = await startVendor();
  });
  afterAll(() => vendor.close());

  const order = async (changes: object = {}) => ({
    csr: await newRequest(newPrivateKey('p256')),
    holder: UNIT,
    ...changes,
  });
  const post = (body: unknown, token?: string) => admin(vendor.baseUrl, 'POST /certificates', body, token);

  test('takes names from the order, never from the request, and points to itself', async () => {
    const { certificate, issuer } = await issue(vendor.baseUrl);
    expect(certificate.subject.key).not.toContain('不算数');
    expect(certificate.issuer.key).toBe(issuer.subject.key);
    expect(certificate.authorityKeyIdentifier).toEqual(issuer.subjectKeyIdentifier);
    expect(certificate.ocspAddresses).toEqual([`${vendor.baseUrl}/ocsp`]);
    expect(certificate.issuerAddresses).toEqual([`${vendor.baseUrl}/ca/intermediate.cer`]);
    expect(certificate.basicConstraints).toEqual({ ca: false, pathLength: undefined });
    const served = parseCertificate(await bytesOf(await fetch(certificate.issuerAddresses[0]!)));
    expect(served.der).toEqual(issuer.der);
  });

  test('dates of the order make expired and not yet valid certificates', async () => {
    const changes = { notBefore: '2024-01-01T00:00:00Z', notAfter: '2025-01-01T00:00:00Z' };
    const { certificate } = await issue(vendor.baseUrl, { changes });
    expect(certificate.notBefore).toBe(Date.UTC(2024, 0, 1));
    expect(certificate.notAfter).toBe(Date.UTC(2025, 0, 1));
    const turned = { notBefore: changes.notAfter, notAfter: changes.notBefore };
    expect(await post(await order(turned))).toMatchObject({ status: 400, body: { code: 'CA_INPUT' } });
  });

  test('the variant wrong-usage makes a certificate that may not sign', async () => {
    const { certificate } = await issue(vendor.baseUrl, { changes: { variant: 'wrong-usage' } });
    expect(certificate.keyUsage?.has('digitalSignature')).toBe(false);
  });

  test('refuses a key twice, a key of another kind, and a request signed by another key', async () => {
    const first = await order();
    expect((await post(first)).status).toBe(201);
    expect(await post(first)).toMatchObject({ status: 409, body: { code: 'CA_KEY_REUSED' } });
    const csr = await newRequest(newPrivateKey('sm2'));
    expect(await post(await order({ csr }))).toMatchObject({ status: 422, body: { code: 'CA_KEY_KIND' } });
    const spoiled = Buffer.from(await newRequest(newPrivateKey('p256')), 'base64');
    spoiled[spoiled.length - 1]! ^= 1;
    const forged = await order({ csr: spoiled.toString('base64') });
    expect(await post(forged)).toMatchObject({ status: 422, body: { code: 'CA_REQUEST_SIGNATURE' } });
  });

  test.each([
    ['no body', undefined],
    ['a request that is not DER', { csr: toBase64(new Uint8Array(40)), holder: UNIT }],
    ['an enterprise without a code', { holder: { kind: 'enterprise', unitName: '甲' } }],
    ['a person without a name', { holder: { kind: 'individual' } }],
    ['an unknown field', { surprise: true }],
    ['a code of 17 characters', { holder: { ...UNIT, uscc: '91150102MA0N7A214' } }],
    ['a name of 100,000 characters', { holder: { ...UNIT, unitName: '甲'.repeat(100_000) } }],
  ])('refuses %s with a code', async (_what, changes) => {
    const answer = await post(changes === undefined ? undefined : await order(changes));
    expect(answer.status).toBe(400);
    expect(answer.body['code']).toMatch(/^(CA_INPUT|DER_TAG)$/);
    expect(JSON.stringify(answer.body)).not.toContain('甲');
  });

  test('every admin address needs the token', async () => {
    const { serialHex } = await issue(vendor.baseUrl);
    const calls = [
      'POST /certificates',
      'GET /certificates',
      `GET /certificates/${serialHex}`,
      `POST /certificates/${serialHex}/revoke`,
      `POST /certificates/${serialHex}/hold`,
      `POST /certificates/${serialHex}/release`,
      'GET /faults',
      'PUT /faults',
    ];
    for (const call of calls) {
      const body = call.startsWith('GET') ? undefined : {};
      const answer = await admin(vendor.baseUrl, call, body, 'another-token-entirely');
      expect(answer, call).toMatchObject({ status: 401, body: { code: 'CA_UNAUTHORIZED' } });
    }
    expect((await admin(vendor.baseUrl, `GET /certificates/${serialHex}`)).body['state']).toBe('good');
  });
});

test('OD-36 a weak RSA key is refused, unless a weak certificate is ordered for a test', async () => {
  const vendor = await startVendor({ algorithm: 'rsa' });
  const csr = await newRequest(newPrivateKey('rsa', 1024));
  const strict = await admin(vendor.baseUrl, 'POST /certificates', { csr, holder: UNIT });
  expect(strict).toMatchObject({ status: 422, body: { code: 'CA_KEY_KIND', bits: 1024 } });
  const weak = await admin(vendor.baseUrl, 'POST /certificates', { csr, holder: UNIT, variant: 'weak-key' });
  expect(weak.status).toBe(201);
  await vendor.close();
});

describe('status', () => {
  let vendor: Vendor;
  beforeAll(async () => {
    vendor = await startVendor();
  });
  afterAll(() => vendor.close());

  const crl = async () => parseCrl(await bytesOf(await fetch(`${vendor.baseUrl}/crl/intermediate.crl`)));
  const act = (serialHex: string, verb: string, body: object = {}) =>
    admin(vendor.baseUrl, `POST /certificates/${serialHex}/${verb}`, body);
  const code = async (answer: ReturnType<typeof act>) => (await answer).body['code'];

  test('revoked, held and released certificates show at once in CRL and OCSP', async () => {
    const one = await issue(vendor.baseUrl);
    const status = async () => (await askOcsp(vendor.baseUrl, one)).basic?.responses[0]?.status;
    expect(await status()).toEqual({ kind: 'good' });
    const before = await crl();
    expect(before.find(one.serialHex)).toBeUndefined();

    expect((await act(one.serialHex, 'hold')).body['state']).toBe('held');
    expect(await status()).toMatchObject({ kind: 'revoked', reason: 'certificateHold' });
    const during = await crl();
    expect(during.find(one.serialHex)?.reason).toBe('certificateHold');
    expect(during.crlNumber! > before.crlNumber!).toBe(true);

    expect((await act(one.serialHex, 'release')).body['state']).toBe('good');
    expect(await status()).toEqual({ kind: 'good' });
    expect((await crl()).find(one.serialHex)).toBeUndefined();

    await act(one.serialHex, 'revoke', { reason: 'keyCompromise' });
    expect(await status()).toMatchObject({ kind: 'revoked', reason: 'keyCompromise' });
    expect((await crl()).find(one.serialHex)?.reason).toBe('keyCompromise');
  });

  test('what cannot happen is refused: release of a good one, hold twice, anything after revocation', async () => {
    const { serialHex } = await issue(vendor.baseUrl);
    expect(await code(act(serialHex, 'release'))).toBe('CA_NOT_HELD');
    await act(serialHex, 'hold');
    expect(await code(act(serialHex, 'hold'))).toBe('CA_ALREADY_HELD');
    await act(serialHex, 'revoke');
    for (const verb of ['revoke', 'hold', 'release'])
      expect(await code(act(serialHex, verb))).toBe('CA_ALREADY_REVOKED');
    expect(await code(act('00ff', 'revoke'))).toBe('CA_CERTIFICATE_UNKNOWN');
    expect(await code(act(serialHex, 'revoke', { reason: 'certificateHold' }))).toBe('CA_INPUT');
  });

  test('OCSP: unknown for a number never issued, unauthorized for another issuer, malformed for noise', async () => {
    const one = await issue(vendor.baseUrl);
    const never = { ...one, certificate: { ...one.certificate, serial: Uint8Array.of(1, 2, 3) } };
    expect((await askOcsp(vendor.baseUrl, never)).basic?.responses[0]?.status.kind).toBe('unknown');
    const foreign = await askOcsp(vendor.baseUrl, { ...one, issuer: one.certificate });
    expect(foreign.response.status).toBe('unauthorized');
    const noise = await fetch(`${vendor.baseUrl}/ocsp`, { method: 'POST', body: 'noise' });
    expect(parseOcspResponse(await bytesOf(noise)).status).toBe('malformedRequest');
    const large = await fetch(`${vendor.baseUrl}/ocsp`, { method: 'POST', body: 'x'.repeat(20_000) });
    expect(large.status).toBe(413);
  });

  test('OCSP: the same bytes for the same question, by POST and GET; a nonce is answered alone and not cached', async () => {
    const one = await issue(vendor.baseUrl);
    const first = await askOcsp(vendor.baseUrl, one);
    const again = await askOcsp(vendor.baseUrl, one);
    expect(again.basic?.signature).toEqual(first.basic?.signature);
    expect(first.headers.get('cache-control')).toContain('max-age=900');
    const base64 = toBase64(first.request);
    for (const path of [encodeURIComponent(base64), base64]) {
      const answer = parseOcspResponse(await bytesOf(await fetch(`${vendor.baseUrl}/ocsp/${path}`)));
      expect(answer.basic?.signature).toEqual(first.basic?.signature);
    }
    const nonce = randomBytes(16);
    const live = await askOcsp(vendor.baseUrl, one, nonce);
    expect(Buffer.from(live.basic!.nonce!).equals(nonce)).toBe(true);
    expect(live.headers.get('cache-control')).toBe('no-store');
  });

  test('RFC 3161: a token of ours verifies; weak digests and foreign policies are refused in the answer', async () => {
    const ask = async (body: Uint8Array) => {
      const headers = { 'content-type': 'application/timestamp-query' };
      const answer = await fetch(`${vendor.baseUrl}/tsa`, {
        method: 'POST',
        headers,
        body: Buffer.from(body),
      });
      return parseTimeStampResponse(await bytesOf(answer));
    };
    const imprint = { digest: 'sm3', hash: randomBytes(32) } as const;
    const { token } = await ask(buildTimeStampRequest({ ...imprint, nonce: 3n, certificateRequested: true }));
    const verdict = await verifyTimeStampToken({ token: token!, imprint, nonce: 3n }, engine);
    expect(verdict.valid).toBe(true);
    expect(Math.abs(token!.info.time - Date.now())).toBeLessThan(60_000);
    const weak = await ask(buildTimeStampRequest({ digest: 'sha1', hash: randomBytes(20) }));
    expect(weak).toMatchObject({ status: 'rejection', failures: ['badAlg'] });
    const short = await ask(buildTimeStampRequest({ digest: 'sha256', hash: randomBytes(20) }));
    expect(short.failures).toEqual(['badDataFormat']);
    expect((await ask(randomBytes(20))).failures).toEqual(['badDataFormat']);
  });
});

test('CRL and OCSP answers carry their times, and new ones come before the old ones end', async () => {
  const clock = fixedClock(Date.UTC(2026, 10, 20, 8));
  const vendor = await startVendor({ crlValidSeconds: 7200, ocspValidSeconds: 600 }, clock);
  const one = await issue(vendor.baseUrl);
  const crl = parseCrl(await bytesOf(await fetch(`${vendor.baseUrl}/crl/root.crl`)));
  expect(crl).toMatchObject({ thisUpdate: clock.now(), nextUpdate: clock.now() + 7_200_000, size: 0 });
  const first = await askOcsp(vendor.baseUrl, one);
  expect(first.basic?.responses[0]).toMatchObject({ nextUpdate: clock.now() + 600_000 });
  clock.advance(299_000);
  expect((await askOcsp(vendor.baseUrl, one)).basic?.producedAt).toBe(first.basic?.producedAt);
  clock.advance(2_000);
  expect((await askOcsp(vendor.baseUrl, one)).basic?.producedAt).toBe(clock.now());
  await vendor.close();
});

describe('faults of a vendor, on purpose', () => {
  let vendor: Vendor;
  beforeAll(async () => {
    vendor = await startVendor();
  });
  afterAll(() => vendor.close());

  const set = (ocspMode: string, delayMs = 0) => admin(vendor.baseUrl, 'PUT /faults', { ocspMode, delayMs });

  test.each([
    ['unsigned', 'signature'],
    ['wrong-certificate', 'not-delegated'],
  ])('%s answers are refused for their signer: %s', async (mode, reason) => {
    const one = await issue(vendor.baseUrl);
    await set(mode);
    const { basic } = await askOcsp(vendor.baseUrl, one);
    const question = { basic: basic!, issuer: one.issuer, at: Date.now() };
    expect(await verifyOcspSignature(question, engine)).toEqual({ signed: false, reason });
    await set('normal');
    const right = await askOcsp(vendor.baseUrl, one);
    expect(await verifyOcspSignature({ ...question, basic: right.basic! }, engine)).toMatchObject({
      signed: true,
    });
  });

  test('stale answers are past their end; down cuts the connection; normal heals both', async () => {
    const one = await issue(vendor.baseUrl);
    await set('stale');
    expect((await askOcsp(vendor.baseUrl, one)).basic!.responses[0]!.nextUpdate!).toBeLessThan(Date.now());
    await set('down');
    await expect(askOcsp(vendor.baseUrl, one)).rejects.toThrow();
    await set('normal');
    expect((await askOcsp(vendor.baseUrl, one)).basic!.responses[0]!.nextUpdate!).toBeGreaterThan(Date.now());
    expect(await set('broken')).toMatchObject({ status: 400, body: { code: 'CA_INPUT' } });
  });

  test('a slow vendor waits with its answers', async () => {
    const one = await issue(vendor.baseUrl);
    await set('normal', 3000);
    const slow = askOcsp(vendor.baseUrl, one).then((answer) => answer.response.status);
    const prompt = fetch(`${vendor.baseUrl}/status`).then(() => 'status');
    expect(await Promise.race([slow, prompt])).toBe('status');
    expect(await slow).toBe('successful');
    await set('normal');
  });
});
