import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Judgement, JudgeProgress } from '../../../src/features/trust/index.ts';
import { testInfra } from '../../support/infra.ts';
import { seedOf, shiftedClock, startTrust, type TrustBench } from './trust-bench.ts';
import { startVendor, type VendorProcess } from './vendor-process.ts';

const clock = shiftedClock();
let vendor: VendorProcess;
let bench: TrustBench;

beforeAll(async () => {
  vendor = await startVendor({ algorithm: 'sm2', vendor: 'a' });
  bench = await startTrust({ clock });
  await bench.trust.seed(seedOf('beijiang', vendor));
  await bench.trust.desk.refresh('beijiang');
});
afterAll(async () => {
  await bench.close();
  await vendor.stop();
});

const judge = (der: Uint8Array, onProgress?: (progress: JudgeProgress) => void): Promise<Judgement> =>
  bench.trust.judge({
    certificate: der,
    purpose: 'sign',
    ...(onProgress === undefined ? {} : { onProgress }),
  });
const codeOf = async (der: Uint8Array) => {
  const { decision } = await judge(der);
  return decision.allow ? 'allowed' : decision.code;
};
const refreshed = () => bench.trust.desk.refresh('beijiang');

describe('a real authority, by its revocation lists', () => {
  test('HUB-013 a good certificate: facts, verdict with evidence, decision that names the policy', async () => {
    const { der, keyNo } = await vendor.issue();
    expect(await judge(der)).toMatchObject({
      recognition: 'recognised',
      authority: { id: 'beijiang' },
      facts: {
        uscc: '91150102MA0N7A2144',
        unitName: '内蒙古青山建设工程有限公司',
        kind: 'enterprise',
        keyNo,
      },
      decision: { allow: true, policyName: 'beijiang@1' },
      revocation: [
        { status: 'good', source: 'crl', evidence: [{ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }] },
        { status: 'good', source: 'crl' },
      ],
    });
  });

  test('HUB-054 revoked, lost and expired: the manual’s line, then cause, date and phone', async () => {
    const revoked = await vendor.issue();
    await vendor.act(revoked.serialHex, 'revoke', { reason: 'keyCompromise' });
    const lost = await vendor.issue();
    await vendor.act(lost.serialHex, 'hold');
    const expired = await vendor.issue({
      notBefore: '2025-01-01T00:00:00Z',
      notAfter: '2026-01-01T00:00:00Z',
    });
    await refreshed();

    expect((await judge(revoked.der)).refusal).toMatchObject({
      code: 'CERTIFICATE_REVOKED',
      fields: { cause: 'revoked', authority: '北疆CA', phone: '0471-1234567' },
      hint: { zh: expect.stringMatching(/^证书已于 \d{4}-\d\d-\d\d \d\d:\d\d 被吊销.*0471-1234567$/) },
    });
    expect((await judge(lost.der)).refusal).toMatchObject({
      code: 'CERTIFICATE_ON_HOLD',
      fields: { cause: 'lost' },
      hint: { zh: expect.stringContaining('已挂失'), en: expect.stringContaining('Beijiang CA') },
    });
    expect((await judge(expired.der)).refusal).toMatchObject({
      code: 'CERTIFICATE_EXPIRED',
      fields: { cause: 'expired', since: '2026-01-01T00:00:00.000Z' },
      hint: { zh: expect.stringContaining('已于 2026-01-01 08:00 到期') },
    });
  });

  test('CA-035 a certificate that was found again works again', async () => {
    const lost = await vendor.issue();
    await vendor.act(lost.serialHex, 'hold');
    await refreshed();
    expect(await codeOf(lost.der)).toBe('CERTIFICATE_ON_HOLD');
    await vendor.act(lost.serialHex, 'release');
    await refreshed();
    expect(await codeOf(lost.der)).toBe('allowed');
  });

  test('not yet valid, and an encryption certificate', async () => {
    const early = await vendor.issue({ notBefore: '2027-06-01T00:00:00Z', notAfter: '2028-01-01T00:00:00Z' });
    expect(await codeOf(early.der)).toBe('CERTIFICATE_NOT_YET_VALID');
    const wrong = await vendor.issue({ variant: 'wrong-usage' });
    expect(await codeOf(wrong.der)).toBe('CERTIFICATE_WRONG_USAGE');
  });

  test('bytes that are no certificate', async () => {
    const { der } = await vendor.issue();
    for (const bytes of [new Uint8Array(), der.subarray(1), new Uint8Array(100_000)]) {
      await expect(judge(bytes)).rejects.toMatchObject({ code: 'CERTIFICATE_MALFORMED' });
    }
  });

  test('a changed octet of a known certificate is not known', async () => {
    const { der } = await vendor.issue();
    expect(await codeOf(der)).toBe('allowed');
    const broken = der.slice();
    broken[der.length - 1]! ^= 1;
    expect(await codeOf(broken)).toBe('CERTIFICATE_PATH_INVALID');
    expect((await judge(broken)).facts).toBeUndefined();
  });
});

describe('HUB-056 a real authority, by its OCSP responder', () => {
  const ask = (ocspBudgetMs = 5_000) =>
    bench.setPolicy('beijiang', { sources: 'OCSP_ONLY', ocspBudgetMs, ocspCacheSeconds: 300 });

  test('good and revoked, asked live', async () => {
    await ask();
    const { der, serialHex } = await vendor.issue();
    expect((await judge(der)).revocation[0]).toMatchObject({ status: 'good', source: 'ocsp-live' });
    const other = await vendor.issue();
    await vendor.act(other.serialHex, 'revoke', { reason: 'superseded' });
    expect(await codeOf(other.der)).toBe('CERTIFICATE_REVOKED');
    await vendor.act(serialHex, 'hold');
    expect((await judge(der)).revocation[0]).toMatchObject({ status: 'good', source: 'ocsp-cached' });
    clock.shift(301_000);
    expect(await codeOf(der)).toBe('CERTIFICATE_ON_HOLD');
  });

  test.each([
    ['down', 'CERTIFICATE_STATUS_UNREACHABLE', 'unreachable'],
    ['stale', 'CERTIFICATE_STATUS_STALE', 'stale'],
    ['unsigned', 'CERTIFICATE_STATUS_UNTRUSTED', 'unsigned'],
    ['wrong-certificate', 'CERTIFICATE_STATUS_UNTRUSTED', 'wrong-signer'],
  ] as const)('a responder that is %s is refused as %s', async (ocspMode, code, reason) => {
    await ask();
    const { der } = await vendor.issue();
    await vendor.faults({ ocspMode });
    const judgement = await judge(der);
    expect(judgement.decision).toMatchObject({ allow: false, code });
    expect(judgement.revocation[0]).toMatchObject({ status: 'unknown', reason });
    await vendor.faults({});
    expect(await codeOf(der)).toBe('allowed');
  });

  test('a slow one is waited for as long as its budget, with progress; its late answer serves the next attempt', async () => {
    await ask(600);
    const { der } = await vendor.issue();
    await vendor.faults({ delayMs: 1_200 });
    const seen: JudgeProgress[] = [];
    const judgement = await judge(der, (progress) => seen.push(progress));
    expect(judgement.refusal).toMatchObject({
      code: 'CERTIFICATE_STATUS_SLOW',
      fields: { authority: '北疆CA', phone: '0471-1234567', budgetSeconds: 1 },
    });
    expect(seen[0]).toMatchObject({ step: 'PATH', authorityName: '北疆CA', budgetMs: 600 });
    expect(seen.filter(({ step }) => step === 'REVOCATION').length).toBeGreaterThanOrEqual(2);
    await expect.poll(() => codeOf(der)).toBe('allowed');
    await vendor.faults({});
  });

  test('another server on the same database takes the stored answer and judges it anew', async () => {
    await ask();
    const { der } = await vendor.issue();
    expect(await codeOf(der)).toBe('allowed');
    const infra = await testInfra({ database: bench.infra.database, clock });
    const second = await startTrust({ infra, fetch: () => Promise.resolve({ outcome: 'unreachable' }) });
    const judgement = await second.trust.judge({ certificate: der, purpose: 'sign' });
    expect(judgement.revocation[0]).toMatchObject({ status: 'good', source: 'ocsp-cached' });
    await second.close();
    await infra.dispose();
  });
});

describe('X-Road lesson: bounded grace, opt-in, recorded', () => {
  const DAY = 86_400_000;

  test('lists that ran out refuse; a granted grace allows for its time and leaves a trace; then it refuses again', async () => {
    await bench.setPolicy('beijiang', { sources: 'CRL_ONLY' });
    await refreshed();
    const { der } = await vendor.issue();
    expect(await codeOf(der)).toBe('allowed');
    clock.shift(DAY + 60_000);
    expect(await codeOf(der)).toBe('CERTIFICATE_STATUS_STALE');
    expect(await bench.audited('trust.use-grace')).toHaveLength(0);

    const graceUntil = new Date(clock.now() + 2 * DAY).toISOString();
    await bench.setPolicy('beijiang', { sources: 'CRL_ONLY', graceSeconds: 7_200, graceUntil });
    const judgement = await judge(der);
    expect(judgement.decision).toMatchObject({ allow: true, grace: { expiredAt: expect.any(Number) } });
    const [trace] = await bench.audited('trust.use-grace');
    expect(trace).toMatchObject({ subject_id: 'beijiang', after: { certificate: judgement.fingerprint } });

    clock.shift(7_200_000);
    expect(await codeOf(der)).toBe('CERTIFICATE_STATUS_STALE');
  });
});
