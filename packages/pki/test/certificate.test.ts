import {
  derBitString,
  derContext,
  derElement,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derSet,
  derTime,
  derUtf8String,
  readDer,
} from '@hufu/gm';
import { fromPem, utf8 } from '@hufu/kernel';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  buildCertificate,
  buildExtension,
  buildName,
  certificateFingerprint,
  certificateIdentity,
  EXTENSION_OID,
  identityText,
  isSignedBy,
  keyUsage,
  nameTexts,
  parseCertificate,
  SIGNATURE_OID,
  subjectAltName,
} from '../src/index.ts';
import { nodeCryptoEngine, nodeSigner } from '../src/node/index.ts';
import { END, type Entity, name, newEntity, START } from './support/authority.ts';
import { assemble, codeOf, type Parts, signer, usage } from './support/certificate-parts.ts';
import { newPrivateKey } from './support/keys.ts';
import { opensslWorkshop } from './support/openssl.ts';

const engine = nodeCryptoEngine();
const workshop = opensslWorkshop();
afterAll(() => workshop.close());

const pem = (file: string): Uint8Array =>
  fromPem('CERTIFICATE', new TextDecoder().decode(workshop.read(file)))[0]!;

describe('RFC 5280 §4.1 strict parsing', () => {
  test('the parts that the refusals below spoil make a certificate when they are left alone', () => {
    expect(codeOf(() => parseCertificate(assemble()))).toBe('accepted');
  });

  const explicit = derSequence(derInteger(1), derSequence(derOid('1.2.840.10045.1.1'), derInteger(23)));
  const explicitKey = derSequence(
    derSequence(derOid('1.2.840.10045.2.1'), explicit),
    derBitString(new Uint8Array(65)),
  );
  const extensions = (...list: Uint8Array[]) => derContext(3, derSequence(...list));
  const raw = (oid: string, value: Uint8Array) => extensions(buildExtension({ oid, value }));

  test.each<[string, Partial<Parts>, string]>([
    ['version 1 written out', { version: derContext(0, derInteger(0)) }, 'CERT_VERSION'],
    ['version 4', { version: derContext(0, derInteger(3)) }, 'CERT_VERSION'],
    ['extensions in version 1', { version: undefined }, 'CERT_VERSION'],
    ['a negative serial number', { serial: derInteger(-5) }, 'CERT_SERIAL'],
    ['serial number zero', { serial: derInteger(0) }, 'CERT_SERIAL'],
    ['a serial number of 21 octets', { serial: derInteger(1n << 160n) }, 'CERT_SERIAL'],
    ['a huge serial number', { serial: derInteger(1n << 80_000n) }, 'DER_INTEGER'],
    ['a padded serial number', { serial: Uint8Array.of(2, 2, 0, 5) }, 'DER_INTEGER'],
    ['an empty serial number', { serial: Uint8Array.of(2, 0) }, 'DER_INTEGER'],
    [
      'another algorithm outside',
      { outer: derSequence(derOid(SIGNATURE_OID.ecdsaSha384)) },
      'CERT_ALGORITHM_MISMATCH',
    ],
    [
      'a parameter more outside',
      { outer: derSequence(derOid(SIGNATURE_OID.ecdsaSha256), derNull()) },
      'CERT_ALGORITHM_MISMATCH',
    ],
    ['no issuer', { issuer: derSequence() }, 'CERT_NAME'],
    ['an empty relative name', { issuer: derSequence(derSet()) }, 'CERT_NAME'],
    ['an end before the beginning', { validity: derSequence(derTime(END), derTime(START)) }, 'CERT_VALIDITY'],
    [
      'a fraction of a second',
      { validity: derSequence(derTime(START), derElement(0x18, utf8('20270101000000.5Z'))) },
      'DER_TIME',
    ],
    [
      'a time zone',
      { validity: derSequence(derTime(START), derElement(0x17, utf8('270101000000+0800'))) },
      'DER_TIME',
    ],
    [
      'the 30th of February',
      { validity: derSequence(derTime(START), derElement(0x17, utf8('270230000000Z'))) },
      'DER_TIME',
    ],
    ['explicit curve parameters', { spki: explicitKey }, 'KEY_EXPLICIT_PARAMETERS'],
    [
      'a point of the wrong length',
      { spki: signer.publicKey.slice(0, -1).map((b, i) => (i === 1 ? b - 1 : i === 24 ? b - 1 : b)) },
      'KEY_MALFORMED',
    ],
    ['a duplicate extension', { extensions: extensions(usage, usage) }, 'CERT_EXTENSION_DUPLICATE'],
    ['an empty list of extensions', { extensions: extensions() }, 'CERT_EXTENSION'],
    [
      'a key usage that is no bit string',
      { extensions: raw(EXTENSION_OID.keyUsage, derInteger(1)) },
      'CERT_EXTENSION',
    ],
    [
      'surplus bytes in an extension',
      { extensions: raw(EXTENSION_OID.subjectKeyIdentifier, Uint8Array.of(4, 1, 1, 0)) },
      'CERT_EXTENSION',
    ],
    [
      'an empty alternative name',
      { extensions: raw(EXTENSION_OID.subjectAltName, derSequence()) },
      'CERT_EXTENSION',
    ],
    [
      'a boolean that is neither',
      {
        extensions: extensions(
          derSequence(derOid('1.2.3'), Uint8Array.of(1, 1, 1), derOctetString(derNull())),
        ),
      },
      'DER_BOOLEAN',
    ],
  ])('refuses %s', (_what, changes, code) => {
    expect(codeOf(() => parseCertificate(assemble(changes)))).toBe(code);
  });

  test('refuses surplus bytes, a cut end, indefinite and padded lengths, and size', () => {
    const good = assemble();
    expect(codeOf(() => parseCertificate(Uint8Array.of(...good, 0)))).toBe('DER_TRAILING');
    expect(codeOf(() => parseCertificate(good.subarray(0, -1)))).toBe('DER_TRUNCATED');
    const body = good.subarray(4);
    expect(codeOf(() => parseCertificate(Uint8Array.of(0x30, 0x80, ...body, 0, 0)))).toBe('DER_LENGTH');
    expect(codeOf(() => parseCertificate(Uint8Array.of(0x30, 0x83, 0, good[2]!, good[3]!, ...body)))).toBe(
      'DER_LENGTH',
    );
    expect(codeOf(() => parseCertificate(new Uint8Array(100_000)))).toBe('CERT_TOO_LARGE');
  });

  test('an issuer and a subject of the same name may carry serial number zero: old roots do', () => {
    const root = assemble({ serial: derInteger(0), issuer: name('持有') });
    expect(parseCertificate(root).serialHex).toBe('00');
  });

  test('bytes that are changed anywhere give a certificate or a coded refusal, never another failure', () => {
    const good = assemble();
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, difference) => {
        const bytes = good.slice();
        bytes[at]! ^= difference;
        expect(codeOf(() => parseCertificate(bytes))).not.toMatch(/^uncoded/);
      }),
      { numRuns: 2000 },
    );
  });

  test('arbitrary bytes give a coded refusal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(codeOf(() => parseCertificate(bytes))).toMatch(/^(CERT|DER|KEY)_/);
      }),
    );
  });

  test('what was parsed does not change with the bytes that it was parsed from', () => {
    const bytes = assemble();
    const certificate = parseCertificate(bytes);
    bytes.fill(0);
    expect(certificate.der).toEqual(assemble());
  });
});

describe('certificates against openssl', () => {
  test('reads what openssl writes: names, times, usages, policies, addresses, constraints', () => {
    const config = `[req]
distinguished_name=dn
prompt=no
utf8=yes
string_mask=utf8only
[dn]
C=CN
O=草原 有限公司
CN=Alice
[v3]
basicConstraints=critical,CA:TRUE,pathlen:1
keyUsage=critical,keyCertSign,cRLSign,digitalSignature
extendedKeyUsage=clientAuth,1.2.3.4
subjectKeyIdentifier=hash
certificatePolicies=1.2.3.4.5,2.23.140.1.2.1
policyConstraints=requireExplicitPolicy:3,inhibitPolicyMapping:0
inhibitAnyPolicy=2
subjectAltName=DNS:example.com,email:a@example.com,IP:192.0.2.1,URI:http://example.com/,dirName:sub
nameConstraints=critical,permitted;DNS:example.com,excluded;email:bad.example
crlDistributionPoints=URI:http://crl.example/1.crl
authorityInfoAccess=OCSP;URI:http://ocsp.example/,caIssuers;URI:http://ca.example/ca.cer
[sub]
CN=别名
`;
    workshop.write('v3.cnf', config);
    workshop.run(
      ...[
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        'k.pem',
        '-out',
        'c.pem',
        '-days',
        '30',
      ],
      ...['-config', 'v3.cnf', '-extensions', 'v3', '-set_serial', '0x00ff00'],
    );
    const certificate = parseCertificate(pem('c.pem'));
    expect(certificate.version).toBe(3);
    expect(certificate.serialHex).toBe('ff00');
    expect(nameTexts(certificate.subject, '2.5.4.10')).toEqual(['草原 有限公司']);
    expect(certificate.spki).toMatchObject({ kind: 'rsa', bits: 2048 });
    expect(certificate.notAfter - certificate.notBefore).toBe(30 * 86_400_000);
    expect(certificate.basicConstraints).toEqual({ ca: true, pathLength: 1 });
    expect([...certificate.keyUsage!].sort()).toEqual(['cRLSign', 'digitalSignature', 'keyCertSign']);
    expect(certificate.extendedKeyUsage).toEqual(['1.3.6.1.5.5.7.3.2', '1.2.3.4']);
    expect(certificate.policies).toEqual(['1.2.3.4.5', '2.23.140.1.2.1']);
    expect(certificate.policyConstraints).toEqual({ requireExplicitPolicy: 3, inhibitPolicyMapping: 0 });
    expect(certificate.inhibitAnyPolicy).toBe(2);
    expect(certificate.subjectAlternativeNames!.map((one) => one.kind)).toEqual([
      'dns',
      'email',
      'ip',
      'uri',
      'dn',
    ]);
    expect(certificate.nameConstraints!.permitted).toEqual([{ kind: 'dns', text: 'example.com' }]);
    expect(certificate.nameConstraints!.excluded).toEqual([{ kind: 'email', text: 'bad.example' }]);
    expect(certificate.crlDistributionPoints![0]!.names).toEqual([
      { kind: 'uri', text: 'http://crl.example/1.crl' },
    ]);
    expect(certificate.ocspAddresses).toEqual(['http://ocsp.example/']);
    expect(certificate.issuerAddresses).toEqual(['http://ca.example/ca.cer']);
    const printed = workshop.run('x509', '-in', 'c.pem', '-noout', '-fingerprint', '-sha256');
    expect(printed.trim().split('=')[1]!.replaceAll(':', '').toLowerCase()).toBe(
      certificateFingerprint(certificate),
    );
  });

  test.each(['sm2', 'p256', 'rsa'] as const)(
    'openssl reads a %s certificate as it was meant',
    async (choice) => {
      const subject = await newEntity(choice, {
        text: '内蒙古青山建设工程有限公司',
        extensions: [
          keyUsage('digitalSignature', 'nonRepudiation'),
          subjectAltName({ kind: 'other', oid: '1.2.3', value: derUtf8String('值') }),
        ],
      });
      workshop.write('own.der', subject.certificate.der);
      const text = workshop.run(
        'x509',
        '-inform',
        'DER',
        '-in',
        'own.der',
        '-noout',
        '-text',
        '-nameopt',
        'utf8,sep_comma_plus',
      );
      expect(text).toContain('CN=内蒙古青山建设工程有限公司');
      expect(text).toContain('Digital Signature, Non Repudiation');
      expect(text).toContain('Not After : Jan  1 00:00:00 2027 GMT');
      expect(await isSignedBy(subject.certificate, subject.certificate.spki, engine)).toBe(true);
    },
  );

  test('GeneralizedTime takes over in 2050 (RFC 5280 §4.1.2.5)', async () => {
    const { certificate } = await newEntity('p256', { text: '长', notAfter: Date.UTC(2050, 0, 1, 12) });
    workshop.write('long.der', certificate.der);
    expect(certificate.notAfter).toBe(Date.UTC(2050, 0, 1, 12));
    expect(workshop.run('asn1parse', '-inform', 'DER', '-in', 'long.der')).toContain(
      'GENERALIZEDTIME   :20500101120000Z',
    );
  });
});

describe('OD-40 identity', () => {
  let one: Entity;
  beforeAll(async () => {
    one = await newEntity('p256', { text: '同一' });
  });

  test('is issuer, serial number and key: each of them makes another', async () => {
    const build = async (changes: { serial?: number; issuer?: string; key?: Uint8Array }) => {
      const der = await buildCertificate(
        {
          serial: Uint8Array.of(changes.serial ?? 5),
          issuer: name(changes.issuer ?? '甲'),
          subject: name('乙'),
          notBefore: START,
          notAfter: END,
          publicKey: changes.key ?? one.signer.publicKey,
          extensions: [],
        },
        one.signer,
      );
      return identityText(certificateIdentity(parseCertificate(der)));
    };
    const base = await build({});
    expect(await build({})).toBe(base);
    const others = [
      await build({ serial: 6 }),
      await build({ issuer: '丙' }),
      await build({ key: nodeSigner(newPrivateKey('p256')).publicKey }),
    ];
    expect(new Set([base, ...others]).size).toBe(4);
  });
});

test('BUILD_* what cannot be read back is not written', async () => {
  expect(codeOf(() => buildName([]))).toBe('BUILD_NAME');
  expect(codeOf(() => buildName([{ oid: '2.5.4.3', text: '' }]))).toBe('BUILD_NAME');
  const spec = {
    issuer: name('a'),
    subject: name('a'),
    notBefore: START,
    notAfter: END,
    publicKey: signer.publicKey,
    extensions: [],
  };
  expect(codeOf(() => buildCertificate({ ...spec, serial: new Uint8Array(3) }, signer))).toBe('BUILD_SERIAL');
  expect(codeOf(() => buildCertificate({ ...spec, serial: new Uint8Array(20).fill(0xff) }, signer))).toBe(
    'BUILD_SERIAL',
  );
  const longest = await buildCertificate({ ...spec, serial: new Uint8Array(20).fill(0x7f) }, signer);
  expect(readDer(longest, (reader) => reader.sequence().done)).toBe(false);
  expect(parseCertificate(longest).serialHex).toBe('7f'.repeat(20));
});
