import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { cookieKeys, signedCookie } from '../../../src/features/identity-provider/provider/cookies.ts';
import { dueSteps } from '../../../src/features/identity-provider/provider/rotation.ts';
import { joseSignature } from '../../../src/features/identity-provider/provider/signing-keys.ts';
import type { KeyInfo, KeyState } from '../../../src/infra/vault/key-vault.ts';

const DAY = 86_400_000;
const key = (state: KeyState, days: number): KeyInfo => ({
  id: state,
  purpose: 'oidc',
  algorithm: 'ES256',
  state,
  createdAt: 0,
  changedAt: -days * DAY,
});

test.each([
  [[key('current', 10)], []],
  [[key('current', 84)], ['prepare']],
  [[key('current', 84), key('next', 1)], ['prepare']],
  [[key('current', 90), key('next', 7)], ['rotate']],
  [[key('current', 1), key('retired', 6)], []],
  [[key('current', 1), key('retired', 7)], ['remove']],
])('keys %# need %j', (keys, expected) => {
  expect(dueSteps(keys, 0).map((step) => step.do)).toEqual(expected);
});

test('ECDSA signatures are rewritten for JOSE (RFC 7518 §3.4), short numbers included', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  for (let at = 0; at < 300; at++) {
    const message = Buffer.from(String(at));
    const jose = joseSignature(new Uint8Array(sign('sha256', message, privateKey)));
    expect(jose.length).toBe(64);
    expect(verify('sha256', message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, jose)).toBe(true);
  }
});

test('a cookie counts with our signature, once', () => {
  const keys = cookieKeys(new Uint8Array(32).fill(7));
  const sig = keys.sign('s=abc');
  expect(signedCookie(`a=b; s=abc; s.sig=${sig}`, 's', keys)).toBe('abc');
  expect(signedCookie(`s=abd; s.sig=${sig}`, 's', keys)).toBeUndefined();
  expect(signedCookie('s=abc', 's', keys)).toBeUndefined();
  expect(signedCookie(`s=abc; s=abc; s.sig=${sig}`, 's', keys)).toBeUndefined();
  expect(signedCookie(`t=abc; t.sig=${sig}`, 't', keys)).toBeUndefined();
});
