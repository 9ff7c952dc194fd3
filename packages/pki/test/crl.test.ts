import { derInteger, derNull, derOctetString, derSequence } from '@hufu/gm';
import { CodedError, fromPem, toPem, utf8 } from '@hufu/kernel';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import {
  buildCrl,
  type CrlSpec,
  isSignedBy,
  issuingDistributionPoint,
  keyIdentifier,
  parseCrl,
  parseCrlInSteps,
} from '../src/index.ts';
import { nodeCryptoEngine } from '../src/node/index.ts';
import { END, name, newEntity, START } from './support/authority.ts';
import { opensslWorkshop } from './support/openssl.ts';

const engine = nodeCryptoEngine();
const workshop = opensslWorkshop();
afterAll(() => workshop.close());

const issuer = await newEntity('p256', { text: '发证机构' });

const specOf = (changes: Partial<CrlSpec> = {}): CrlSpec => ({
  issuer: issuer.certificate.subject.der,
  thisUpdate: START,
  nextUpdate: END,
  crlNumber: 12n,
  authorityKeyIdentifier: keyIdentifier(issuer.certificate.spki),
  entries: [],
  ...changes,
});

const build = (changes: Partial<CrlSpec> = {}) => buildCrl(specOf(changes), issuer.signer);

const codeOf = (run: () => unknown): string => {
  try {
    run();
    return 'accepted';
  } catch (error) {
    return error instanceof CodedError ? error.code : `uncoded: ${String(error)}`;
  }
};

test('RFC 5280 §5 entries, reasons, dates and numbers come back as they were written', async () => {
  const crl = parseCrl(
    await build({
      entries: [
        { serial: Uint8Array.of(5), revokedAt: START },
        {
          serial: Uint8Array.of(0xff, 1),
          revokedAt: START + 1000,
          reason: 'keyCompromise',
          invalidityDate: START - 5000,
        },
        { serial: Uint8Array.of(7), revokedAt: Date.UTC(2051, 1, 3), reason: 'certificateHold' },
      ],
      extensions: [
        issuingDistributionPoint({ address: 'http://crl.example/1.crl', onlyUserCertificates: true }),
      ],
    }),
  );
  expect(crl).toMatchObject({ version: 2, thisUpdate: START, nextUpdate: END, crlNumber: 12n, size: 3 });
  expect(crl.baseCrlNumber).toBeUndefined();
  expect(crl.authorityKeyIdentifier).toEqual(keyIdentifier(issuer.certificate.spki));
  expect(crl.issuingDistributionPoint).toMatchObject({
    names: [{ kind: 'uri', text: 'http://crl.example/1.crl' }],
    onlyUserCertificates: true,
    indirect: false,
  });
  expect(crl.find('05')).toMatchObject({
    revokedAt: START,
    reason: 'unspecified',
    invalidityDate: undefined,
  });
  expect(crl.find('ff01')).toMatchObject({ reason: 'keyCompromise', invalidityDate: START - 5000 });
  expect(crl.find('07')).toMatchObject({ reason: 'certificateHold', revokedAt: Date.UTC(2051, 1, 3) });
  for (const absent of ['06', '0005', '01', 'ff', '']) expect(crl.find(absent)).toBeUndefined();
  expect([...crl.entries()].map((entry) => entry.serialHex)).toEqual(['05', 'ff01', '07']);
  expect(await isSignedBy(crl, issuer.certificate.spki, engine)).toBe(true);
  expect(await isSignedBy({ ...crl, tbs: crl.tbs.slice(1) }, issuer.certificate.spki, engine)).toBe(false);
});

test('a delta names its base, and an entry that removes yields to one that revokes', async () => {
  const serial = Uint8Array.of(9);
  const crl = parseCrl(
    await build({
      baseCrlNumber: 11n,
      entries: [
        { serial, revokedAt: START, reason: 'removeFromCRL' },
        { serial, revokedAt: START, reason: 'superseded' },
        { serial: Uint8Array.of(10), revokedAt: START, reason: 'removeFromCRL' },
      ],
    }),
  );
  expect(crl.baseCrlNumber).toBe(11n);
  expect(crl.find('09')?.reason).toBe('superseded');
  expect(crl.find('0a')?.reason).toBe('removeFromCRL');
});

test('RFC 5280 §5.3.3 in an indirect CRL the named issuer holds until the next one is named', async () => {
  const other = name('另一家');
  const crl = parseCrl(
    await build({
      extensions: [issuingDistributionPoint({ indirect: true })],
      entries: [
        { serial: Uint8Array.of(1), revokedAt: START },
        { serial: Uint8Array.of(2), revokedAt: START, certificateIssuer: other },
        { serial: Uint8Array.of(3), revokedAt: START, reason: 'superseded' },
        { serial: Uint8Array.of(4), revokedAt: START, certificateIssuer: issuer.certificate.subject.der },
      ],
    }),
  );
  const otherName = (await newEntity('p256', { text: '另一家' })).certificate.subject;
  expect(crl.find('01')).toBeDefined();
  expect(crl.find('02')).toBeUndefined();
  expect(crl.find('02', otherName)?.certificateIssuer.key).toBe(otherName.key);
  expect(crl.find('03', otherName)?.reason).toBe('superseded');
  expect(crl.find('03')).toBeUndefined();
  expect(crl.find('04')).toBeDefined();
  expect(crl.find('01', otherName)).toBeUndefined();
});

test('RFC 5280 §5.3 an unknown critical extension of an entry is told, not passed over', async () => {
  const der = Buffer.from(
    await build({ entries: [{ serial: Uint8Array.of(1), revokedAt: START, certificateIssuer: name('另') }] }),
  );
  expect(parseCrl(der).hasUnknownCriticalEntryExtension).toBe(false);
  // certificateIssuer 2.5.29.29, which is critical, becomes 2.5.29.90.
  der.writeUInt8(90, der.indexOf(Buffer.from('0603551d1d', 'hex')) + 4);
  expect(parseCrl(der).hasUnknownCriticalEntryExtension).toBe(true);
});

test('a negative serial number in a list matches no certificate, and its list stands', async () => {
  const der = Buffer.from(
    await build({
      entries: [
        { serial: Uint8Array.of(5), revokedAt: START },
        { serial: Uint8Array.of(6), revokedAt: START },
      ],
    }),
  );
  der.writeUInt8(0x85, der.indexOf(Buffer.from('020105170d', 'hex')) + 2);
  const crl = parseCrl(der);
  expect(crl.find('85')).toBeUndefined();
  expect(crl.find('06')).toBeDefined();
});

describe('hostile lists', () => {
  const entries = [{ serial: Uint8Array.of(5), revokedAt: START, reason: 'superseded' as const }];

  test.each<[string, (der: Buffer) => void, string]>([
    [
      'a reason that does not exist',
      (der) => der.writeUInt8(7, der.indexOf(Buffer.from('0a0104', 'hex')) + 2),
      'CRL_ENTRY',
    ],
    [
      'a month that does not exist',
      (der) => der.write('13', der.indexOf(Buffer.from('020105170d', 'hex')) + 7),
      'DER_TIME',
    ],
    [
      'a letter in a time',
      (der) => der.write('a', der.indexOf(Buffer.from('020105170d', 'hex')) + 9),
      'DER_TIME',
    ],
    [
      'a length that reaches beyond the entry',
      (der) => der.writeUInt8(0x60, der.indexOf(Buffer.from('020105170d', 'hex')) + 1),
      'DER_TRUNCATED',
    ],
  ])('refuses %s', async (_what, spoil, code) => {
    const der = Buffer.from(await build({ entries }));
    expect(codeOf(() => parseCrl(der))).toBe('accepted');
    spoil(der);
    expect(codeOf(() => parseCrl(der))).toBe(code);
  });

  test('refuses a distribution point with two scopes, surplus bytes and other structures', async () => {
    const both = issuingDistributionPoint({ onlyUserCertificates: true, onlyCaCertificates: true });
    const contradiction = await build({ extensions: [both] });
    expect(codeOf(() => parseCrl(contradiction))).toBe('CRL_EXTENSION');
    const twice = await build({ extensions: [{ oid: '2.5.29.20', value: derInteger(1) }] });
    expect(codeOf(() => parseCrl(twice))).toBe('CRL_EXTENSION');
    const good = await build({ entries });
    expect(codeOf(() => parseCrl(Uint8Array.of(...good, 0)))).toBe('DER_TRAILING');
    expect(codeOf(() => parseCrl(derSequence(derNull(), derOctetString(utf8('x')))))).toBe('DER_TAG');
  });

  test('serial numbers that are the same ten thousand times over are refused, not searched forever', async () => {
    const many = Array.from({ length: 10_000 }, () => entries[0]!);
    const der = await build({ entries: many });
    expect(codeOf(() => parseCrl(der))).toBe('CRL_ENTRY');
  });

  test('bytes that are changed anywhere give a list or a coded refusal; what is accepted can be read', async () => {
    const good = await build({ entries });
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, difference) => {
        const bytes = good.slice();
        bytes[at]! ^= difference;
        expect(codeOf(() => [...parseCrl(bytes).entries()])).not.toMatch(/^uncoded/);
      }),
      { numRuns: 2000 },
    );
  });
});

test('every serial number of a list is found, and none beside (in one go and in steps)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.bigInt({ min: 1n, max: (1n << 159n) - 1n }), { minLength: 1, maxLength: 60 }),
      fc.bigInt({ min: 1n, max: (1n << 159n) - 1n }),
      async (numbers, stranger) => {
        const hex = (n: bigint) => (n.toString(16).length % 2 ? '0' : '') + n.toString(16);
        const entries = numbers.map((n) => ({
          serial: new Uint8Array(Buffer.from(hex(n), 'hex')),
          revokedAt: START,
        }));
        const der = await build({ entries });
        let pauses = 0;
        const inSteps = await parseCrlInSteps(der, async () => {
          pauses++;
        });
        expect(pauses).toBe(0);
        for (const crl of [parseCrl(der), inSteps]) {
          for (const n of numbers) expect(crl.find(hex(n))?.serialHex).toBe(hex(n));
          expect(crl.find(hex(stranger)) !== undefined).toBe(numbers.includes(stranger));
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('a list of 20,000 entries hands over several times while it is indexed', async () => {
  const entries = Array.from({ length: 20_000 }, (_, i) => ({
    serial: Uint8Array.of(1, i >> 8, i & 0xff),
    revokedAt: START,
  }));
  const der = await build({ entries });
  let pauses = 0;
  const crl = await parseCrlInSteps(der, async () => {
    pauses++;
  });
  expect(crl.size).toBe(20_000);
  expect(pauses).toBeGreaterThanOrEqual(4);
  expect(crl.find('014e1f')).toBeDefined();
  expect(crl.find('014e20')).toBeUndefined();
});

test('openssl reads our list, and we read a list of openssl', async () => {
  workshop.write('ca.pem', toPem('CERTIFICATE', issuer.certificate.der));
  const entries = [{ serial: Uint8Array.of(0x81, 2), revokedAt: START, reason: 'keyCompromise' as const }];
  workshop.write('own.crl', await build({ entries }));
  const text = workshop.run(
    'crl',
    '-inform',
    'DER',
    '-in',
    'own.crl',
    '-CAfile',
    'ca.pem',
    '-noout',
    '-text',
  );
  expect(text).toContain('Serial Number: 8102');
  expect(text).toContain('Key Compromise');
  expect(text).toContain('X509v3 CRL Number: \n                12');

  const config = `[ca]
default_ca=c
[c]
database=index.txt
crlnumber=number
default_md=sha256
default_crl_days=30
crl_extensions=e
[e]
authorityKeyIdentifier=keyid
`;
  workshop.write('ca.cnf', config);
  workshop.write('number', '1234\n');
  const revoked = [
    'R',
    '301231235959Z',
    '260101000000Z,CACompromise,20251231000000Z',
    '0ABC',
    'unknown',
    '/CN=x',
  ];
  workshop.write(
    'index.txt',
    `${revoked.join('\t')}\n${revoked.with(2, '260101000000Z').with(3, '77').join('\t')}\n`,
  );
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'k.pem', '-out', 'c.pem'];
  workshop.run(...request, '-subj', '/CN=openssl');
  workshop.run('ca', '-config', 'ca.cnf', '-gencrl', '-keyfile', 'k.pem', '-cert', 'c.pem', '-out', 'c.crl');
  const crl = parseCrl(fromPem('X509 CRL', new TextDecoder().decode(workshop.read('c.crl')))[0]!);
  expect(crl.crlNumber).toBe(0x1234n);
  expect(crl.find('0abc')).toMatchObject({ revokedAt: Date.UTC(2026, 0, 1), reason: 'cACompromise' });
  expect(crl.find('77')).toMatchObject({ reason: 'unspecified' });
});
