import { fromBase64 } from '@hufu/kernel';
import {
  anchorFromCertificate,
  createTrustStore,
  EXTENDED_KEY_USAGE_OID,
  parseCertificate,
  parseProfile,
  readProfile,
  validatePath,
} from '@hufu/pki';
import { describe, expect, test } from 'vitest';
import { bytesOf, engine, issue, startVendor, UNIT } from '../support/vendor.ts';

describe('OD-41 what a vendor writes is what its profile reads', () => {
  const person = {
    kind: 'legalRepresentative',
    uscc: UNIT.uscc,
    unitName: UNIT.unitName,
    personName: '乌兰',
  };
  const numbers = { keyNo: 'KEY-2026-001', mediumNo: 'M-77' };

  test.each(['a', 'b', 'c'] as const)('vendor %s', async (id) => {
    const vendor = await startVendor({ vendor: id });
    const profile = parseProfile(await (await fetch(`${vendor.baseUrl}/ca/profile.json`)).json());
    const facts = async (holder: object) => {
      const { certificate } = await issue(vendor.baseUrl, { changes: { holder: { ...holder, ...numbers } } });
      return readProfile(certificate, profile);
    };
    const unit = await facts(UNIT);
    expect(unit).toMatchObject({ ...UNIT, personName: undefined, medium: 'usb-key', problems: [] });
    expect(unit.keyNoAssigned).toBe(id !== 'c');
    if (id !== 'c') expect(unit.keyNo).toBe(numbers.keyNo);
    expect(unit.mediumNo).toBe(id === 'b' ? numbers.mediumNo : undefined);
    expect(await facts(person)).toMatchObject({ ...person, problems: [] });
    const alone = { kind: 'individual', personName: '巴特尔' };
    expect(await facts(alone)).toMatchObject({
      ...alone,
      uscc: undefined,
      unitName: undefined,
      problems: [],
    });
    const desk = { ...person, kind: 'operator' };
    expect(await facts(desk)).toMatchObject({ kind: 'operator', problems: [] });
    await vendor.close();
  });
});

describe('RFC 5280 §6 our own validation', () => {
  test.each(['sm2', 'p256', 'rsa'] as const)(
    'accepts the path of a %s authority, and only under its root',
    async (algorithm) => {
      const vendor = await startVendor({ algorithm });
      const other = await startVendor({ algorithm });
      const { certificate, issuer, body } = await issue(vendor.baseUrl, { algorithm });
      const rootOf = async ({ baseUrl }: { baseUrl: string }) =>
        parseCertificate(await bytesOf(await fetch(`${baseUrl}/ca/root.cer`)));
      const judge = async (
        root: Awaited<ReturnType<typeof rootOf>>,
        leaf = certificate,
        time = Date.now(),
      ) => {
        const store = createTrustStore({
          anchors: [anchorFromCertificate(root)],
          intermediates: [issuer],
          engine,
        });
        const extendedKeyUsage = EXTENDED_KEY_USAGE_OID.clientAuth;
        const verdict = await validatePath({ certificate: leaf, store, engine, time, extendedKeyUsage });
        return verdict.ok ? 'valid' : verdict.code;
      };
      const root = await rootOf(vendor);
      expect(await judge(root)).toBe('valid');
      expect(await judge(await rootOf(other))).not.toBe('valid');
      expect(await judge(root, certificate, certificate.notAfter + 1000)).not.toBe('valid');
      if (algorithm === 'sm2') {
        const { encryption } = body as { encryption: { certificate: string } };
        expect(await judge(root, parseCertificate(fromBase64(encryption.certificate)))).toBe('valid');
      }
      await vendor.close();
      await other.close();
    },
  );
});
