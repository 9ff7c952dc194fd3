import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodePkcs8, nobleSm2, openSm2EnvelopedKey } from '@hufu/gm';
import { fromBase64, toPem, utf8 } from '@hufu/kernel';
import {
  buildCertId,
  buildOcspRequest,
  buildTimeStampRequest,
  parseCertificate,
  parseCrl,
  parseOcspResponse,
  parseTimeStampResponse,
} from '@hufu/pki';
import { nodeCryptoEngine } from '@hufu/pki/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openssl, vendorWithCertificate } from './support/vendor.ts';

type Case = Awaited<ReturnType<typeof vendorWithCertificate>>;

const engine = nodeCryptoEngine();
const DISTID = 'distid:1234567812345678';

async function saveLists({ vendor }: Case): Promise<void> {
  for (const list of ['root', 'intermediate']) {
    await vendor.save(`${list}.crl.pem`, await vendor.get(`/crl/${list}.crl`), 'X509 CRL');
  }
}

describe.each([
  ['rsa', 'b'],
  ['p256', 'c'],
] as const)('openssl accepts what a %s authority makes', (algorithm, vendorId) => {
  let it: Case;
  beforeAll(async () => {
    it = await vendorWithCertificate(algorithm, vendorId);
  });
  afterAll(() => it.vendor.close());

  test('RFC 5280 certificates: openssl verify, strict, with CRLs', async () => {
    await saveLists(it);
    const { folder } = it.vendor;
    const path = ['-x509_strict', '-CAfile', 'root.pem', '-untrusted', 'intermediate.pem'];
    const lists = ['-crl_check_all', '-CRLfile', 'root.crl.pem', '-CRLfile', 'intermediate.crl.pem'];
    expect(await openssl(folder, 'verify', ...path, ...lists, 'ee.pem')).toContain('ee.pem: OK');
    await expect(
      openssl(folder, 'verify', '-x509_strict', '-CAfile', 'root.pem', 'ee.pem'),
    ).rejects.toThrow();
  });

  test('RFC 5280 CRLs: openssl crl', async () => {
    await saveLists(it);
    const check = (list: string, issuer: string) =>
      openssl(it.vendor.folder, 'crl', '-in', `${list}.crl.pem`, '-CAfile', `${issuer}.pem`, '-noout');
    expect(await check('root', 'root')).toContain('verify OK');
    expect(await check('intermediate', 'intermediate')).toContain('verify OK');
    await expect(check('intermediate', 'root')).rejects.toThrow();
  });

  test('RFC 6960 OCSP: good, then revoked, with and without nonce', async () => {
    const ask = (...more: readonly string[]) =>
      openssl(
        it.vendor.folder,
        ...['ocsp', '-issuer', 'intermediate.pem', ...more, '-cert', 'ee.pem', '-CAfile', 'both.pem'],
        ...['-url', `${it.vendor.baseUrl}/ocsp`],
      );
    for (const more of [[], ['-no_nonce'], ['-sha256', '-no_nonce']]) {
      const answer = await ask(...more);
      expect(answer).toContain('Response verify OK');
      expect(answer).toContain('ee.pem: good');
      expect(answer).not.toContain('no nonce in response');
    }
    await it.vendor.admin('POST', `/certificates/${it.issued.serialHex}/revoke`, { reason: 'keyCompromise' });
    for (const more of [[], ['-no_nonce']]) {
      const answer = await ask(...more);
      expect(answer).toContain('Response verify OK');
      expect(answer).toContain('ee.pem: revoked');
      expect(answer).toContain('keyCompromise');
    }
    await saveLists(it);
    const path = ['-CAfile', 'root.pem', '-untrusted', 'intermediate.pem', '-crl_check'];
    const verify = openssl(it.vendor.folder, 'verify', ...path, '-CRLfile', 'intermediate.crl.pem', 'ee.pem');
    await expect(verify).rejects.toThrow('certificate revoked');
  });

  test('RFC 3161 time-stamps: openssl ts', async () => {
    const { vendor } = it;
    await vendor.save('payload', utf8('开标记录'));
    await vendor.save('other', utf8('别的记录'));
    await openssl(vendor.folder, 'ts', '-query', '-data', 'payload', '-sha256', '-cert', '-out', 'query.tsq');
    const query = await readFile(join(vendor.folder, 'query.tsq'));
    await vendor.save('reply.tsr', await vendor.post('/tsa', 'application/timestamp-query', query));
    const verify = (...of: readonly string[]) =>
      openssl(
        vendor.folder,
        ...[
          'ts',
          '-verify',
          ...of,
          '-in',
          'reply.tsr',
          '-CAfile',
          'root.pem',
          '-untrusted',
          'intermediate.pem',
        ],
      );
    expect(await verify('-queryfile', 'query.tsq')).toContain('Verification: OK');
    expect(await verify('-data', 'payload')).toContain('Verification: OK');
    await expect(verify('-data', 'other')).rejects.toThrow();
  });

  test('keys lie in encrypted PKCS #8 that openssl opens with the passphrase alone', async () => {
    const read = (passphrase: string) =>
      openssl(
        it.vendor.folder,
        'pkey',
        '-in',
        'data/keys/root.key',
        '-passin',
        `pass:${passphrase}`,
        '-noout',
      );
    await expect(read('for tests only')).resolves.toBeDefined();
    await expect(read('another one')).rejects.toThrow();
  });
});

describe('openssl accepts what an sm2 authority makes, link by link', () => {
  let it: Case;
  beforeAll(async () => {
    it = await vendorWithCertificate('sm2', 'a');
    const encryption = it.issued.encryption;
    if (encryption === undefined) throw new Error('no encryption certificate');
    await it.vendor.save('enc.pem', fromBase64(encryption.certificate), 'CERTIFICATE');
  });
  afterAll(() => it.vendor.close());

  // openssl 3.0 uses the ID for the leaf alone, so every link is a leaf once.
  test.each([
    ['ee.pem', 'intermediate.pem'],
    ['enc.pem', 'intermediate.pem'],
    ['intermediate.pem', 'root.pem'],
  ])('GB/T 20518 %s is signed by %s', async (leaf, issuer) => {
    const { folder } = it.vendor;
    const common = ['verify', '-x509_strict', '-partial_chain', '-vfyopt', DISTID];
    expect(await openssl(folder, ...common, '-trusted', issuer, leaf)).toContain(`${leaf}: OK`);
    await expect(openssl(folder, 'verify', '-partial_chain', '-trusted', issuer, leaf)).rejects.toThrow();
  });

  /** Signature over the signed part, checked by `openssl dgst` with the default ID. */
  async function signatureOf(signed: {
    readonly tbs: Uint8Array;
    readonly signature: Uint8Array;
    readonly by: Uint8Array;
  }): Promise<string> {
    const { vendor } = it;
    await vendor.save('tbs', signed.tbs);
    await vendor.save('signature', signed.signature);
    await writeFile(join(vendor.folder, 'by.pem'), toPem('PUBLIC KEY', signed.by));
    const check = ['-sm3', '-sigopt', DISTID, '-verify', 'by.pem', '-signature', 'signature', 'tbs'];
    return openssl(vendor.folder, 'dgst', ...check);
  }

  test('root, CRL, OCSP answer and time-stamp token carry SM2 signatures with the default ID', async () => {
    const { vendor, issued } = it;
    const intermediate = parseCertificate(fromBase64(issued.chain[0]!));
    const root = parseCertificate(fromBase64(issued.chain[1]!));
    expect(await signatureOf({ ...root, by: root.spki.der })).toContain('Verified OK');
    const crl = parseCrl(await vendor.get('/crl/intermediate.crl'));
    expect(await signatureOf({ ...crl, by: intermediate.spki.der })).toContain('Verified OK');

    const { serial } = parseCertificate(fromBase64(issued.certificate));
    const certId = buildCertId({ issuer: intermediate, serial, digest: 'sm3' }, engine);
    const request = buildOcspRequest({ certIds: [certId], nonce: randomBytes(16) });
    const { basic } = parseOcspResponse(await vendor.post('/ocsp', 'application/ocsp-request', request));
    expect(basic?.responses[0]?.status.kind).toBe('good');
    const by = basic?.certificates[0]?.spki.der ?? new Uint8Array();
    expect(await signatureOf({ ...basic!, by })).toContain('Verified OK');

    const hash = engine.digest('sm3', utf8('开标记录'));
    const query = buildTimeStampRequest({ digest: 'sm3', hash, nonce: 7n, certificateRequested: true });
    const { token } = parseTimeStampResponse(await vendor.post('/tsa', 'application/timestamp-query', query));
    const signer = token!.signedData.signers[0]!;
    const stamped = { tbs: signer.signedAttributesDer!, signature: signer.signature };
    const tsa = token!.signedData.certificates[0]!;
    expect(await signatureOf({ ...stamped, by: tsa.spki.der })).toContain('Verified OK');
  });

  test('GB/T 35276 §7.4 the encryption key pair opens with the signing key and fits its certificate', async () => {
    const key = decodePkcs8(it.pkcs8);
    if (key.kind !== 'sm2') throw new Error('not SM2');
    const { envelopedKey, certificate } = it.issued.encryption!;
    const sm2 = nobleSm2(randomBytes);
    const pair = await openSm2EnvelopedKey(fromBase64(envelopedKey), (wrapped) =>
      sm2.decrypt(key.keyPair.privateKey, wrapped),
    );
    const encryption = parseCertificate(fromBase64(certificate));
    expect(pair.publicKey).toEqual(encryption.spki.publicKey);
    expect([...encryption.keyUsage!]).toEqual(['keyEncipherment', 'dataEncipherment', 'keyAgreement']);
    expect([...parseCertificate(fromBase64(it.issued.certificate)).keyUsage!]).toEqual([
      'digitalSignature',
      'nonRepudiation',
    ]);
  });
});
