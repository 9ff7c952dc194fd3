import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseStoredPolicy, storedPolicyToJson } from '../../../src/features/trust/domain/authority.ts';
import { crlState, type HealthFacts, healthOf } from '../../../src/features/trust/domain/health.ts';
import { policyFromForm, policyToForm } from '../../../src/features/trust/domain/policy-form.ts';
import { refusalOf } from '../../../src/features/trust/domain/refusal.ts';
import { registeredHosts } from '../../../src/features/trust/domain/registered-hosts.ts';
import { BoundedMap } from '../../../src/features/trust/status/bounded-map.ts';
import { singleFlight } from '../../../src/features/trust/status/single-flight.ts';

const NOW = Date.UTC(2026, 10, 20, 8);

describe('registered hosts: the only ones that are ever asked', () => {
  const hosts = registeredHosts(['http://ca.example/list.crl', 'https://ca.example:8443/ocsp']);

  test.each(['http://ca.example/other', 'http://CA.example:80/x', 'https://ca.example:8443/'])(
    '%s is allowed',
    (url) => {
      expect(hosts.allows(url)).toBe(true);
    },
  );

  test.each([
    'https://ca.example/list.crl',
    'http://ca.example:8080/',
    'http://ca.example.evil.example/',
    'http://evil.example/http://ca.example/',
    'http://ca.example@evil.example/',
    'http://user:password@ca.example/',
    'ftp://ca.example/list.crl',
    'ldap://ca.example/cn=CA',
    'file:///etc/passwd',
    '//ca.example/x',
    'ca.example',
    '',
  ])('%s is not', (url) => {
    expect(hosts.allows(url)).toBe(false);
  });

  test('nothing registered allows nothing', () => {
    expect(registeredHosts([]).allows('http://ca.example/')).toBe(false);
    expect(registeredHosts(['not an address']).allows('neither is this')).toBe(false);
  });
});

describe('health: one word for one light', () => {
  const facts = (change: Partial<HealthFacts['ocsp']> = {}, crl: HealthFacts['crl'] = []): HealthFacts => ({
    crl,
    ocsp: { answers: 0, failures: 0, p95Ms: undefined, lastOk: undefined, ...change },
    budgetMs: 5_000,
  });

  test.each([
    ['nothing known', facts(), 'UNKNOWN'],
    ['fresh lists', facts({}, ['FRESH']), 'GOOD'],
    ['answers in time', facts({ answers: 9, p95Ms: 80, lastOk: true }), 'GOOD'],
    ['answers late', facts({ answers: 9, p95Ms: 2_500, lastOk: true }, ['FRESH']), 'SLOW'],
    ['lists that ran out', facts({}, ['FRESH', 'STALE']), 'STALE'],
    ['lists that never came', facts({}, ['MISSING']), 'UNREACHABLE'],
    ['no answers', facts({ failures: 3, lastOk: false }), 'UNREACHABLE'],
    ['no answers, but fresh lists carry it', facts({ failures: 3, lastOk: false }, ['FRESH']), 'GOOD'],
    ['a failure among answers', facts({ answers: 9, failures: 1, lastOk: true, p95Ms: 50 }), 'GOOD'],
  ] as const)('%s', (_, given, expected) => {
    expect(healthOf(given)).toBe(expected);
  });

  test('a list is fresh to its last millisecond', () => {
    const list = { held: true, nextUpdate: NOW, problem: undefined };
    expect(crlState(list, NOW)).toBe('FRESH');
    expect(crlState(list, NOW + 1)).toBe('STALE');
    expect(crlState({ ...list, nextUpdate: undefined }, NOW)).toBe('STALE');
    expect(crlState({ ...list, held: false, problem: 'timeout' }, NOW)).toBe('MISSING');
    expect(crlState({ ...list, held: false, problem: 'unsigned' }, NOW)).toBe('INVALID');
  });
});

describe('policies between form, store and verdict', () => {
  const forms = fc.record({
    graceSeconds: fc.integer({ min: 1, max: 7 * 86_400 }),
    graceUntil: fc.integer({ min: 1, max: 30 * 86_400_000 }).map((ms) => new Date(NOW + ms).toISOString()),
    ocspBudgetMs: fc.integer({ min: 500, max: 120_000 }),
    ocspCacheSeconds: fc.integer({ min: 0, max: 86_400 }),
    sources: fc.constantFrom('CRL_THEN_OCSP', 'OCSP_THEN_CRL', 'CRL_ONLY', 'OCSP_ONLY'),
    algorithms: fc.subarray(['sm2', 'p256', 'rsa'] as const, { minLength: 1 }).map((list) => [...list]),
    region: fc.constantFrom('150000', '110000'),
  });

  test('what the desk enters is what is stored, applied and shown again', () => {
    fc.assert(
      fc.property(forms, (form) => {
        const policy = policyFromForm(form, { at: NOW });
        expect(parseStoredPolicy(JSON.parse(storedPolicyToJson(policy)))).toEqual(policy);
        expect(policyToForm({ policy, region: form.region })).toEqual(form);
      }),
    );
  });

  test('a stored policy cannot smuggle in what stands in columns', () => {
    const stored = JSON.parse(storedPolicyToJson(policyFromForm(sample(), { at: NOW }))) as Record<
      string,
      unknown
    >;
    expect(Object.keys(stored)).not.toContain('joined');
    expect(parseStoredPolicy({ ...stored, joined: true })).not.toHaveProperty('joined');
    expect(() => parseStoredPolicy({ ...stored, failOpen: true })).toThrowError(
      expect.objectContaining({ code: 'POLICY_MALFORMED' }),
    );
  });

  const sample = () => fc.sample(forms, 1)[0]!;
});

describe('refusals carry no more than they need', () => {
  test('an unrecognised certificate: no authority, no phone, the policy’s name', () => {
    const refusal = refusalOf(
      { allow: false, policyName: 'unrecognised', code: 'CERTIFICATE_CA_UNRECOGNISED' },
      undefined,
    );
    expect(refusal.fields).toEqual({ policy: 'unrecognised' });
    expect(refusal.hint.zh).toContain('CA厂商联系方式');
  });
});

describe('memory', () => {
  test('a bounded map forgets what was not used for longest', () => {
    const map = new BoundedMap<number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.get('a');
    map.set('c', 3);
    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([1, undefined, 3]);
  });

  test('who wants the same at the same time shares one piece of work, and a failure is not kept', async () => {
    const flight = singleFlight<number>();
    let runs = 0;
    const work = () => {
      runs++;
      return runs === 1 ? Promise.reject(new Error('first')) : Promise.resolve(runs);
    };
    const both = await Promise.allSettled([flight('k', work), flight('k', work)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(runs).toBe(1);
    expect(await flight('k', work)).toBe(2);
  });
});
