import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derContext, derInteger, derNull, derOid, derSequence, readDer } from '@hufu/gm';
import { toPem, utf8 } from '@hufu/kernel';
import { afterAll, describe, expect, test } from 'vitest';
import { DIGEST_OID, parsePublicKeyInfo, pureCryptoEngine, SIGNATURE_OID } from '../src/index.ts';
import { nodeCryptoEngine, nodeSigner } from '../src/node/index.ts';
import { readAlgorithm } from '../src/x509/key.ts';
import { newPrivateKey } from './support/keys.ts';

const engines = [
  ['node', nodeCryptoEngine()],
  ['pure', pureCryptoEngine()],
] as const;
const folder = mkdtempSync(join(tmpdir(), 'hufu-engine-'));
afterAll(() => rmSync(folder, { recursive: true }));

const identifier = (oid: string, ...parameters: Uint8Array[]) =>
  readDer(derSequence(derOid(oid), ...parameters), (reader) => readAlgorithm(reader));
const SM2 = identifier(SIGNATURE_OID.sm2Sm3);
const ECDSA = identifier(SIGNATURE_OID.ecdsaSha256);
const ED25519 = identifier(SIGNATURE_OID.ed25519);
const RSA = identifier(SIGNATURE_OID.rsaSha256, derNull());
const message = utf8('开标记录');

describe.each(engines)('%s engine', (_name, engine) => {
  test.each([
    ['sm2', SM2],
    ['p256', ECDSA],
    ['rsa', RSA],
  ] as const)('a signature of a %s key verifies, and of nothing else', async (choice, algorithm) => {
    const signer = nodeSigner(newPrivateKey(choice));
    const key = parsePublicKeyInfo(signer.publicKey);
    const signature = await signer.sign(message);
    expect(await engine.verify(key, algorithm, message, signature)).toBe(true);
    expect(await engine.verify(key, algorithm, utf8('开标记录。'), signature)).toBe(false);
    expect(await engine.verify(key, algorithm, message, signature.subarray(1))).toBe(false);
    for (const other of [SM2, ECDSA, RSA].filter((a) => a !== algorithm)) {
      expect(await engine.verify(key, other, message, signature)).toBe(false);
    }
  });

  test('RFC 4055 a PSS signature is checked with the digest and salt of its parameters', async () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = parsePublicKeyInfo(new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' })));
    const signature = sign('sha256', message, { key: pair.privateKey, padding: 6, saltLength: 32 });
    const sha256 = derSequence(derOid(DIGEST_OID.sha256), derNull());
    const parameters = (hash: Uint8Array, salt: number) =>
      derSequence(
        derContext(0, hash),
        derContext(1, derSequence(derOid('1.2.840.113549.1.1.8'), sha256)),
        derContext(2, derInteger(salt)),
      );
    const pss = (hash: Uint8Array, salt: number) => identifier(SIGNATURE_OID.rsaPss, parameters(hash, salt));
    const sha512 = derSequence(derOid(DIGEST_OID.sha512), derNull());
    expect(await engine.verify(key, pss(sha256, 32), message, signature)).toBe(true);
    expect(await engine.verify(key, pss(sha256, 20), message, signature)).toBe(false);
    expect(await engine.verify(key, pss(sha512, 32), message, signature)).toBe(false);
  });

  test('a point off its curve, a torn key or a foreign kind of key gives false, never an exception', async () => {
    const signer = nodeSigner(newPrivateKey('p256'));
    const off = signer.publicKey.slice();
    off[off.length - 1]! ^= 1;
    const signature = await signer.sign(message);
    expect(await engine.verify(parsePublicKeyInfo(off), ECDSA, message, signature)).toBe(false);
    const rsa = parsePublicKeyInfo(nodeSigner(newPrivateKey('rsa')).publicKey);
    const torn = { ...rsa, der: rsa.der.subarray(0, 40) };
    expect(await engine.verify(torn, RSA, message, signature)).toBe(false);
    expect(await engine.verify(rsa, identifier('1.2.3.4'), message, signature)).toBe(false);
    for (const bytes of [new Uint8Array(), Uint8Array.of(0x30, 0x80), new Uint8Array(2000)]) {
      expect(await engine.verify(parsePublicKeyInfo(signer.publicKey), ECDSA, message, bytes)).toBe(false);
      expect(await engine.verify(rsa, RSA, message, bytes)).toBe(false);
    }
  });

  test('RFC 8410 an Ed25519 signature verifies', async () => {
    const pair = generateKeyPairSync('ed25519');
    const key = parsePublicKeyInfo(new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' })));
    const signature = new Uint8Array(sign(null, message, pair.privateKey));
    expect(await engine.verify(key, ED25519, message, signature)).toBe(true);
    expect(await engine.verify(key, ED25519, utf8('x'), signature)).toBe(false);
    expect(await engine.verify(key, ECDSA, message, signature)).toBe(false);
  });

  test.each(['secp384r1', 'secp521r1'])('RFC 5758 an ECDSA signature on %s verifies', async (namedCurve) => {
    const pair = generateKeyPairSync('ec', { namedCurve });
    const key = parsePublicKeyInfo(new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' })));
    const signature = new Uint8Array(sign('sha384', message, pair.privateKey));
    const sha384 = identifier(SIGNATURE_OID.ecdsaSha384);
    expect(await engine.verify(key, sha384, message, signature)).toBe(true);
    expect(await engine.verify(key, ECDSA, message, signature)).toBe(false);
  });

  test('digests are those of the published vectors for "abc" (GB/T 32905 A.1, FIPS 180-4)', () => {
    const hex = (name: 'sm3' | 'sha256' | 'sha1') =>
      Buffer.from(engine.digest(name, utf8('abc'))).toString('hex');
    expect(hex('sm3')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
    expect(hex('sha256')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(hex('sha1')).toBe('a9993e364706816aba3e25717850c26c9cd0d89d');
  });
});

test('GB/T 32918 openssl verifies an SM2 signature made with the default ID', async () => {
  const signer = nodeSigner(newPrivateKey('sm2'));
  const files = { key: join(folder, 'key.pem'), data: join(folder, 'data'), signature: join(folder, 'sig') };
  writeFileSync(files.key, toPem('PUBLIC KEY', signer.publicKey));
  writeFileSync(files.data, message);
  writeFileSync(files.signature, await signer.sign(message));
  const id = ['-sm3', '-sigopt', 'distid:1234567812345678', '-verify', files.key];
  const run = () => execFileSync('openssl', ['dgst', ...id, '-signature', files.signature, files.data]);
  expect(run().toString()).toContain('Verified OK');
  const bytes = readFileSync(files.data);
  writeFileSync(files.data, Buffer.concat([bytes, Buffer.from('x')]));
  expect(run).toThrow();
});
