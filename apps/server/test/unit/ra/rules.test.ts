import path from 'node:path';
import type { RaKind, RaPaymentState, RaState } from '@hufu/contracts';
import { CHINA_CALENDAR_YEARS, shanghaiInstant, shanghaiParts, workingCalendar } from '@hufu/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { priceOf, readCounterRules, yearsOf } from '../../../src/features/ra/counter-rules.ts';
import { refusalOf } from '../../../src/features/ra/domain/certificate-rules.ts';
import { isLate, lastMoment } from '../../../src/features/ra/domain/clock.ts';
import { complaintsOf, type FormContext, normaliseForm } from '../../../src/features/ra/domain/form-rules.ts';
import { checkItemsOf, materialsOf } from '../../../src/features/ra/domain/materials.ts';
import { IN_ORDER, type OrderEvent, orderTable } from '../../../src/features/ra/domain/order-states.ts';
import { PAYMENT_STATES, type PaymentEvent } from '../../../src/features/ra/domain/payment-states.ts';
import { addYears } from '../../../src/features/ra/issuance/years.ts';
import { isGenuine, signatureOf } from '../../../src/features/ra/payments/message-signature.ts';
import { type Step, step } from '../../../src/infra/state-table.ts';

const rules = readCounterRules(path.join(import.meta.dirname, '../../../data/ra/counter.json'));
const calendar = workingCalendar(CHINA_CALENDAR_YEARS);

describe('CA-021 on site, 30 minutes', () => {
  const complete = shanghaiInstant('2026-11-20', '10:00:00');
  const due = lastMoment(complete, { channel: 'COUNTER', days: 'every day' });
  test('the thirtieth minute is in time, the moment after is not (OD-30)', () => {
    expect(isLate(shanghaiInstant('2026-11-20', '10:30:00'), due)).toBe(false);
    expect(isLate(shanghaiInstant('2026-11-20', '10:30:00') + 1, due)).toBe(true);
  });
});

describe('CA-022 online, the same day before 17:30, the next day from then on', () => {
  const online = (date: string, time: string, days: typeof calendar | 'every day' = 'every day') =>
    shanghaiParts(lastMoment(shanghaiInstant(date, time), { channel: 'ONLINE', days }));
  test.each([
    ['2026-11-20', '17:29:59', '2026-11-20'],
    ['2026-11-20', '17:30:00', '2026-11-21'],
    ['2026-11-20', '00:00:00', '2026-11-20'],
    ['2026-12-31', '23:59:59', '2027-01-01'],
  ])('%s %s is due on %s', (date, time, due) => {
    expect(online(date, time)).toEqual({ date: due, time: '23:59:59' });
  });
  test('第二天 may be the next working day (OD-30)', () => {
    expect(online('2026-11-20', '17:30:00', calendar).date).toBe('2026-11-23');
  });
  test('later material is never due earlier, and never late at once', () => {
    const at = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') });
    const channel = fc.constantFrom('APP' as const, 'COUNTER' as const, 'ONLINE' as const);
    fc.assert(
      fc.property(at, at, channel, fc.constantFrom('every day' as const, calendar), (one, two, of, days) => {
        const [early, late] = one < two ? [one, two] : [two, one];
        const due = lastMoment(early, { channel: of, days });
        expect(due).toBeLessThanOrEqual(lastMoment(late, { channel: of, days }));
        expect(isLate(early, due)).toBe(false);
      }),
    );
  });
});

describe('SM-MOB-ORDER and SM-CA-TICKET', () => {
  const STATES: readonly RaState[] = [
    'DRAFT',
    'UNDER_REVIEW',
    'RETURNED',
    'TO_PAY',
    'TO_DOWNLOAD',
    'EFFECTIVE',
    'RECEIVED',
    'IN_PROCESS',
    'ISSUED',
    'MAILED',
    'COMPLETED',
    'CANCELLED',
  ];
  const EVENTS: readonly OrderEvent[] = [
    'submit',
    'complete',
    'check',
    'return',
    'approve',
    'pay',
    'download',
    'issue',
    'cancel',
  ];
  const stepsOf = (order: Parameters<typeof orderTable>[0]) =>
    STATES.flatMap((state) =>
      EVENTS.flatMap((event) => {
        const verdict = step(orderTable(order), { state, event, facts: IN_ORDER });
        return verdict.allowed ? [`${state} ${event} ${verdict.next}`] : [];
      }),
    );

  test('MOB-016 nothing leads past the review or past the payment', () => {
    expect(stepsOf({ channel: 'APP', kind: 'NEW', free: false })).toEqual([
      'DRAFT submit UNDER_REVIEW',
      'DRAFT cancel CANCELLED',
      'UNDER_REVIEW check UNDER_REVIEW',
      'UNDER_REVIEW return RETURNED',
      'UNDER_REVIEW approve TO_PAY',
      'UNDER_REVIEW cancel CANCELLED',
      'RETURNED submit UNDER_REVIEW',
      'RETURNED cancel CANCELLED',
      'TO_PAY pay TO_DOWNLOAD',
      'TO_PAY cancel CANCELLED',
      'TO_DOWNLOAD download EFFECTIVE',
      'TO_DOWNLOAD cancel CANCELLED',
    ]);
  });
  test('what costs nothing is not paid, and what ends a certificate issues none', () => {
    expect(stepsOf({ channel: 'APP', kind: 'NEW', free: true })).toContain(
      'UNDER_REVIEW approve TO_DOWNLOAD',
    );
    expect(stepsOf({ channel: 'APP', kind: 'CANCEL', free: true })).toContain(
      'UNDER_REVIEW approve COMPLETED',
    );
  });
  test('a ticket is issued at the counter or mailed', () => {
    expect(stepsOf({ channel: 'COUNTER', kind: 'NEW', free: false })).toContain('IN_PROCESS issue ISSUED');
    expect(stepsOf({ channel: 'ONLINE', kind: 'NEW', free: false })).toContain('IN_PROCESS issue MAILED');
    expect(stepsOf({ channel: 'COUNTER', kind: 'RESET_PIN', free: true })).toContain(
      'IN_PROCESS issue COMPLETED',
    );
  });
  test('CA-020, OD-28 nobody decides unchecked, and nobody alone', () => {
    const order = { channel: 'APP', kind: 'NEW', free: false } as const;
    const approve = (facts: Partial<typeof IN_ORDER>) =>
      step(orderTable(order), {
        state: 'UNDER_REVIEW',
        event: 'approve',
        facts: { ...IN_ORDER, ...facts },
      });
    expect(approve({ checkPassed: false })).toEqual({ allowed: false, code: 'RA_NOT_CHECKED' });
    expect(approve({ byAnother: false })).toEqual({ allowed: false, code: 'RA_CHECKED_BY_OTHER' });
  });
});

describe('payments', () => {
  test('however the provider’s words arrive, refunded money is not paid again', () => {
    const events = fc.array(fc.constantFrom<PaymentEvent>('paid', 'expired', 'closed', 'refund', 'refunded'));
    fc.assert(
      fc.property(events, (happened) => {
        let state: RaPaymentState = 'CREATED';
        let wasPaid = false;
        for (const event of happened) {
          const verdict: Step<RaPaymentState, string> = step(PAYMENT_STATES, {
            state,
            event,
            facts: undefined,
          });
          if (!verdict.allowed) continue;
          if (state === 'REFUNDED') expect(verdict.next).toBe('REFUNDED');
          state = verdict.next;
          wasPaid ||= event === 'paid';
          if (state === 'REFUNDING' || state === 'REFUNDED') expect(wasPaid).toBe(true);
        }
      }),
    );
  });
  test('a signature covers method, path, time and body, and runs out', () => {
    const parts = { method: 'POST', path: '/a', time: '1000000', body: Buffer.from('{}') };
    const signature = signatureOf('secret', parts);
    const genuine = (changes: object, now = 1_000_000, given = signature) =>
      isGenuine('secret', { ...parts, ...changes }, { signature: given, now });
    expect(genuine({})).toBe(true);
    expect(genuine({ method: 'GET' })).toBe(false);
    expect(genuine({ path: '/b' })).toBe(false);
    expect(genuine({ time: '1000001' })).toBe(false);
    expect(genuine({ body: Buffer.from('{ }') })).toBe(false);
    expect(genuine({}, 1_000_000 + 300_000)).toBe(true);
    expect(genuine({}, 1_000_000 + 300_001)).toBe(false);
    expect(genuine({}, 1_000_000, '')).toBe(false);
  });
});

describe('F-MOBAPP', () => {
  const context: FormContext = {
    applicant: 'ENTERPRISE',
    kind: 'NEW',
    channel: 'APP',
    now: Date.parse('2026-11-21T00:00:00Z'),
    platforms: new Set(['gongyi']),
    authorities: new Set(['nmca']),
    sealOrgs: new Set(['hufu']),
    years: new Set([1, 2]),
  };
  const form = {
    platform: 'gongyi',
    enterpriseName: '内蒙古青山建设工程有限公司',
    uscc: '91150102MA0N7A2144',
    legalRepName: '乌兰',
    legalRepIdNo: '150203198506123024',
    authority: 'nmca',
    sealOrg: 'hufu',
    years: 1,
    expertNo: '',
    mailAddress: '',
    contactPhone: '',
  };
  const wrong = (changes: object, changed: Partial<FormContext> = {}) =>
    complaintsOf({ ...form, ...changes }, { ...context, ...changed }).map(({ path: at }) => at);
  test('is in order, and each field has its own complaint', () => {
    expect(wrong({})).toEqual([]);
    for (const [name, value] of Object.entries({
      platform: 'elsewhere',
      enterpriseName: '',
      uscc: '91150102MA0N7A2145',
      legalRepName: '',
      legalRepIdNo: '150203198506123025',
      authority: '',
      sealOrg: 'x',
      years: 7,
      contactPhone: 'call me',
    })) {
      expect(wrong({ [name]: value })).toEqual([name]);
    }
  });
  test('OD-01 full-width and small letters are made right before they are stored', () => {
    expect(normaliseForm({ ...form, uscc: ' ９１150102ma0n7a2144' }).uscc).toBe(form.uscc);
  });
  test('OD-34 an expert’s number, and CA-022 an address for the mail', () => {
    expect(wrong({}, { applicant: 'EXPERT' })).toEqual(['expertNo']);
    expect(wrong({}, { channel: 'ONLINE' })).toEqual(['mailAddress']);
  });
});

describe('material and fees', () => {
  test('CA-004, CA-005 what is required of whom', () => {
    const required = (applicant: 'ENTERPRISE' | 'INDIVIDUAL' | 'EXPERT', kind: RaKind) =>
      materialsOf({ applicant, kind }).flatMap((one) => (one.required ? [one.slot] : []));
    expect(required('ENTERPRISE', 'NEW')).toEqual([
      'LICENCE',
      'LEGAL_REP_ID',
      'SEAL_IMAGE',
      'APPLICATION_FORM',
    ]);
    expect(required('ENTERPRISE', 'RENEW')).toEqual(['APPLICATION_FORM']);
    expect(required('EXPERT', 'NEW')).toEqual(['ID_COPY', 'SIGN_IMAGE', 'SIGNATURE_SAMPLE']);
    expect(required('EXPERT', 'NEW')).toEqual(required('INDIVIDUAL', 'NEW'));
    expect(checkItemsOf({ applicant: 'ENTERPRISE', kind: 'NEW' })).toContain('SEAL_MATCHES');
  });
  test('CA-024 every choice that is offered has a price', () => {
    for (const applicant of ['ENTERPRISE', 'INDIVIDUAL', 'EXPERT'] as const) {
      for (const years of yearsOf(rules, { applicant, kind: 'NEW' })) {
        expect(priceOf(rules, { applicant, kind: 'NEW', years })).toBeGreaterThanOrEqual(0);
      }
      expect(yearsOf(rules, { applicant, kind: 'NEW' }).size).toBeGreaterThan(0);
    }
    expect(priceOf(rules, { applicant: 'ENTERPRISE', kind: 'NEW', years: 9 })).toBeUndefined();
  });
});

describe('what may be asked for a certificate', () => {
  const now = Date.parse('2026-11-21T00:00:00Z');
  const days = (count: number) => now + count * 86_400_000;
  const asked = (kind: RaKind, notAfter: number, state: 'EFFECTIVE' | 'HELD' | 'REVOKED' = 'EFFECTIVE') =>
    refusalOf(kind, { applicant: 'ENTERPRISE', state, notAfter }, now);
  test('OD-29 renewal from 30 days before the end, and not after it', () => {
    expect(asked('RENEW', days(30))).toBeUndefined();
    expect(asked('RENEW', days(30) + 1)).toBe('RA_RENEW_WINDOW');
    expect(asked('RENEW', days(-1))).toBe('RA_CERTIFICATE_STATE');
    expect(asked('RENEW', days(10), 'HELD')).toBe('RA_CERTIFICATE_STATE');
  });
  test('MOB-043 applying again is for what has ended, and for enterprises', () => {
    expect(asked('REAPPLY', days(-1))).toBeUndefined();
    expect(asked('REAPPLY', days(100), 'REVOKED')).toBeUndefined();
    expect(asked('REAPPLY', days(1))).toBe('RA_REAPPLY');
    expect(
      refusalOf('REAPPLY', { applicant: 'INDIVIDUAL', state: 'EFFECTIVE', notAfter: days(-1) }, now),
    ).toBe('RA_REAPPLY');
  });
  test('a lost one may be on hold already; an ended one is neither changed nor cancelled', () => {
    expect(asked('REISSUE', days(100), 'HELD')).toBeUndefined();
    expect(asked('CHANGE', days(100), 'HELD')).toBe('RA_CERTIFICATE_STATE');
    expect(asked('CANCEL', days(-1))).toBe('RA_CERTIFICATE_STATE');
  });
  test('a year later is the same day, and the 29th of February has its last of February', () => {
    expect(addYears(new Date('2026-11-21T05:00:00Z'), 2).toISOString()).toBe('2028-11-21T05:00:00.000Z');
    expect(addYears(new Date('2028-02-29T05:00:00Z'), 1).toISOString()).toBe('2029-02-28T05:00:00.000Z');
  });
});
