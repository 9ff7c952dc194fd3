import { enterpriseObstacle } from '@hufu/pki';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedOf, startTrust, type TrustBench } from './trust-bench.ts';
import { startVendor, type VendorProcess } from './vendor-process.ts';

const VENDORS = [
  { id: 'vendor-sm2', algorithm: 'sm2', vendor: 'a', keyNo: 'assigned' },
  { id: 'vendor-rsa', algorithm: 'rsa', vendor: 'b', keyNo: 'assigned' },
  { id: 'vendor-p256', algorithm: 'p256', vendor: 'c', keyNo: 'serial' },
] as const;

const running = new Map<string, VendorProcess>();
let bench: TrustBench;

beforeAll(async () => {
  bench = await startTrust();
  for (const settings of VENDORS) {
    const process = await startVendor(settings);
    running.set(settings.id, process);
    await bench.trust.seed(seedOf(settings.id, process));
    await bench.trust.desk.refresh(settings.id);
  }
});
afterAll(async () => {
  await bench.close();
  await Promise.all([...running.values()].map((process) => process.stop()));
});

test.each(VENDORS)(
  'OD-41 $id: every kind of holder is read where this vendor writes it',
  async ({ id, keyNo }) => {
    const vendor = running.get(id)!;
    const person = { personName: '王小明', unitName: '内蒙古青山建设工程有限公司' };
    const obstacles = {
      enterprise: undefined,
      legalRepresentative: 'legal-representative',
      individual: 'individual',
      operator: 'operator',
    } as const;
    for (const [kind, obstacle] of Object.entries(obstacles)) {
      const holder = { kind, uscc: '91150102MA0N7A2144', ...person, keyNo: 'KEY-20261120' };
      const issued = await vendor.issue({ holder });
      const judgement = await bench.trust.judge({ certificate: issued.der, purpose: 'sign' });
      expect(judgement).toMatchObject({
        decision: { allow: true },
        facts: {
          kind,
          uscc: '91150102MA0N7A2144',
          unitName: person.unitName,
          keyNo: keyNo === 'assigned' ? 'KEY-20261120' : issued.serialHex,
          keyNoAssigned: keyNo === 'assigned',
          problems: [],
        },
      });
      expect(enterpriseObstacle(judgement.facts!)).toBe(obstacle);
    }
  },
);

test('OD-36 an algorithm that the CA’s policy leaves out is refused although the CA uses it', async () => {
  const vendor = running.get('vendor-sm2')!;
  await bench.setPolicy('vendor-sm2', { algorithms: ['p256'] });
  const { der } = await vendor.issue();
  const { decision } = await bench.trust.judge({ certificate: der, purpose: 'sign' });
  expect(decision).toMatchObject({ allow: false, code: 'CERTIFICATE_WEAK_ALGORITHM' });
  await bench.setPolicy('vendor-sm2', {});
});

test.each(VENDORS)(
  'OD-03 $id: the key of the certificate verifies what it signs, and nothing else',
  async ({ id }) => {
    const { der, signer } = await running.get(id)!.issue();
    const { certificates } = bench.trust;
    const certificate = await certificates.read(der);
    expect(certificate.authority).toMatchObject({ id });
    const message = new TextEncoder().encode('statement');
    const signature = await signer.sign(message);
    expect(await certificates.verify(certificate, message, signature)).toBe(true);
    expect(await certificates.verify(certificate, Uint8Array.of(1), signature)).toBe(false);
    const other = await certificates.read((await running.get(id)!.issue()).der);
    expect(await certificates.verify(other, message, signature)).toBe(false);
  },
);
