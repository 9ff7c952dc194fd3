import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { derBitString, derNull, derOid, derSequence } from '@hufu/gm';
import { CodedError } from '@hufu/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extendedKeyUsage } from '../../src/build/extensions.ts';
import { buildName } from '../../src/build/name.ts';
import { nodeSigner } from '../../src/node/index.ts';
import { anchorFromKey, createTrustStore } from '../../src/path/trust-store.ts';
import { validatePath } from '../../src/path/validate-path.ts';
import { parseCertificate } from '../../src/x509/certificate.ts';
import type { Certificate } from '../../src/x509/model.ts';
import { ATTRIBUTE_OID, EXTENDED_KEY_USAGE_OID } from '../../src/x509/oids.ts';
import { newPrivateKey } from '../support/keys.ts';
import { issue, issueRoot, NOW } from './support/authority.ts';
import { unknownExtension } from './support/extensions.ts';
import { engine, pathOf, storeOf, told, validateChain } from './support/validate.ts';

const SECOND = 1000;

describe('RFC 5280 §6.1 with generated chains', () => {
  test('accepts root, authority, end and tells the path from the end upwards', async () => {
    const root = await issueRoot();
    const authority = await issue({ name: 'Authority', issuer: root, ca: true });
    const end = await issue({ issuer: authority });
    const path = pathOf(await validateChain([root, authority, end], { purpose: 'sign' }));
    expect(path.certificates).toEqual([end.certificate, authority.certificate]);
    expect(path.anchor.certificate).toBe(root.certificate);
  });

  test.each([
    ['sm2', 'sm2', 'sm2'],
    ['rsa', 'rsa', 'rsa'],
    ['sm2', 'p256', 'rsa'],
    ['rsa', 'sm2', 'p256'],
  ] as const)('OD-36 accepts a chain of keys %s, %s, %s', async (top, middle, bottom) => {
    const root = await issueRoot({ key: top });
    const authority = await issue({ name: 'Authority', issuer: root, ca: true, key: middle });
    const end = await issue({ issuer: authority, key: bottom });
    expect(told(await validateChain([root, authority, end]))).toBe('ok');
  });

  test('accepts an anchor that is a name and a key', async () => {
    const root = await issueRoot();
    const end = await issue({ issuer: root });
    const anchors = [anchorFromKey(root.certificate.subject, root.certificate.spki)];
    const store = createTrustStore({ engine, anchors, intermediates: [] });
    const verdict = await validatePath({ certificate: end.certificate, store, engine, time: NOW });
    expect(told(verdict)).toBe('ok');
  });

  test('refuses an issuer that is not in the store, however well the chain holds', async () => {
    const stranger = await issueRoot();
    const end = await issue({ issuer: stranger });
    const store = storeOf([await issueRoot()]);
    const verdict = await validatePath({ certificate: end.certificate, store, engine, time: NOW });
    expect(told(verdict)).toBe('NO_PATH @0');
  });

  test('refuses an anchor as the certificate in question', async () => {
    const root = await issueRoot();
    const verdict = await validatePath({
      certificate: root.certificate,
      store: storeOf([root]),
      engine,
      time: NOW,
    });
    expect(told(verdict)).toBe('TARGET_IS_ANCHOR @0');
  });

  test('§6.1.3(a)(1) refuses a certificate of which one bit was turned', async () => {
    const root = await issueRoot();
    const end = await issue({ issuer: root });
    const der = Uint8Array.from(end.certificate.der);
    der[der.length - 1]! ^= 1;
    const certificate = parseCertificate(der);
    const verdict = await validatePath({ certificate, store: storeOf([root]), engine, time: NOW });
    expect(told(verdict)).toBe('SIGNATURE_INVALID @0');
  });

  test('§6.1.3(a)(4) compares names without case and with spaces folded, and refuses other ones', async () => {
    const part = (text: string) => buildName([{ oid: ATTRIBUTE_OID.organization, text }]);
    const root = await issueRoot({ subject: part('Trading  Root ') });
    const same = await issue({ issuer: root, issuerName: part('trading root') });
    const other = await issue({ issuer: root, issuerName: part('trading roof') });
    expect(told(await validateChain([root, same]))).toBe('ok');
    expect(told(await validateChain([root, other]))).toBe('NO_PATH @0');
  });
});

describe('hostile input', () => {
  test('one changed octet anywhere in a chain is refused, by the parser or by a verdict', async () => {
    const root = await issueRoot();
    const authority = await issue({ name: 'Authority', issuer: root, ca: true });
    const end = await issue({ issuer: authority });
    const chain = [end.certificate, authority.certificate] as const;
    const parsed = (der: Uint8Array) => {
      try {
        return parseCertificate(der);
      } catch (error) {
        if (error instanceof CodedError) return undefined;
        throw error;
      }
    };
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 1 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (which, at, turn) => {
          const der = Uint8Array.from(chain[which]!.der);
          der[at % der.length]! ^= turn;
          const changed = parsed(der);
          if (changed === undefined) return;
          const certificate = which === 0 ? changed : end.certificate;
          const intermediates = [which === 1 ? changed : authority.certificate];
          const store = storeOf([root]).withIntermediates(intermediates);
          expect((await validatePath({ certificate, store, engine, time: NOW })).ok).toBe(false);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('§6.1.3(a)(2) validity', () => {
  const from = NOW - 10 * SECOND;
  const until = NOW + 10 * SECOND;

  test.each([
    [from - 1, 'NOT_YET_VALID @0'],
    [from, 'ok'],
    [until, 'ok'],
    [until + 999, 'ok'],
    [until + SECOND, 'EXPIRED @0'],
    [Number.NaN, 'NOT_YET_VALID @1'],
  ])('of the end certificate at %d', async (time, expected) => {
    const root = await issueRoot();
    const end = await issue({ issuer: root, notBefore: from, notAfter: until });
    expect(told(await validateChain([root, end], { time }))).toBe(expected);
  });

  test('of an authority and of the anchor, each told at its place', async () => {
    const chain = async (rootUntil: number, authorityUntil: number) => {
      const root = await issueRoot({ notAfter: rootUntil });
      const authority = await issue({ name: 'Authority', issuer: root, ca: true, notAfter: authorityUntil });
      return [root, authority, await issue({ issuer: authority })];
    };
    const time = until + SECOND;
    expect(told(await validateChain(await chain(time, until), { time }))).toBe('EXPIRED @1');
    expect(told(await validateChain(await chain(until, time), { time }))).toBe('EXPIRED @2');
    expect(told(await validateChain(await chain(time, time), { time }))).toBe('ok');
  });
});

describe('key usage and extended key usage', () => {
  test.each([
    [['digitalSignature'], 'sign', 'ok'],
    [['nonRepudiation'], 'sign', 'ok'],
    [['keyEncipherment', 'dataEncipherment'], 'sign', 'KEY_USAGE_REFUSED sign @0'],
    [null, 'sign', 'ok'],
    [['keyAgreement'], 'encrypt', 'ok'],
    [['digitalSignature'], 'encrypt', 'KEY_USAGE_REFUSED encrypt @0'],
  ] as const)('§4.2.1.3 usage %j for the purpose to %s', async (usage, purpose, expected) => {
    const root = await issueRoot();
    const end = await issue({ issuer: root, usage });
    expect(told(await validateChain([root, end], { purpose }))).toBe(expected);
  });

  test('§6.1.4(n) refuses an authority without keyCertSign, and such an anchor', async () => {
    const root = await issueRoot();
    const authority = await issue({ name: 'Authority', issuer: root, ca: true, usage: ['cRLSign'] });
    const end = await issue({ issuer: authority });
    expect(told(await validateChain([root, authority, end]))).toBe('KEY_USAGE_REFUSED sign-certificates @1');
    const mute = await issueRoot({ usage: ['cRLSign'] });
    const other = await issue({ issuer: mute });
    expect(told(await validateChain([mute, other]))).toBe('KEY_USAGE_REFUSED sign-certificates @1');
  });

  const { clientAuth, emailProtection, any } = EXTENDED_KEY_USAGE_OID;

  test.each([
    [undefined, undefined, false, 'ok'],
    [undefined, [clientAuth], false, 'ok'],
    [undefined, [emailProtection], false, `EXTENDED_KEY_USAGE_REFUSED ${clientAuth} @0`],
    [undefined, [any], false, `EXTENDED_KEY_USAGE_REFUSED ${clientAuth} @0`],
    [undefined, [any], true, 'ok'],
    [[clientAuth], [clientAuth], false, 'ok'],
    [[any], [clientAuth], false, 'ok'],
    [[emailProtection], [clientAuth], false, `EXTENDED_KEY_USAGE_REFUSED ${clientAuth} @1`],
  ])(
    '§4.2.1.12 authority %j, end %j, anyExtendedKeyUsage admitted: %s',
    async (above, below, admitted, expected) => {
      const list = (oids: string[] | undefined) => (oids ? [extendedKeyUsage(oids)] : []);
      const root = await issueRoot();
      const authority = await issue({ name: 'Authority', issuer: root, ca: true, extensions: list(above) });
      const end = await issue({ issuer: authority, extensions: list(below) });
      const rules = { extendedKeyUsage: clientAuth, acceptAnyExtendedKeyUsage: admitted };
      expect(told(await validateChain([root, authority, end], rules))).toBe(expected);
    },
  );
});

describe('§6.1.4(o) critical extensions', () => {
  test.each([
    ['end', 0],
    ['authority', 1],
    ['root', 2],
  ] as const)('an unknown one in the %s', async (where, index) => {
    const unknown = (critical: boolean, at: string) => (at === where ? [unknownExtension(critical)] : []);
    for (const critical of [true, false]) {
      const root = await issueRoot({ extensions: unknown(critical, 'root') });
      const authority = await issue({
        name: 'Authority',
        issuer: root,
        ca: true,
        extensions: unknown(critical, 'authority'),
      });
      const end = await issue({ issuer: authority, extensions: unknown(critical, 'end') });
      expect(told(await validateChain([root, authority, end]))).toBe(
        critical ? `UNKNOWN_CRITICAL_EXTENSION 1.3.6.1.4.1.55555.1 @${index}` : 'ok',
      );
    }
  });
});

describe('OD-36 algorithms', () => {
  test('refuses a short RSA key wherever it stands', async () => {
    const weak = nodeSigner(newPrivateKey('rsa', 1024));
    const root = await issueRoot();
    const end = await issue({ issuer: root, key: weak });
    expect(told(await validateChain([root, end]))).toBe('KEY_REFUSED rsa-1024 @0');
    const weakRoot = await issueRoot({ key: weak });
    const other = await issue({ issuer: weakRoot });
    expect(told(await validateChain([weakRoot, other]))).toBe('KEY_REFUSED rsa-1024 @1');
  });

  const pkcs8 = newPrivateKey('rsa');

  /** The OIDs of RSA with MD5, SHA-1 and SHA-256 differ in their last octet alone: 4, 5, 11. */
  const RSA_OID = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01];

  function withRsaDigest(
    signed: Certificate,
    digest: 'md5' | 'sha1' | 'sha256',
    key: KeyObject,
  ): Certificate {
    const tbs = Buffer.from(signed.tbs);
    const last = { md5: 4, sha1: 5, sha256: 11 }[digest];
    tbs[tbs.indexOf(Buffer.from([...RSA_OID, 11])) + RSA_OID.length] = last;
    const identifier = derSequence(derOid(`1.2.840.113549.1.1.${last}`), derNull());
    return parseCertificate(derSequence(tbs, identifier, derBitString(sign(digest, tbs, key))));
  }

  test.each([
    ['md5', 'SIGNATURE_ALGORITHM_REFUSED 1.2.840.113549.1.1.4 @0'],
    ['sha1', 'SIGNATURE_ALGORITHM_REFUSED 1.2.840.113549.1.1.5 @0'],
    ['sha256', 'ok'],
  ] as const)('a true RSA signature with %s: %s', async (digest, expected) => {
    const root = await issueRoot({ key: nodeSigner(pkcs8) });
    const end = await issue({ issuer: root });
    const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
    const certificate = withRsaDigest(end.certificate, digest, key);
    expect(told(await validateChain([root, { ...end, certificate }]))).toBe(expected);
  });

  test('a key makes only the signatures of its own kind', async () => {
    const [sm2, p256] = [nodeSigner(newPrivateKey('sm2')), nodeSigner(newPrivateKey('p256'))];
    const confusions = [
      { ...sm2, algorithm: p256.algorithm },
      { ...p256, algorithm: sm2.algorithm },
    ];
    for (const signer of confusions) {
      const root = await issueRoot({ key: signer });
      const end = await issue({ issuer: root });
      expect(told(await validateChain([root, end]))).toMatch(/^SIGNATURE_ALGORITHM_REFUSED/);
    }
  });
});
