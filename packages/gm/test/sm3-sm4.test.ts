import { createCipheriv, createHash, createHmac, hkdfSync, pbkdf2Sync } from 'node:crypto';
import { fromHex, toHex, utf8 } from '@hufu/kernel';
import { hkdf } from '@noble/hashes/hkdf.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import fc from 'fast-check';
import { sm4 as otherSm4 } from 'sm-crypto-v2';
import { describe, expect, test } from 'vitest';
import { hmacSm3, sm3, sm4Cbc, sm4Ctr, sm4Ecb, sm4Gcm } from '../src/index.ts';
import { code } from './support.ts';

const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
const exactly = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const plain = (data: Uint8Array) => new Uint8Array(data);

describe('GB/T 32905-2016 SM3', () => {
  test('annex A.1 and A.2', () => {
    expect(toHex(sm3(utf8('abc')))).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
    expect(toHex(sm3(utf8('abcd'.repeat(16))))).toBe(
      'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732',
    );
  });

  test('agrees with OpenSSL however the message is cut', () => {
    fc.assert(
      fc.property(fc.array(bytes(150), { maxLength: 6 }), (parts) => {
        const ours = sm3.create();
        const theirs = createHash('sm3');
        for (const part of parts) {
          ours.update(part);
          theirs.update(part);
          expect(ours.clone().digest()).toEqual(plain(theirs.copy().digest()));
        }
        expect(ours.digest()).toEqual(plain(theirs.digest()));
      }),
    );
  });

  test('a digested hash is closed', () => {
    const hash = sm3.create();
    hash.digest();
    expect(() => hash.update(new Uint8Array(1))).toThrow();
    expect(() => hash.digest()).toThrow();
  });

  test('HMAC, HKDF and PBKDF2 agree with OpenSSL', () => {
    fc.assert(
      fc.property(bytes(100), bytes(200), (key, message) => {
        expect(hmacSm3(key, message)).toEqual(plain(createHmac('sm3', key).update(message).digest()));
        expect(hkdf(sm3, key, message, message, 50)).toEqual(
          new Uint8Array(hkdfSync('sm3', key, message, message, 50)),
        );
        expect(pbkdf2(sm3, key, message, { c: 3, dkLen: 40 })).toEqual(
          plain(pbkdf2Sync(key, message, 3, 40, 'sm3')),
        );
      }),
      { numRuns: 40 },
    );
  });
});

const KEY = fromHex('0123456789abcdeffedcba9876543210');

describe('GB/T 32907-2016 SM4', () => {
  test('annex A.1', () => {
    expect(toHex(sm4Ecb(KEY).encrypt(KEY))).toBe('681edf34d206965e86b3e94f536e4246');
    expect(sm4Ecb(KEY).decrypt(sm4Ecb(KEY).encrypt(KEY))).toEqual(KEY);
  });

  test('annex A.2: a million times', () => {
    const cipher = sm4Cbc(KEY, new Uint8Array(16));
    // CBC over zeros is the block cipher applied again and again: block i is E(block i-1).
    const chained = cipher.encrypt(
      (() => {
        const message = new Uint8Array(16 * 1_000_000);
        message.set(KEY);
        return message;
      })(),
    );
    expect(toHex(chained.subarray(16 * 999_999, 16 * 1_000_000))).toBe('595298c7c6fd271f0402f804c33d3f66');
  });

  test('CBC, CTR and ECB agree with OpenSSL', () => {
    fc.assert(
      fc.property(exactly(16), exactly(16), bytes(200), (key, iv, message) => {
        const run = (name: string, data: Uint8Array, padding: boolean) => {
          const cipher = createCipheriv(name, key, name === 'sm4-ecb' ? null : iv).setAutoPadding(padding);
          return plain(Buffer.concat([cipher.update(data), cipher.final()]));
        };
        const cbc = sm4Cbc(key, iv).encrypt(message);
        expect(cbc).toEqual(run('sm4-cbc', message, true));
        expect(sm4Cbc(key, iv).decrypt(cbc)).toEqual(message);
        const ctr = sm4Ctr(key, iv).encrypt(message);
        expect(ctr).toEqual(run('sm4-ctr', message, true));
        expect(sm4Ctr(key, iv).decrypt(ctr)).toEqual(message);
        const blocks = message.subarray(0, message.length & ~15);
        expect(sm4Ecb(key).encrypt(blocks)).toEqual(run('sm4-ecb', blocks, false));
      }),
    );
  });

  test('the counter carries through all 16 bytes', () => {
    const counter = new Uint8Array(16).fill(255);
    const two = sm4Ctr(KEY, counter).encrypt(new Uint8Array(32));
    expect(two.subarray(16)).toEqual(sm4Ecb(KEY).encrypt(new Uint8Array(16)));
  });

  test('RFC 8998 §A.1 SM4-GCM', () => {
    const cipher = sm4Gcm(
      KEY,
      fromHex('00001234567800000000abcd'),
      fromHex('feedfacedeadbeeffeedfacedeadbeefabaddad2'),
    );
    const message = fromHex(
      `${'aa'.repeat(8)}${'bb'.repeat(8)}${'cc'.repeat(8)}${'dd'.repeat(8)}` +
        `${'ee'.repeat(8)}${'ff'.repeat(8)}${'ee'.repeat(8)}${'aa'.repeat(8)}`,
    );
    const sealed = cipher.encrypt(message);
    expect(toHex(sealed)).toBe(
      '17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735' +
        'd82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d' +
        '83de3541e4c2b58177e065a9bf7b62ec',
    );
    expect(cipher.decrypt(sealed)).toEqual(message);
  });

  test('GCM agrees with another implementation and refuses every changed bit', () => {
    fc.assert(
      fc.property(
        exactly(16),
        exactly(12),
        bytes(40),
        bytes(80),
        fc.nat(),
        (key, nonce, aad, message, at) => {
          const sealed = sm4Gcm(key, nonce, aad).encrypt(message);
          const other = otherSm4.encrypt(message, key, {
            mode: 'gcm',
            iv: nonce,
            associatedData: aad,
            output: 'array',
            outputTag: true,
          }) as unknown as { output: Uint8Array; tag: Uint8Array };
          expect(sealed.subarray(0, message.length)).toEqual(plain(other.output));
          expect(sealed.subarray(message.length)).toEqual(plain(other.tag));
          expect(sm4Gcm(key, nonce, aad).decrypt(sealed)).toEqual(message);
          const changed = sealed.slice();
          changed[at % changed.length]! ^= 1 << (at % 8);
          expect(code(() => sm4Gcm(key, nonce, aad).decrypt(changed))).toBe('GM_SM4_DECRYPT');
          const otherAad = plain(Buffer.concat([aad, Buffer.of(0)]));
          expect(code(() => sm4Gcm(key, nonce, otherAad).decrypt(sealed))).toBe('GM_SM4_DECRYPT');
        },
      ),
    );
  });

  test('wrong lengths and wrong padding are refused', () => {
    const iv = new Uint8Array(16);
    expect(code(() => sm4Ecb(new Uint8Array(15)).encrypt(iv))).toBe('GM_SM4_KEY');
    expect(code(() => sm4Ecb(KEY).encrypt(new Uint8Array(15)))).toBe('GM_SM4_LENGTH');
    expect(code(() => sm4Cbc(KEY, new Uint8Array(12)))).toBe('GM_SM4_KEY');
    expect(code(() => sm4Ctr(KEY, new Uint8Array(12)))).toBe('GM_SM4_KEY');
    expect(code(() => sm4Gcm(KEY, iv))).toBe('GM_SM4_KEY');
    expect(code(() => sm4Cbc(KEY, iv).decrypt(new Uint8Array(0)))).toBe('GM_SM4_LENGTH');
    for (const last of [0, 17, 255]) {
      const block = new Uint8Array(16).fill(last);
      const sealed = sm4Cbc(KEY, iv).encrypt(block).subarray(0, 16);
      expect(code(() => sm4Cbc(KEY, iv).decrypt(sealed))).toBe('GM_SM4_DECRYPT');
    }
    expect(code(() => sm4Gcm(KEY, iv.subarray(4)).decrypt(new Uint8Array(15)))).toBe('GM_SM4_DECRYPT');
  });
});
