import { derBitString, derContext, derInteger, derNull, derOid, derSequence, derSet } from '@hufu/gm';
import { afterAll, describe, expect, test } from 'vitest';
import {
  buildCertificationRequest,
  EXTENSION_OID,
  keyUsage,
  parseCertificationRequest,
  parsePublicKeyInfo,
  verifyCertificationRequest,
} from '../src/index.ts';
import { nodeCryptoEngine, nodeSigner } from '../src/node/index.ts';
import { name } from './support/authority.ts';
import { codeOf, ECDSA, signer } from './support/certificate-parts.ts';
import { newPrivateKey } from './support/keys.ts';
import { opensslWorkshop } from './support/openssl.ts';

const engine = nodeCryptoEngine();
const workshop = opensslWorkshop();
afterAll(() => workshop.close());

describe('RFC 2986 requests', () => {
  test.each([
    ['sm2', ['EC', '-pkeyopt', 'ec_paramgen_curve:SM2'], ['-sm3', '-sigopt', 'distid:1234567812345678']],
    ['p256', ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'], ['-sha256']],
    ['rsa', ['RSA', '-pkeyopt', 'rsa_keygen_bits:2048'], ['-sha256']],
  ] as const)('a %s request of openssl is read and its signature holds', async (choice, key, options) => {
    workshop.run('genpkey', '-out', 'r.key', '-algorithm', ...key);
    workshop.run(
      ...[
        'req',
        '-new',
        '-key',
        'r.key',
        ...options,
        '-subj',
        '/CN=test',
        '-outform',
        'DER',
        '-out',
        'r.csr',
      ],
      ...['-addext', 'subjectAltName=DNS:a.example'],
    );
    const request = parseCertificationRequest(workshop.read('r.csr'));
    expect(request.spki.kind).toBe(choice);
    expect([...request.requestedExtensions.keys()]).toEqual([EXTENSION_OID.subjectAltName]);
    expect(await verifyCertificationRequest(request, engine)).toBe(true);
    const other = parsePublicKeyInfo(nodeSigner(newPrivateKey(choice)).publicKey);
    expect(await verifyCertificationRequest({ ...request, spki: other }, engine)).toBe(false);
  });

  test.each([
    ['sm2', ['-sm3', '-vfyopt', 'distid:1234567812345678']],
    ['p256', []],
    ['rsa', []],
  ] as const)('openssl verifies a %s request of ours', async (choice, options) => {
    const spec = { subject: name('申请'), extensions: [keyUsage('digitalSignature')] };
    const csr = await buildCertificationRequest(spec, nodeSigner(newPrivateKey(choice)));
    workshop.write('own.csr', csr);
    const run = () =>
      workshop.run('req', '-inform', 'DER', '-in', 'own.csr', '-verify', '-noout', ...options);
    expect(run).not.toThrow();
    expect([...parseCertificationRequest(csr).requestedExtensions.keys()]).toEqual([EXTENSION_OID.keyUsage]);
    csr[csr.length - 1]! ^= 1;
    workshop.write('own.csr', csr);
    expect(await verifyCertificationRequest(parseCertificationRequest(csr), engine)).toBe(false);
  });

  test('refuses another version, a repeated attribute and surplus bytes', () => {
    const info = (version: number, ...attributes: Uint8Array[]) =>
      derSequence(
        derSequence(derInteger(version), name('a'), signer.publicKey, derContext(0, ...attributes)),
        ECDSA,
        derBitString(new Uint8Array(8)),
      );
    const attribute = derSequence(derOid('1.2.3'), derSet(derNull()));
    expect(codeOf(() => parseCertificationRequest(info(0, attribute)))).toBe('accepted');
    expect(codeOf(() => parseCertificationRequest(info(1)))).toBe('CSR_VERSION');
    expect(codeOf(() => parseCertificationRequest(info(0, attribute, attribute)))).toBe('CSR_ATTRIBUTE');
    expect(codeOf(() => parseCertificationRequest(Uint8Array.of(...info(0), 1)))).toBe('DER_TRAILING');
  });
});
