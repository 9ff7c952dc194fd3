import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { fromHex, toHex, utf8 } from '@hufu/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodePoint,
  decodeSm2Signature,
  derElement,
  derInteger,
  derNull,
  derSequence,
  encodeSm2Cipher,
  encodeSm2Spki,
  generateSm2KeyPair,
  nobleSm2,
  SM2_CURVE,
  SM2_DEFAULT_ID,
  type Sm2Engine,
  sm2CipherFromRaw,
  sm2CipherToRaw,
  sm2Digest,
  sm2PublicKey,
  sm2SignatureFromRaw,
  sm2SignatureToRaw,
  sm2Z,
  toBigInt,
  toBytes32,
} from '../src/index.ts';
import { assertSm2KnownAnswer, openSslSm2 } from '../src/node/index.ts';
import { assertKnownAnswer } from '../src/node/known-answer.ts';
import { encryptWithNonce } from '../src/sm2/encrypt.ts';
import { signDigestWithNonce } from '../src/sm2/sign.ts';
import { code, concat } from './support.ts';

const noble = nobleSm2(randomBytes);
const openssl = openSslSm2(randomBytes);
const engines: [string, Sm2Engine][] = [
  ['noble', noble],
  ['OpenSSL', openssl],
];

/**
 * GB/T 32918.5-2017 annex A: the recommended curve and the default ID. The examples in annex A of parts 2 and 4
 * use another curve ("Fp-256") and the ID ALICE123@YAHOO.COM; they cannot be run on sm2p256v1.
 */
const D = fromHex('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8');
const K = 0x59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21n;
const PUBLIC = fromHex(
  '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020' +
    'ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
);
const R_S =
  'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3' +
  'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa';

describe('GB/T 32918.5-2017 annex A', () => {
  test('A.1 key pair, A.2 Z and e', () => {
    expect(toHex(sm2PublicKey(D))).toBe(toHex(PUBLIC));
    expect(toHex(sm2Z(PUBLIC))).toBe('b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3');
    expect(toHex(sm2Digest(PUBLIC, utf8('message digest')))).toBe(
      'f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640',
    );
  });

  test('A.2 signature with the given k', () => {
    const digest = sm2Digest(PUBLIC, utf8('message digest'));
    const signature = signDigestWithNonce(toBigInt(D), digest, K)!;
    expect(toHex(toBytes32(signature.r)) + toHex(toBytes32(signature.s))).toBe(R_S);
  });

  test.each(engines)('A.2 verifies with %s, and not for another message, key or ID', (_name, engine) => {
    const signature = sm2SignatureFromRaw(fromHex(R_S));
    const other = generateSm2KeyPair(randomBytes).publicKey;
    const message = utf8('message digest');
    expect(engine.verify(PUBLIC, message, signature)).toBe(true);
    expect(engine.verify(PUBLIC, message, signature, SM2_DEFAULT_ID.slice())).toBe(true);
    expect(engine.verify(PUBLIC, utf8('message digesT'), signature)).toBe(false);
    expect(engine.verify(other, message, signature)).toBe(false);
    expect(engine.verify(PUBLIC, message, signature, utf8('ALICE123@YAHOO.COM'))).toBe(false);
    expect(engine.verify(PUBLIC, message, signature, new Uint8Array())).toBe(false);
  });

  test('A.3 encryption with the given k', () => {
    const message = utf8('encryption standard');
    const der = encodeSm2Cipher(encryptWithNonce(decodePoint(PUBLIC), message, K)!);
    expect(toHex(sm2CipherToRaw(der))).toBe(
      '0404ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73' +
        'e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0' +
        '59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766' +
        '21886ca989ca9c7d58087307ca93092d651efa',
    );
    expect(noble.decrypt(D, der)).toEqual(message);
  });
});

const seeded = fc.uint8Array({ minLength: 40, maxLength: 40 }).filter((seed) => new Set(seed).size > 1);
const keyPairs = seeded.map((seed) => generateSm2KeyPair(() => seed));
const messages = fc.uint8Array({ maxLength: 300 });
const ids = fc.option(fc.uint8Array({ maxLength: 40 }), { nil: undefined });

describe('the two engines are one algorithm', () => {
  test('each verifies what the other signs, and neither what was changed', () => {
    fc.assert(
      fc.property(keyPairs, messages, ids, fc.nat(), ({ privateKey, publicKey }, message, id, at) => {
        for (const signer of [noble, openssl]) {
          const signature = signer.sign(privateKey, message, id);
          const changed = signature.slice();
          changed[at % changed.length]! ^= 1 << (at % 8);
          for (const verifier of [noble, openssl]) {
            expect(verifier.verify(publicKey, message, signature, id)).toBe(true);
            expect(verifier.verify(publicKey, message, changed, id)).toBe(false);
            expect(verifier.verify(publicKey, concat(message, Uint8Array.of(0)), signature, id)).toBe(false);
          }
          expect(sm2SignatureFromRaw(sm2SignatureToRaw(signature))).toEqual(signature);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('encryption comes back, and no changed byte does', () => {
    fc.assert(
      fc.property(
        keyPairs,
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        fc.nat(),
        (pair, message, at) => {
          const sealed = openssl.encrypt(pair.publicKey, message);
          expect(noble.decrypt(pair.privateKey, sealed)).toEqual(message);
          const raw = sm2CipherToRaw(sealed);
          expect(sm2CipherFromRaw(raw)).toEqual(sealed);
          const legacy = concat(raw.subarray(0, 65), raw.subarray(97), raw.subarray(65, 97));
          expect(sm2CipherFromRaw(legacy, { order: 'C1C2C3' })).toEqual(sealed);
          const bare = { order: 'C1C2C3', pointPrefix: false } as const;
          expect(sm2CipherFromRaw(legacy.subarray(1), bare)).toEqual(sealed);
          const changed = sealed.slice();
          changed[at % changed.length]! ^= 1 << (at % 8);
          expect(code(() => noble.decrypt(pair.privateKey, changed))).toBe('GM_SM2_CIPHERTEXT');
        },
      ),
      { numRuns: 30 },
    );
  });

  test('the same random bytes never give two messages the same nonce', () => {
    const constant = nobleSm2((length) => new Uint8Array(length).map((_, i) => i));
    const first = decodeSm2Signature(constant.sign(D, utf8('a')));
    const second = decodeSm2Signature(constant.sign(D, utf8('b')));
    // k = s(1 + d) + r d, so equal nonces would show here.
    const nonce = ({ r, s }: typeof first) => {
      const k = (s * (1n + toBigInt(D)) + r * toBigInt(D)) % SM2_CURVE.n;
      return k;
    };
    expect(nonce(first)).not.toBe(nonce(second));
  });
});

describe('hostile signatures', () => {
  const message = utf8('edge');
  const { r, s } = decodeSm2Signature(noble.sign(D, message));
  const { n } = SM2_CURVE;
  const der = (a: bigint, b: bigint) => derSequence(derInteger(a), derInteger(b));
  const valid = der(r, s);
  const padded = (value: bigint) => derElement(0x02, concat(new Uint8Array(2), toBytes32(value)));
  const cases: [string, Uint8Array][] = [
    ['s + n', der(r, s + n)],
    ['r + n', der(r + n, s)],
    ['r = 0', der(0n, s)],
    ['s = 0', der(r, 0n)],
    ['r = n', der(n, s)],
    ['r + s = n', der(r, n - r)],
    ['n - s, the malleation of ECDSA', der(r, n - s)],
    ['-r', der(-r, s)],
    ['a byte after the sequence', concat(valid, Uint8Array.of(0))],
    ['an element more', derSequence(derInteger(r), derInteger(s), derNull())],
    ['padded integers', derSequence(padded(r), padded(s))],
    ['a long length', concat(Uint8Array.of(0x30, 0x81), valid.subarray(1))],
    ['indefinite length', concat(Uint8Array.of(0x30, 0x80), valid.subarray(2), new Uint8Array(2))],
    ['a set', concat(Uint8Array.of(0x31), valid.subarray(1))],
    ['raw r and s', sm2SignatureToRaw(valid)],
    ['nothing', new Uint8Array()],
  ];
  test.each(engines)('%s accepts the good one only', (_name, engine) => {
    expect(engine.verify(PUBLIC, message, valid)).toBe(true);
    const accepted = cases.filter(([, signature]) => engine.verify(PUBLIC, message, signature));
    expect(accepted.map(([name]) => name)).toEqual([]);
  });

  test('raw signatures out of range are refused', () => {
    const raw = (a: bigint, b: bigint) => concat(toBytes32(a), toBytes32(b));
    expect(code(() => sm2SignatureFromRaw(raw(0n, s)))).toBe('GM_SM2_SIGNATURE');
    expect(code(() => sm2SignatureFromRaw(raw(r, n)))).toBe('GM_SM2_SIGNATURE');
    expect(code(() => sm2SignatureFromRaw(new Uint8Array(63)))).toBe('GM_SM2_SIGNATURE');
  });
});

describe('hostile keys', () => {
  const signature = noble.sign(D, utf8('m'));
  const offCurve = PUBLIC.slice();
  offCurve[64]! ^= 1;
  const keys: [string, Uint8Array][] = [
    ['off the curve', offCurve],
    ['infinity', Uint8Array.of(0)],
    ['zeros', concat(Uint8Array.of(4), new Uint8Array(64))],
    ['compressed', concat(Uint8Array.of(3), PUBLIC.subarray(1, 33))],
    ['hybrid form', concat(Uint8Array.of(7), PUBLIC.subarray(1))],
    ['x + p', concat(Uint8Array.of(4), toBytes32(SM2_CURVE.p), PUBLIC.subarray(33))],
    ['without the first byte', PUBLIC.subarray(1)],
    ['a byte too long', concat(PUBLIC, Uint8Array.of(0))],
  ];
  test.each(keys)('public key %s is refused', (_name, key) => {
    expect(code(() => decodePoint(key))).toBe('GM_SM2_PUBLIC_KEY');
    expect(code(() => encodeSm2Spki(key))).toBe('GM_SM2_PUBLIC_KEY');
    for (const [, engine] of engines) {
      expect(engine.verify(key, utf8('m'), signature)).toBe(false);
      expect(code(() => engine.encrypt(key, utf8('m')))).toBe('GM_SM2_PUBLIC_KEY');
    }
  });

  test('private keys outside of 1 to n - 2 are refused', () => {
    const bad = [0n, SM2_CURVE.n - 1n, SM2_CURVE.n].map(toBytes32);
    for (const key of [...bad, new Uint8Array(31), new Uint8Array(33).fill(1)]) {
      for (const [, engine] of engines) {
        expect(code(() => engine.sign(key, utf8('m')))).toBe('GM_SM2_PRIVATE_KEY');
      }
    }
    expect(code(() => openssl.sign(toBytes32(SM2_CURVE.n - 2n), utf8('m')))).toBe('accepted');
  });

  test('a ciphertext whose C1 is off the curve gives nothing away (invalid-curve attack)', () => {
    const raw = sm2CipherToRaw(noble.encrypt(PUBLIC, utf8('m')));
    raw[64]! ^= 1;
    expect(code(() => sm2CipherFromRaw(raw))).toBe('GM_SM2_CIPHERTEXT');
    const forged = encodeSm2Cipher({
      c1: raw.subarray(0, 65),
      hash: raw.subarray(65, 97),
      masked: raw.subarray(97),
    });
    expect(code(() => noble.decrypt(D, forged))).toBe('GM_SM2_CIPHERTEXT');
  });

  test('an empty message, a long ID and a dead random source are refused', () => {
    expect(code(() => noble.encrypt(PUBLIC, new Uint8Array()))).toBe('GM_SM2_PLAINTEXT');
    expect(code(() => noble.sign(D, utf8('m'), new Uint8Array(8192)))).toBe('GM_SM2_ID');
    const dead = nobleSm2((length) => new Uint8Array(length));
    expect(code(() => dead.sign(D, utf8('m')))).toBe('RANDOM_SOURCE');
    expect(code(() => generateSm2KeyPair((length) => new Uint8Array(length)))).toBe('RANDOM_SOURCE');
  });
});

describe('the known-answer test', () => {
  test('passes on this Node', () => {
    expect(code(assertSm2KnownAnswer)).toBe('accepted');
  });

  test('fails on what Node does when the key is not imported again, or by one-shot signing', () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'SM2' });
    const pkcs8 = pair.privateKey.export({ type: 'pkcs8', format: 'der' });
    const imported = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    const oneShot: Sm2Engine = { ...openssl, sign: (_key, message) => sign('sm3', message, imported) };
    expect(code(() => assertKnownAnswer(oneShot))).toBe('GM_SELF_TEST');
    expect(pair.publicKey.asymmetricKeyType).toBe('ec');
    expect(createPublicKey(imported).asymmetricKeyType).toBeUndefined();
  });

  test('fails on a verifier that says yes to everything, and on one that says no', () => {
    expect(code(() => assertKnownAnswer({ ...openssl, verify: () => true }))).toBe('GM_SELF_TEST');
    expect(code(() => assertKnownAnswer({ ...openssl, verify: () => false }))).toBe('GM_SELF_TEST');
  });
});
