import type { PhoneErrorCode } from '@hufu/contracts';
import { describe, expect, test } from 'vitest';
import { obstacleTo, type UseFacts } from '../../../src/features/phone/uses/may-use.ts';

const GOOD: UseFacts = {
  purpose: 'login',
  scope: 'HUB',
  standing: { kind: 'HOLDER' },
  certificate: { kind: 'ENTERPRISE', state: 'EFFECTIVE', entityId: 'e1' },
  entityFrozen: false,
  pageEntity: undefined,
  hasDevice: true,
  half: 'ACTIVE',
};
const granted = (...scopes: string[]): UseFacts['standing'] => ({ kind: 'GRANTED', scopes });
const state = (of: UseFacts['certificate']['state']) => ({ ...GOOD.certificate, state: of });

test('the holder of a certificate in force uses it on a device of theirs', () => {
  expect(obstacleTo(GOOD)).toBeNull();
  expect(obstacleTo({ ...GOOD, pageEntity: 'e1' })).toBeNull();
});

const REFUSED: readonly (readonly [string, Partial<UseFacts>, PhoneErrorCode])[] = [
  ['MOB-050 without any grant', { standing: { kind: 'NONE' } }, 'PHONE_NOT_GRANTED'],
  ['MOB-050 granted for another platform', { standing: granted('hohhot') }, 'PHONE_NOT_GRANTED'],
  [
    'HUB-041 a personal certificate binds nothing',
    { purpose: 'bind', certificate: { kind: 'PERSONAL', state: 'EFFECTIVE', entityId: null } },
    'PHONE_ENTERPRISE_CERTIFICATE',
  ],
  ['MOB-032 another enterprise’s page', { pageEntity: 'e2' }, 'PHONE_CERTIFICATE_OTHER'],
  ['a frozen enterprise', { entityFrozen: true }, 'PHONE_ENTERPRISE_FROZEN'],
  ['an expired certificate', { certificate: state('EXPIRED') }, 'PHONE_CERTIFICATE_EXPIRED'],
  ['a certificate on hold', { certificate: state('HELD') }, 'PHONE_CERTIFICATE_STATE'],
  ['a replaced certificate', { certificate: state('REPLACED') }, 'PHONE_CERTIFICATE_STATE'],
  [
    'a revoked certificate opens nothing',
    { purpose: 'decrypt', certificate: state('REVOKED') },
    'PHONE_CERTIFICATE_STATE',
  ],
  [
    'a lost certificate opens nothing',
    { purpose: 'decrypt', certificate: state('LOST') },
    'PHONE_CERTIFICATE_STATE',
  ],
  ['a page without a device', { hasDevice: false, half: undefined }, 'PHONE_DEVICE_REQUIRED'],
  ['a device without the half', { half: undefined }, 'PHONE_CERTIFICATE_ELSEWHERE'],
  ['a half that was never put in force', { half: 'NEW' }, 'PHONE_CERTIFICATE_ELSEWHERE'],
  ['a half that is held', { half: 'HELD' }, 'PHONE_DEVICE_FROZEN'],
  ['OD-38 a locked PIN, which is told from misuse', { half: 'LOCKED' }, 'PHONE_PIN_LOCKED'],
  ['a copied phone', { half: 'FROZEN' }, 'PHONE_HALF_STOPPED'],
];

describe('what stands against a use', () => {
  test.each(REFUSED)('%s', (_name, change, code) => {
    expect(obstacleTo({ ...GOOD, ...change })).toBe(code);
  });
});

test('MOB-047 a grant counts at its platform, or everywhere', () => {
  expect(obstacleTo({ ...GOOD, standing: granted('hohhot', 'HUB') })).toBeNull();
  expect(obstacleTo({ ...GOOD, standing: granted('ALL') })).toBeNull();
});

test('OD-31 what was encrypted to a certificate is opened by it after its end', () => {
  for (const ended of ['EXPIRED', 'REPLACED'] as const) {
    expect(obstacleTo({ ...GOOD, purpose: 'decrypt', certificate: state(ended) })).toBeNull();
  }
});

test('a stranger learns nothing of the certificate, whatever else is wrong with it', () => {
  const worst: UseFacts = {
    ...GOOD,
    standing: { kind: 'NONE' },
    certificate: state('REVOKED'),
    entityFrozen: true,
    pageEntity: 'e2',
  };
  expect(obstacleTo(worst)).toBe('PHONE_NOT_GRANTED');
});
