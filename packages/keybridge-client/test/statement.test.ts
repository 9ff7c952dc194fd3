import { CodedError, fromUtf8, utf8 } from '@hufu/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AuthStatement,
  authStatementBytes,
  parseAuthStatement,
  statementMismatch,
} from '../src/index.ts';

const statement: AuthStatement = {
  act: 'login',
  origin: 'https://hub.example.cn',
  challengeId: 'ch_1',
  nonce: 'AAAAAAAAAAAAAAAAAAAAAA',
  audience: 'https://hub.example.cn/oidc',
  issuedAt: '2026-11-20T08:00:00.000Z',
  certificateSha256: 'ab'.repeat(32),
};

const reasonOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    if (error instanceof CodedError && error.code === 'BRIDGE_STATEMENT_INVALID')
      return error.fields['reason'];
    throw error;
  }
  return 'accepted';
};

describe('AST-014 the statement that a key signs', () => {
  test('has one published encoding', () => {
    expect(fromUtf8(authStatementBytes({ ...statement, summary: '登录“互认系统”' }))).toBe(
      'HUFU-AUTH-V1\n{"act":"login","audience":"https://hub.example.cn/oidc",' +
        `"certificateSha256":"${'ab'.repeat(32)}","challengeId":"ch_1","issuedAt":"2026-11-20T08:00:00.000Z",` +
        '"nonce":"AAAAAAAAAAAAAAAAAAAAAA","origin":"https://hub.example.cn","summary":"登录“互认系统”"}',
    );
  });

  test('does not depend on the order in which members were set', () => {
    const reversed = Object.fromEntries(Object.entries(statement).reverse()) as AuthStatement;
    expect(authStatementBytes(reversed)).toEqual(authStatementBytes(statement));
  });

  test('comes back as it went in, for any text a summary may hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (summary) => {
        fc.pre(!/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(summary));
        const full = { ...statement, summary };
        expect(parseAuthStatement(authStatementBytes(full))).toEqual(full);
      }),
    );
  });

  test('any change of one byte is refused or changes a member', () => {
    const bytes = authStatementBytes(statement);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const altered = bytes.slice();
        altered[at] = altered[at]! ^ change;
        let parsed: AuthStatement;
        try {
          parsed = parseAuthStatement(altered);
        } catch (error) {
          expect(error).toMatchObject({ code: 'BRIDGE_STATEMENT_INVALID' });
          return;
        }
        expect(statementMismatch(parsed, statement)).toBeDefined();
      }),
    );
  });

  test.each([
    ['another prefix', (text: string) => text.replace('V1', 'V2'), 'prefix'],
    ['white space', (text: string) => text.replace('{"', '{ "'), 'encoding'],
    ['an escaped character', (text: string) => text.replace('"login"', '"\\u006cogin"'), 'encoding'],
    ['a duplicate member', (text: string) => text.replace('{', '{"act":"bind",'), 'encoding'],
    ['an unknown member', (text: string) => text.replace('{', '{"a":"b",'), 'members'],
    ['trailing bytes', (text: string) => `${text}\n`, 'encoding'],
    ['broken JSON', (text: string) => text.slice(0, -1), 'json'],
    ['an unknown act', (text: string) => text.replace('"login"', '"transfer"'), 'members'],
  ])('refuses %s', (_name, change, reason) => {
    const altered = utf8(change(fromUtf8(authStatementBytes(statement))));
    expect(reasonOf(() => parseAuthStatement(altered))).toBe(reason);
  });

  test.each([
    ['origin', { origin: 'https://hub.example.cn/' }],
    ['origin', { origin: 'null' }],
    ['origin', { origin: 'https://HUB.example.cn' }],
    ['origin', { origin: 'https://hub.example.cn:443' }],
    ['nonce too short', { nonce: 'AAAA' }],
    ['time without zone', { issuedAt: '2026-11-20T08:00:00' }],
    ['time with offset', { issuedAt: '2026-11-20T16:00:00.000+08:00' }],
    ['line break in the summary', { summary: '登录\n转账' }],
    ['bidirectional override in the summary', { summary: '登录\u202e' }],
    ['upper case digest', { certificateSha256: 'AB'.repeat(32) }],
    ['100,000 characters', { summary: '长'.repeat(100_000) }],
  ])('refuses to compose: %s', (_name, change) => {
    expect(reasonOf(() => authStatementBytes({ ...statement, ...change }))).toBe('members');
  });

  test('names the first member that differs from what the verifier expects', () => {
    expect(statementMismatch(statement, statement)).toBeUndefined();
    expect(statementMismatch({ ...statement, origin: 'https://evil.example' }, statement)).toBe('origin');
    expect(statementMismatch({ ...statement, nonce: 'B'.repeat(22) }, statement)).toBe('nonce');
    expect(statementMismatch({ ...statement, summary: '登录' }, statement)).toBe('summary');
  });
});
