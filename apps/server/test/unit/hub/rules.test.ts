import { describe, expect, test } from 'vitest';
import { can } from '../../../src/features/access/index.ts';
import { certificateStatus } from '../../../src/features/hub/domain/certificate-status.ts';
import { kindRefusal, renews } from '../../../src/features/hub/domain/eligibility.ts';
import { maskEmail } from '../../../src/features/hub/domain/masking.ts';
import { noticeWords } from '../../../src/features/hub/domain/notices.ts';
import { imageSize } from '../../../src/infra/attachments/image-size.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-20T02:00:00Z');

describe('OD-40 what counts as a renewal', () => {
  const bound = {
    authorityId: 'nmca',
    uscc: '91150102MA0N00016G',
    certKeyNo: 'K1',
    certKeyNoAssigned: true,
    serialNumber: '01',
    validFrom: NOW - 300 * DAY,
  };
  const next = { ...bound, serialNumber: '02', validFrom: NOW };

  test('the same holder’s newer certificate', () => expect(renews(next, bound)).toBe(true));
  test.each([
    ['another authority', { authorityId: 'zjca' }],
    ['another code', { uscc: '91320100MA1X00025T' }],
    ['no code in the certificate', { uscc: null }],
    ['another 证书Key号', { certKeyNo: 'K2' }],
    ['a Key号 that is only the serial', { certKeyNoAssigned: false }],
    ['the same serial', { serialNumber: '01' }],
    ['an older one', { validFrom: NOW - 400 * DAY }],
  ])('not with %s', (_what, change) => expect(renews({ ...next, ...change }, bound)).toBe(false));
});

test('HUB-015, HUB-031, HUB-041 kinds of key', () => {
  expect(kindRefusal('enterprise', 'login')).toBeNull();
  expect(kindRefusal('legalRepresentative', 'login')).toBe('HUB_LEGAL_REP_KEY');
  expect(kindRefusal('legalRepresentative', 'bind')).toBe('HUB_BIND_ENTERPRISE_KEY');
  expect(kindRefusal('individual', 'bind')).toBe('HUB_INDIVIDUAL_CERTIFICATE');
  expect(kindRefusal('unknown', 'activate')).toBe('HUB_KIND_UNKNOWN');
});

test('the standing of a bound certificate: the authority’s word first, then its dates', () => {
  const facts = { validFrom: NOW - DAY, validTo: NOW + 100 * DAY, revocation: 'GOOD' as const };
  expect(certificateStatus(facts, NOW)).toBe('VALID');
  expect(certificateStatus({ ...facts, validTo: NOW + 29 * DAY }, NOW)).toBe('EXPIRING');
  expect(certificateStatus({ ...facts, validTo: NOW - 1 }, NOW)).toBe('EXPIRED');
  expect(certificateStatus({ ...facts, validFrom: NOW + 1 }, NOW)).toBe('NOT_YET_VALID');
  expect(certificateStatus({ ...facts, validTo: NOW - 1, revocation: 'LOST' }, NOW)).toBe('LOST');
});

test('GEN-004 a holder reaches only what is their own enterprise’s', () => {
  const holder = {
    kind: 'holder',
    sessionId: 's',
    enterpriseId: 'e1',
    certificateId: 'c',
    fingerprint: 'f',
    role: 'SECONDARY',
    phoneUserId: null,
  } as const;
  const route = { method: 'POST', actors: ['secondary', 'primary'] } as const;
  expect(can(holder, route, { enterpriseId: 'e1' })).toEqual({ allowed: true });
  expect(can(holder, route, { enterpriseId: 'e2' })).toEqual({
    allowed: false,
    code: 'HUB_CERTIFICATE_UNKNOWN',
  });
  expect(can(holder, { method: 'POST', actors: ['primary'] })).toEqual({
    allowed: false,
    code: 'HUB_PRIMARY_ONLY',
  });
  expect(can({ kind: 'anonymous' }, route)).toEqual({ allowed: false, code: 'HUB_SESSION_REQUIRED' });
});

test('an address keeps its first letter and its domain', () => {
  expect(maskEmail('applicant@example.com')).toBe('a***@example.com');
});

test('a notice is told in the reader’s language', () => {
  const notice = { kind: 'UNBIND_DONE', facts: { reference: 'JB1', promotedKeyNo: null } };
  expect(noticeWords(notice, 'zh').title).toBe('CA证书解绑已完成');
  expect(noticeWords(notice, 'en').body).toContain('JB1');
});

describe('HUB-104 the size of a scan', () => {
  test('of a PNG and a JPEG', () => {
    const png = new Uint8Array(32);
    png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    new DataView(png.buffer).setUint32(16, 640);
    new DataView(png.buffer).setUint32(20, 480);
    expect(imageSize(png)).toEqual({ width: 640, height: 480 });
    const jpeg = new Uint8Array([
      0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0x04, 0xb0, 0x03, 0x20, 1, 0, 0, 0,
    ]);
    expect(imageSize(jpeg)).toEqual({ width: 800, height: 1200 });
  });
  test('of something else or of a stump is not told', () => {
    expect(imageSize(new Uint8Array([0xff, 0xd8, 0xff]))).toBeUndefined();
    expect(imageSize(new Uint8Array(10))).toBeUndefined();
  });
});
