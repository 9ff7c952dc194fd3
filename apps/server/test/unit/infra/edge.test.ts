import { CodedError, fixedClock } from '@hufu/kernel';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../../src/infra/config/config.ts';
import { languageOf } from '../../../src/infra/http/language.ts';
import { guardOrigin } from '../../../src/infra/http/origin-guard.ts';
import { createRateLimiter, sourceKey } from '../../../src/infra/http/rate-limit.ts';
import { loggedError } from '../../../src/infra/log.ts';

const noFile = () => {
  throw new Error('no file');
};
const wrongOf = (environment: Record<string, string>, file: () => string = noFile) => {
  try {
    readConfig(environment, file);
    return [];
  } catch (error) {
    return (error as CodedError).fields['wrong'] as string[];
  }
};

describe('configuration', () => {
  test('a demo needs nothing', () => {
    const config = readConfig({ HUFU_MODE: 'demo' }, noFile);
    expect(config).toMatchObject({
      port: 8700,
      baseUrl: 'http://localhost:8700',
      keyBridgeOrigins: ['http://127.0.0.1:8709'],
    });
  });
  test('the environment wins over the file; other variables are none of our business', () => {
    const file = () => JSON.stringify({ HUFU_MODE: 'demo', HUFU_PORT: 9000, HUFU_HOST: '0.0.0.0' });
    const config = readConfig({ HUFU_CONFIG: 'x.json', HUFU_PORT: '9001', HOME: '/root' }, file);
    expect([config.port, config.host]).toEqual([9001, '0.0.0.0']);
  });
  test('a chain and a time-stamp service are configured whole or not at all', () => {
    const demo = { HUFU_MODE: 'demo' };
    expect(readConfig(demo, noFile)).toMatchObject({ chain: undefined, timeStamps: undefined });
    const chain = {
      HUFU_CHAIN_RPC_URL: 'https://node.example/key',
      HUFU_CHAIN_ID: '1234',
      HUFU_CHAIN_CONTRACT: `0x${'Ab'.repeat(20)}`,
    };
    expect(readConfig({ ...demo, ...chain }, noFile).chain).toEqual({
      rpcUrl: 'https://node.example/key',
      id: 1234,
      name: '1234',
      contract: `0x${'ab'.repeat(20)}`,
      confirmations: 0,
      everySeconds: 60,
    });
    for (const name of Object.keys(chain)) {
      const [wrong] = wrongOf({ ...demo, ...chain, [name]: '' });
      expect(wrong).toContain('all of them or none');
      expect(wrong).not.toContain('node.example');
    }
    expect(wrongOf({ ...demo, ...chain, HUFU_CHAIN_CONTRACT: '0x12' })).toHaveLength(1);
    expect(wrongOf({ ...demo, HUFU_TSA_URL: 'https://tsa.example/' })[0]).toContain('both or neither');
    expect(wrongOf({ ...demo, HUFU_TSA_CERTIFICATES: 'tsa.pem' })[0]).toContain('both or neither');
  });
  test('names what is wrong without the value, all at once', () => {
    const wrong = wrongOf({
      HUFU_MODE: 'demo',
      HUFU_PORT: 'many',
      HUFU_VAULT_PASSPHRASE: 'secret',
      HUFU_PROT: '1',
    });
    expect(wrong.map((one) => one.split(':')[0])).toEqual([
      'HUFU_PROT',
      'HUFU_PORT',
      'HUFU_VAULT_PASSPHRASE',
    ]);
    expect(wrong.join()).not.toMatch(/many|secret/);
  });
  test('a configured installation needs its vault’s passphrase', () => {
    expect(wrongOf({ HUFU_MODE: 'configured' })).toEqual([expect.stringContaining('HUFU_VAULT_PASSPHRASE')]);
  });
});

describe('rate limits', () => {
  const limits = { tight: { requests: 3, seconds: 30 }, burst: { requests: 60, seconds: 60, burst: 2 } };
  test('let the burst pass, then one per interval, per key and per name', () => {
    const clock = fixedClock(1_000_000);
    const limiter = createRateLimiter({}, clock);
    limiter.define(limits);
    expect([1, 2, 3, 4].map(() => limiter.take('tight', 'a'))).toEqual([0, 0, 0, 10]);
    expect(limiter.take('tight', 'b')).toBe(0);
    clock.advance(10_000);
    expect([limiter.take('tight', 'a'), limiter.take('tight', 'a')]).toEqual([0, 10]);
    expect([1, 2, 3].map(() => limiter.take('burst', 'a'))).toEqual([0, 0, 1]);
  });
  test('what the configuration says stands above what a feature says', () => {
    const limiter = createRateLimiter({ tight: { requests: 1, seconds: 1 } }, fixedClock(0));
    limiter.define(limits);
    limiter.enforce('tight', 'a');
    expect(() => limiter.enforce('tight', 'a')).toThrow('RATE_LIMITED');
  });
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s is the source %s', (address, source) => {
    expect(sourceKey(address)).toBe(source);
  });
});

test.each([
  [{}, undefined, 'zh'],
  [{}, 'en-GB,en;q=0.9', 'en'],
  [{}, 'en;q=0.5, zh-CN', 'zh'],
  [{}, 'de, fr', 'zh'],
  [{}, 'en;q=0', 'zh'],
  [{ lang: 'en' }, 'zh', 'en'],
  [{ lang: 'xx' }, 'en', 'en'],
])('language of %j and %s is %s', (query, header, expected) => {
  expect(languageOf(query, header)).toBe(expected);
});

describe('origin guard', () => {
  const call = { method: 'POST', origin: undefined, fetchSite: undefined, hasCookie: false };
  const own = 'https://hub.example';
  test.each([
    [{ ...call, method: 'GET', origin: 'https://evil.example', hasCookie: true }],
    [{ ...call, origin: own, hasCookie: true }],
    [{ ...call, fetchSite: 'same-origin', hasCookie: true }],
    [call],
  ])('lets pass %j', (facts) => {
    expect(() => guardOrigin(facts, own)).not.toThrow();
  });
  test.each([
    [{ ...call, origin: 'https://evil.example' }],
    [{ ...call, origin: 'null' }],
    [{ ...call, origin: 'https://hub.example.evil.example' }],
    [{ ...call, origin: 'http://hub.example' }],
    [{ ...call, fetchSite: 'same-site', hasCookie: true }],
    [{ ...call, hasCookie: true }],
  ])('refuses %j', (facts) => {
    expect(() => guardOrigin(facts, own)).toThrow('REQUEST_FOREIGN_ORIGIN');
  });
});

test('a logged error says what and where, never what a foreign error says', () => {
  const cause = Object.assign(new Error('Key (phone)=(13800138000) exists'), {
    code: '23505',
    detail: '13800138000',
  });
  const text = JSON.stringify(loggedError(new CodedError('SOME_CODE', { field: 'x' }, cause)));
  expect(text).toContain('SOME_CODE');
  expect(text).toContain('23505');
  expect(text).not.toContain('13800138000');
});
