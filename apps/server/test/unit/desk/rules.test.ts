import { describe, expect, test } from 'vitest';
import { auditCsv, plainCell } from '../../../src/features/desk/audit-export.ts';
import { grantRefusal, lastAdminRefusal } from '../../../src/features/desk/domain/grants.ts';
import { checkAddresses } from '../../../src/features/platforms/domain/platform.ts';
import { parseMail } from '../../../src/features/site/demo-mail.ts';

describe('grants', () => {
  test('nobody grants what they do not hold; what is held already may stay', () => {
    expect(grantRefusal({ by: ['admin', 'reviewer'], roles: ['reviewer'] })).toBeNull();
    expect(grantRefusal({ by: ['reviewer'], roles: ['admin'] })).toBe('DESK_GRANT_TOO_HIGH');
    expect(grantRefusal({ by: ['admin'], roles: ['auditor'], held: ['auditor'] })).toBeNull();
  });
  test('one active administrator remains', () => {
    const operators = [
      { id: 'a', roles: ['admin' as const], active: true },
      { id: 'b', roles: ['admin' as const], active: false },
    ];
    expect(lastAdminRefusal(operators, { id: 'a', active: false })).toBe('DESK_LAST_ADMIN');
    expect(lastAdminRefusal(operators, { id: 'a', roles: ['clerk'] })).toBe('DESK_LAST_ADMIN');
    expect(lastAdminRefusal(operators, { id: 'b', roles: ['clerk'] })).toBeNull();
  });
});

test('what a stranger typed does not run in an auditor’s spreadsheet', () => {
  expect(plainCell('=HYPERLINK("http://evil")')).toBe(`'=HYPERLINK("http://evil")`);
  for (const sign of '=+-@＝＋－＠\t\r\n') expect(plainCell(`${sign}1`)).toBe(`'${sign}1`);
  expect(plainCell('JB20261120-=')).toBe('JB20261120-=');
  const row = {
    id: '1',
    at: '2026-11-20T00:00:00.000Z',
    actorKind: 'operator',
    actor: '甲',
    action: 'x.y',
    subjectKind: '',
    subject: '',
    outcome: 'OK' as const,
    code: null,
    reason: '+cmd|"calc"',
    reasonErasedAt: null,
    before: null,
    after: { a: 1 },
    requestId: null,
  };
  const csv = auditCsv([row]);
  expect(csv.startsWith('\uFEFF')).toBe(true);
  expect(csv).toContain(`"'+cmd|""calc"""`);
});

describe('F-PLATREG addresses of a platform', () => {
  const none = {
    redirectUris: [],
    postLogoutRedirectUris: [],
    initiateLoginUri: null,
    backchannelLogoutUri: null,
    homeUrl: null,
  };
  test.each(['https://p.example/cb', 'http://localhost:8701/cb', 'http://127.0.0.1/cb'])(
    '%s is taken',
    (address) => {
      expect(() => checkAddresses({ ...none, redirectUris: [address] })).not.toThrow();
    },
  );
  test.each([
    'http://p.example/cb',
    'https://user:pass@p.example/cb',
    'https://p.example/cb#fragment',
    'javascript:alert(1)',
    'http://localhost.evil.example/cb',
  ])('%s is refused', (address) => {
    expect(() => checkAddresses({ ...none, redirectUris: [address] })).toThrow('PLATFORM_ADDRESS');
    expect(() => checkAddresses({ ...none, backchannelLogoutUri: address })).toThrow('PLATFORM_ADDRESS');
  });
});

test('the demo’s mailbox reads what the mailer wrote', () => {
  const letter = [
    'To: a@example.com',
    'Subject: =?UTF-8?B?5bey5Yqe57uT?= ok',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '=E5=B7=B2=',
    '=E5=8A=9E',
  ].join('\n');
  expect(parseMail(letter, { id: '1', at: 'x' })).toEqual({
    id: '1',
    to: 'a@example.com',
    subject: '已办结 ok',
    text: '已办',
    at: 'x',
  });
});
