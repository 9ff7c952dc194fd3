import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { combineVerdicts } from '../../src/revocation/combine.ts';
import { type CaPolicy, closedPolicy, decide } from '../../src/revocation/policy.ts';
import { caPolicyToJson, parseCaPolicy } from '../../src/revocation/policy-json.ts';
import { CERTIFICATE_REFUSALS, refusalDetail } from '../../src/revocation/refusals.ts';
import type { RevocationVerdict, UnknownReason } from '../../src/revocation/verdict.ts';

const NOW = Date.UTC(2026, 10, 20, 8);
const DAY = 86_400_000;

const UNKNOWN_REASONS: readonly UnknownReason[] = [
  'no-source',
  'unreachable',
  'timeout',
  'too-large',
  'stale',
  'not-yet-valid',
  'unsigned',
  'wrong-signer',
  'wrong-certificate',
  'wrong-scope',
  'wrong-nonce',
  'weak-algorithm',
  'malformed',
  'try-later',
  'responder-error',
  'not-issued',
];
const SUSPICIOUS: readonly UnknownReason[] = [
  'unsigned',
  'wrong-signer',
  'wrong-certificate',
  'wrong-nonce',
  'weak-algorithm',
  'malformed',
  'not-issued',
];

const unknown = (reason: UnknownReason, goodUntil?: number): RevocationVerdict => ({
  status: 'unknown',
  reason,
  evidence: [],
  ...(goodUntil === undefined ? {} : { goodUntil }),
});
const good = (nextUpdate = NOW + DAY): RevocationVerdict => ({
  status: 'good',
  source: 'crl',
  producedAt: NOW - DAY,
  nextUpdate,
  evidence: [],
});
const revoked = (reason: 'keyCompromise' | 'certificateHold', time = NOW - DAY): RevocationVerdict => ({
  status: 'revoked',
  source: 'crl',
  reason,
  time,
  evidence: [],
});

const closed = closedPolicy('demo@1', '150000');
const lenient: CaPolicy = { ...closed, grace: { maxSeconds: 3600, until: NOW + DAY } };

const verdicts = fc.oneof(
  fc.integer({ min: NOW, max: NOW + 10 * DAY }).map(good),
  fc.constantFrom(revoked('keyCompromise'), revoked('certificateHold')),
  fc.constantFrom(...UNKNOWN_REASONS).map((reason) => unknown(reason)),
  fc.integer({ min: NOW - 10 * DAY, max: NOW }).map((goodUntil) => unknown('stale', goodUntil)),
);
const policies = fc.constantFrom(closed, lenient, { ...lenient, suspended: { since: NOW } });

describe('decide: only a policy turns a verdict into yes or no', () => {
  test('good allows, and the decision names the policy', () => {
    expect(decide(good(), closed, NOW)).toEqual({ allow: true, policyName: 'demo@1' });
  });

  test('HUB-054 revoked and reported lost are told apart', () => {
    expect(decide(revoked('keyCompromise', 5), closed, NOW)).toEqual({
      allow: false,
      policyName: 'demo@1',
      code: 'CERTIFICATE_REVOKED',
      since: 5,
    });
    expect(decide(revoked('certificateHold', 6), closed, NOW)).toMatchObject({
      code: 'CERTIFICATE_ON_HOLD',
      since: 6,
    });
  });

  test('closed by default: no unknown is allowed, each kind of cause has its own code', () => {
    const codes = UNKNOWN_REASONS.map((reason) => decide(unknown(reason), closed, NOW));
    expect(codes.every((decision) => !decision.allow)).toBe(true);
    const codeOf = (reason: UnknownReason) => {
      const decision = decide(unknown(reason), closed, NOW);
      return decision.allow ? 'allowed' : decision.code;
    };
    expect(codeOf('timeout')).toBe('CERTIFICATE_STATUS_SLOW');
    expect(codeOf('unreachable')).toBe('CERTIFICATE_STATUS_UNREACHABLE');
    expect(codeOf('stale')).toBe('CERTIFICATE_STATUS_STALE');
    expect(codeOf('no-source')).toBe('CERTIFICATE_STATUS_UNAVAILABLE');
    expect(codeOf('wrong-certificate')).toBe('CERTIFICATE_STATUS_UNTRUSTED');
    expect(codeOf('not-issued')).toBe('CERTIFICATE_NOT_ISSUED');
  });

  test('a suspended CA lets nobody in, not even with a good verdict', () => {
    fc.assert(
      fc.property(verdicts, (verdict) => {
        expect(decide(verdict, { ...lenient, suspended: { since: 7 } }, NOW)).toMatchObject({
          allow: false,
          code: 'CERTIFICATE_CA_SUSPENDED',
          since: 7,
        });
      }),
    );
  });

  test('grace is bounded by its length, by its end date, and by the statement that it follows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: NOW - 10 * DAY, max: NOW }),
        fc.integer({ min: 1, max: 7 * 86_400 }),
        fc.integer({ min: NOW - 2 * DAY, max: NOW + 2 * DAY }),
        (goodUntil, maxSeconds, until) => {
          const policy: CaPolicy = { ...closed, grace: { maxSeconds, until } };
          const decision = decide(unknown('stale', goodUntil), policy, NOW);
          const endsAt = Math.min(goodUntil + maxSeconds * 1000, until);
          if (NOW < endsAt)
            expect(decision).toMatchObject({ allow: true, grace: { expiredAt: goodUntil, endsAt } });
          else
            expect(decision).toMatchObject({
              allow: false,
              code: 'CERTIFICATE_STATUS_STALE',
              since: goodUntil,
            });
        },
      ),
    );
  });

  test('the last millisecond of a grace is in, the next one out', () => {
    const policy: CaPolicy = { ...closed, grace: { maxSeconds: 60, until: NOW + DAY } };
    expect(decide(unknown('stale', NOW - 60_000 + 1), policy, NOW).allow).toBe(true);
    expect(decide(unknown('stale', NOW - 60_000), policy, NOW).allow).toBe(false);
  });

  test('no grace without a genuine good statement before, and none for what smells of forgery', () => {
    for (const reason of UNKNOWN_REASONS) expect(decide(unknown(reason), lenient, NOW).allow).toBe(false);
    for (const reason of SUSPICIOUS)
      expect(decide(unknown(reason, NOW - 1000), lenient, NOW).allow).toBe(false);
    expect(decide(unknown('timeout', NOW - 1000), lenient, NOW).allow).toBe(true);
  });

  test('no policy and no moment lets a revoked certificate in', () => {
    fc.assert(
      fc.property(policies, fc.integer({ min: 0, max: 2 * NOW }), (policy, at) => {
        expect(decide(revoked('keyCompromise'), policy, at).allow).toBe(false);
        expect(decide(revoked('certificateHold'), policy, at).allow).toBe(false);
      }),
    );
  });
});

describe('combineVerdicts: several sources, one verdict', () => {
  test('the order of the sources never changes the outcome', () => {
    fc.assert(
      fc.property(fc.array(verdicts, { maxLength: 6 }), policies, (list, policy) => {
        const forward = decide(combineVerdicts(list), policy, NOW);
        const backward = decide(combineVerdicts([...list].reverse()), policy, NOW);
        expect(backward).toEqual(forward);
      }),
    );
  });

  test('revoked wins over everything, good over unknown', () => {
    fc.assert(
      fc.property(fc.array(verdicts, { minLength: 1, maxLength: 6 }), (list) => {
        const statuses = list.map(({ status }) => status);
        const expected = statuses.includes('revoked')
          ? 'revoked'
          : statuses.includes('good')
            ? 'good'
            : 'unknown';
        expect(combineVerdicts(list).status).toBe(expected);
      }),
    );
  });

  test('a final revocation is told before a hold, the earlier before the later', () => {
    const verdict = combineVerdicts([
      revoked('certificateHold', 1),
      revoked('keyCompromise', 9),
      revoked('keyCompromise', 5),
    ]);
    expect(verdict).toMatchObject({ reason: 'keyCompromise', time: 5 });
  });

  test('signs of forgery are told before faults, a grace keeps what it builds on', () => {
    expect(combineVerdicts([unknown('no-source'), unknown('wrong-certificate')])).toMatchObject({
      reason: 'wrong-certificate',
    });
    expect(combineVerdicts([unknown('stale', 42), unknown('timeout')])).toMatchObject({
      reason: 'timeout',
      goodUntil: 42,
    });
  });

  test('nothing asked is no-source', () => {
    expect(combineVerdicts([])).toEqual({ status: 'unknown', reason: 'no-source', evidence: [] });
  });
});

describe('policies as data', () => {
  test('what is written can be read again', () => {
    const full: CaPolicy = {
      ...lenient,
      joined: true,
      suspended: { since: NOW },
      maxAgeSeconds: 3600,
      algorithms: ['sm2-sm3', 'rsa-sha2'],
      sources: ['ocsp'],
    };
    for (const policy of [closed, lenient, full]) {
      expect(parseCaPolicy(JSON.parse(JSON.stringify(caPolicyToJson(policy))))).toEqual(policy);
    }
  });

  const json = caPolicyToJson(lenient);
  test.each([
    ['a field that nobody knows', { ...json, failOpen: true }],
    ['an algorithm that is refused for all', { ...json, algorithms: ['rsa-sha1'] }],
    ['a source twice', { ...json, sources: ['crl', 'crl'] }],
    ['a budget without end', { ...json, ocspBudgetMs: 1e9 }],
    [
      'a grace of more than a week',
      { ...json, grace: { maxSeconds: 8 * 86_400, until: '2026-12-01T00:00:00.000Z' } },
    ],
    ['a grace without an end', { ...json, grace: { maxSeconds: 60 } }],
    ['a date that does not exist', { ...json, grace: { maxSeconds: 60, until: '2026-02-30T00:00:00.000Z' } }],
    ['no object', 'closed'],
    ['null', null],
  ])('%s is refused', (_, value) => {
    expect(() => parseCaPolicy(value)).toThrowError(expect.objectContaining({ code: 'POLICY_MALFORMED' }));
  });
});

describe('HUB-054, MSG-07, MSG-22 what people are told', () => {
  test('revoked, expired and lost have the manual’s first line, word for word', () => {
    for (const code of ['CERTIFICATE_REVOKED', 'CERTIFICATE_EXPIRED', 'CERTIFICATE_ON_HOLD'] as const) {
      expect(CERTIFICATE_REFUSALS[code].zh).toBe('该证书已被吊销，请联系CA签发机构');
    }
  });

  test('a foreign, unknown or unjoined CA has MSG-22', () => {
    for (const code of [
      'CERTIFICATE_CA_UNRECOGNISED',
      'CERTIFICATE_CA_FOREIGN',
      'CERTIFICATE_CA_NOT_JOINED',
    ] as const) {
      expect(CERTIFICATE_REFUSALS[code].zh).toBe(
        '该CA数字证书不在本区CA互认范围内，请使用自治区内已加入全区CA互认的CA数字证书',
      );
    }
  });

  test('the second line names cause, date and phone, and never shows a gap', () => {
    const fields = { since: '2026-11-19 16:00', authority: '北疆CA', phone: '0471-1234567' };
    expect(refusalDetail('CERTIFICATE_ON_HOLD', 'zh', fields)).toBe(
      '证书已于 2026-11-19 16:00 挂失（已挂失），找回后请到签发机构解除挂失。签发机构：北疆CA，电话：0471-1234567',
    );
    expect(refusalDetail('CERTIFICATE_ON_HOLD', 'zh', { since: 'x' })).toBeUndefined();
  });
});
