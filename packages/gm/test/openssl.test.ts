import { randomBytes } from 'node:crypto';
import { equalBytes, fromPem, toHex, toPem, utf8 } from '@hufu/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  decodePkcs8,
  decodeSpki,
  decryptPkcs8,
  encodeSm2Pkcs8,
  encodeSm2Spki,
  encryptPkcs8,
  generateSm2KeyPair,
  nobleSm2,
  openSm2EnvelopedKey,
  readPkcs12,
  type Sm2Engine,
  sealSm2KeyPair,
} from '../src/index.ts';
import { nodePbkdf2, openSslSm2 } from '../src/node/index.ts';
import { code, codeOf, OpenSsl } from './support.ts';

const cli = new OpenSsl();
const noble = nobleSm2(randomBytes);
const engines: [string, Sm2Engine][] = [
  ['noble', noble],
  ['OpenSSL', openSslSm2(randomBytes)],
];
const pair = generateSm2KeyPair(randomBytes);
const message = utf8('全国公共资源交易');
const DEFAULT_ID = ['-sigopt', 'distid:1234567812345678'];

beforeAll(() => {
  cli.write('ours.pem', toPem('PRIVATE KEY', encodeSm2Pkcs8(pair.privateKey)));
  cli.write('ours.pub.pem', toPem('PUBLIC KEY', encodeSm2Spki(pair.publicKey)));
  cli.write('message', message);
  cli.run('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:SM2', '-out', 'sm2.pem');
  cli.run('pkey', '-in', 'sm2.pem', '-pubout', '-out', 'sm2.pub.pem');
  cli.run('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', 'p256.pem');
  cli.run('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', 'rsa.pem');
  for (const kind of ['sm2', 'p256', 'rsa']) {
    const digest = kind === 'sm2' ? ['-sm3', ...DEFAULT_ID] : ['-sha256'];
    cli.run(
      'req',
      '-new',
      '-x509',
      '-key',
      `${kind}.pem`,
      '-subj',
      '/CN=t',
      '-out',
      `${kind}.crt`,
      ...digest,
    );
  }
});
afterAll(() => cli.remove());

const pem = (label: string, name: string): Uint8Array => {
  const found = fromPem(label, Buffer.from(cli.read(name)).toString());
  expect(found).toHaveLength(1);
  return found[0]!;
};

function sm2Pair(name: string) {
  const file = decodePkcs8(pem('PRIVATE KEY', name));
  if (file.kind !== 'sm2') throw new Error(`${name} holds ${file.kind}`);
  return file.keyPair;
}

describe('SM2 against the openssl command line', () => {
  test.each(engines)('openssl verifies what %s signs, and refuses another message', (name, engine) => {
    cli.write(`${name}.sig`, engine.sign(pair.privateKey, message));
    const verify = ['dgst', '-sm3', '-verify', 'ours.pub.pem', ...DEFAULT_ID, '-signature', `${name}.sig`];
    expect(cli.run(...verify, 'message')).toContain('Verified OK');
    cli.write('other', utf8('另一份'));
    expect(cli.fails(...verify, 'other')).toBe(true);
  });

  test.each(engines)('%s verifies what openssl signs, for the default and another ID', (_name, engine) => {
    const { publicKey } = sm2Pair('sm2.pem');
    cli.run('dgst', '-sm3', '-sign', 'sm2.pem', ...DEFAULT_ID, '-out', 'cli.sig', 'message');
    expect(engine.verify(publicKey, message, cli.read('cli.sig'))).toBe(true);
    cli.run('dgst', '-sm3', '-sign', 'sm2.pem', '-sigopt', 'distid:hufu', '-out', 'id.sig', 'message');
    expect(engine.verify(publicKey, message, cli.read('id.sig'))).toBe(false);
    expect(engine.verify(publicKey, message, cli.read('id.sig'), utf8('hufu'))).toBe(true);
  });

  test('ciphertexts pass both ways', () => {
    const { privateKey, publicKey } = sm2Pair('sm2.pem');
    cli.write('ours.enc', noble.encrypt(publicKey, message));
    cli.run('pkeyutl', '-decrypt', '-inkey', 'sm2.pem', '-in', 'ours.enc', '-out', 'plain');
    expect(equalBytes(cli.read('plain'), message)).toBe(true);
    cli.run('pkeyutl', '-encrypt', '-pubin', '-inkey', 'sm2.pub.pem', '-in', 'message', '-out', 'cli.enc');
    expect(equalBytes(noble.decrypt(privateKey, cli.read('cli.enc')), message)).toBe(true);
  });
});

describe('plain keys', () => {
  test('openssl finds our SM2 key sound, and we its', () => {
    expect(cli.run('pkey', '-in', 'ours.pem', '-check', '-noout')).toContain('Key is valid');
    expect(cli.run('pkey', '-in', 'ours.pem', '-pubout')).toBe(
      Buffer.from(cli.read('ours.pub.pem')).toString(),
    );
    const { publicKey } = sm2Pair('sm2.pem');
    const spki = decodeSpki(pem('PUBLIC KEY', 'sm2.pub.pem'));
    expect(spki.kind).toBe('sm2');
    expect(toHex(spki.publicKey)).toBe(toHex(publicKey));
  });

  test('RSA and P-256 keys are named and kept', () => {
    for (const kind of ['p256', 'rsa'] as const) {
      const der = pem('PRIVATE KEY', `${kind}.pem`);
      expect(decodePkcs8(der)).toEqual({ kind, pkcs8: der });
      cli.run('pkey', '-in', `${kind}.pem`, '-pubout', '-out', `${kind}.pub.pem`);
      expect(decodeSpki(pem('PUBLIC KEY', `${kind}.pub.pem`)).kind).toBe(kind);
    }
  });

  test('other curves and explicit parameters are refused', () => {
    cli.run('genpkey', '-algorithm', 'ED25519', '-out', 'ed.pem');
    expect(code(() => decodePkcs8(pem('PRIVATE KEY', 'ed.pem')))).toBe('GM_KEY_UNSUPPORTED');
    cli.run('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384', '-out', 'p384.pem');
    expect(code(() => decodePkcs8(pem('PRIVATE KEY', 'p384.pem')))).toBe('GM_KEY_UNSUPPORTED');
    const explicit = ['-pkeyopt', 'ec_paramgen_curve:P-256', '-pkeyopt', 'ec_param_enc:explicit'];
    cli.run('genpkey', '-algorithm', 'EC', ...explicit, '-out', 'explicit.pem');
    expect(code(() => decodePkcs8(pem('PRIVATE KEY', 'explicit.pem')))).toBe('GM_KEY_UNSUPPORTED');
  });

  test('a public key that belongs to another private key is refused', () => {
    const der = encodeSm2Pkcs8(pair.privateKey);
    der[der.length - 1]! ^= 1;
    expect(code(() => decodePkcs8(der))).toBe('GM_KEY_MISMATCH');
  });
});

describe('RFC 8018 encrypted keys', () => {
  const password = '虎符 tally';
  test.each(['aes-256-cbc', 'sm4-cbc'] as const)('openssl reads ours with %s', async (cipher) => {
    const pkcs8 = encodeSm2Pkcs8(pair.privateKey);
    const options = { password, random: randomBytes, cipher, iterations: 10_000, pbkdf2: nodePbkdf2 };
    const der = await encryptPkcs8(pkcs8, options);
    cli.write('enc.der', der);
    const read = ['pkcs8', '-inform', 'DER', '-in', 'enc.der', '-out', 'plain.pem'];
    cli.run(...read, '-passin', `pass:${password}`);
    const ours = Buffer.from(cli.read('ours.pub.pem')).toString();
    expect(cli.run('pkey', '-in', 'plain.pem', '-pubout')).toBe(ours);
    expect(cli.fails(...read, '-passin', 'pass:wrong')).toBe(true);
    expect(await decryptPkcs8(der, password)).toMatchObject({ kind: 'sm2', keyPair: pair });
    expect(await codeOf(decryptPkcs8(der, 'wrong'))).toBe('GM_KEY_PASSWORD');
  });

  test.each(['sm2', 'p256', 'rsa'])('we read what openssl writes: %s', async (kind) => {
    for (const cipher of ['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'sm4-cbc']) {
      for (const prf of ['hmacWithSHA1', 'hmacWithSHA256', 'hmacWithSHA512']) {
        const write = [
          'pkcs8',
          '-topk8',
          '-in',
          `${kind}.pem`,
          '-v2',
          cipher,
          '-v2prf',
          prf,
          '-iter',
          '1000',
        ];
        cli.run(...write, '-outform', 'DER', '-out', 'theirs.der', '-passout', `pass:${password}`);
        const file = await decryptPkcs8(cli.read('theirs.der'), password, nodePbkdf2);
        expect(file.pkcs8).toEqual(pem('PRIVATE KEY', `${kind}.pem`));
      }
    }
  });

  test('the all-GM form (HMAC-SM3, SM4) comes back', async () => {
    const gm = { cipher: 'sm4-cbc', prf: 'sm3', iterations: 1000 } as const;
    const der = await encryptPkcs8(encodeSm2Pkcs8(pair.privateKey), { ...gm, password, random: randomBytes });
    expect(await decryptPkcs8(der, password)).toMatchObject({ keyPair: pair });
    expect(await decryptPkcs8(der, password, nodePbkdf2)).toMatchObject({ keyPair: pair });
  });

  test('a file cannot ask for endless work, nor for an obsolete cipher', async () => {
    const slow = { password, random: randomBytes, iterations: 10_000_001 };
    expect(await codeOf(encryptPkcs8(new Uint8Array(1), slow))).toBe('GM_KEY_WORK');
    const write = ['pkcs8', '-topk8', '-in', 'rsa.pem', '-outform', 'DER', '-out', 'old.der'];
    cli.run(...write, '-v2', 'des3', '-passout', 'pass:x');
    expect(await codeOf(decryptPkcs8(cli.read('old.der'), 'x'))).toBe('GM_KEY_UNSUPPORTED');
    cli.run(...write, '-v2', 'aes-256-cbc', '-scrypt', '-passout', 'pass:x');
    expect(await codeOf(decryptPkcs8(cli.read('old.der'), 'x'))).toBe('GM_KEY_UNSUPPORTED');
  });
});

describe('RFC 7292 PKCS#12', () => {
  const write = (kind: string, ...more: string[]) => {
    const files = ['-inkey', `${kind}.pem`, '-in', `${kind}.crt`, '-out', `${kind}.p12`];
    cli.run('pkcs12', '-export', ...files, '-name', '企业锁', ...more);
    return cli.read(`${kind}.p12`);
  };

  test.each(['sm2', 'p256', 'rsa'])('reads the %s file that openssl writes by default', async (kind) => {
    const { keys, certificates } = await readPkcs12(
      write(kind, '-passout', 'pass:s3cret'),
      's3cret',
      nodePbkdf2,
    );
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatchObject({ friendlyName: '企业锁', key: { kind } });
    expect(keys[0]!.key.pkcs8).toEqual(pem('PRIVATE KEY', `${kind}.pem`));
    expect(certificates).toHaveLength(1);
    expect(certificates[0]!.der).toEqual(pem('CERTIFICATE', `${kind}.crt`));
    expect(certificates[0]!.localKeyId).toEqual(keys[0]!.localKeyId);
    expect(certificates[0]!.localKeyId).toHaveLength(20);
  });

  test('other MAC digests, unencrypted certificates and an empty password', async () => {
    for (const digest of ['sha1', 'sha384', 'sha512']) {
      const der = write('sm2', '-macalg', digest, '-passout', 'pass:pw');
      expect((await readPkcs12(der, 'pw', nodePbkdf2)).keys).toHaveLength(1);
    }
    const open = write('sm2', '-certpbe', 'NONE', '-passout', 'pass:pw');
    expect((await readPkcs12(open, 'pw', nodePbkdf2)).certificates).toHaveLength(1);
    const bare = write('sm2', '-keypbe', 'NONE', '-certpbe', 'NONE', '-passout', 'pass:');
    expect((await readPkcs12(bare, '', nodePbkdf2)).keys).toHaveLength(1);
  });

  test('a wrong password and every damaged part are refused', async () => {
    const der = write('sm2', '-passout', 'pass:pw');
    expect(await codeOf(readPkcs12(der, 'PW', nodePbkdf2))).toBe('GM_KEY_PASSWORD');
    for (let at = 40; at < der.length - 100; at += 37) {
      const damaged = der.slice();
      damaged[at]! ^= 0x10;
      expect(await codeOf(readPkcs12(damaged, 'pw', nodePbkdf2))).not.toBe('accepted');
    }
  });

  test('the encryption of 1996 and a missing MAC are refused by name', async () => {
    const des = ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES'];
    const legacy = write('rsa', ...des, '-passout', 'pass:pw');
    expect(await codeOf(readPkcs12(legacy, 'pw', nodePbkdf2))).toBe('GM_PKCS12_LEGACY');
    const rc2 = ['-legacy', '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-RC2-40'];
    expect(await codeOf(readPkcs12(write('rsa', ...rc2, '-passout', 'pass:pw'), 'pw', nodePbkdf2))).toBe(
      'GM_PKCS12_LEGACY',
    );
    const unprotected = write('rsa', '-nomac', '-passout', 'pass:pw');
    expect(await codeOf(readPkcs12(unprotected, 'pw', nodePbkdf2))).toBe('GM_PKCS12_MAC');
  });
});

describe('GB/T 35276-2017 §7.4 SM2EnvelopedKey', () => {
  const encryption = generateSm2KeyPair(randomBytes);
  const sealed = sealSm2KeyPair(pair.publicKey, encryption, randomBytes);
  const unwrap = (wrapped: Uint8Array) => noble.decrypt(pair.privateKey, wrapped);

  test('the delivered encryption key pair is opened with the signing key', async () => {
    expect(await openSm2EnvelopedKey(sealed, unwrap)).toEqual(encryption);
    expect(
      cli.write('envelope.der', sealed) && cli.run('asn1parse', '-inform', 'DER', '-in', 'envelope.der'),
    ).toContain(':sm4-ecb');
  });

  test('another key, a public key that does not fit, and damage are refused', async () => {
    const stranger = generateSm2KeyPair(randomBytes);
    const wrong = openSm2EnvelopedKey(sealed, (wrapped) => noble.decrypt(stranger.privateKey, wrapped));
    expect(await codeOf(wrong)).toBe('GM_SM2_CIPHERTEXT');
    const swapped = { privateKey: encryption.privateKey, publicKey: stranger.publicKey };
    const crooked = sealSm2KeyPair(pair.publicKey, swapped, randomBytes);
    expect(await codeOf(openSm2EnvelopedKey(crooked, unwrap))).toBe('GM_KEY_MISMATCH');
    expect(await codeOf(openSm2EnvelopedKey(sealed.subarray(1), unwrap))).toBe('GM_ENVELOPED_KEY');
    expect(await codeOf(openSm2EnvelopedKey(sealed, () => new Uint8Array(15)))).toBe('GM_ENVELOPED_KEY');
  });
});
