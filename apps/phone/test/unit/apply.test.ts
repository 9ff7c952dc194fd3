import type { RaForm, RaSlot } from '@hufu/contracts';
import { describe, expect, test } from 'vitest';
import { checkStep, type Filled, firstOpenStep } from '../../src/apply/check-step.ts';
import { orderLine } from '../../src/apply/order-line.ts';
import { stepHolding, stepsOf } from '../../src/apply/steps.ts';

const NOW = Date.UTC(2026, 10, 21);

const EMPTY: RaForm = {
  platform: '',
  enterpriseName: '',
  uscc: '',
  legalRepName: '',
  legalRepIdNo: '',
  authority: '',
  sealOrg: '',
  years: 0,
  expertNo: '',
  mailAddress: '',
  contactPhone: '',
};

const slots = (...names: readonly RaSlot[]) => names.map((slot) => ({ slot, required: true }));

const enterprise: Filled = {
  kind: 'NEW',
  applicant: 'ENTERPRISE',
  slots: slots('LICENCE', 'LEGAL_REP_ID', 'SEAL_IMAGE', 'LEGAL_SEAL_IMAGE', 'APPLICATION_FORM'),
  form: EMPTY,
  files: [],
};

describe('the wizard', () => {
  test('MOB-010 … MOB-014: an enterprise is asked in the order of the manual', () => {
    expect(stepsOf(enterprise)).toEqual([
      'platform',
      'enterprise',
      'materials',
      'certificate',
      'form',
      'submit',
    ]);
  });

  test('MOB-040: a person claims no enterprise; an expert gives a number (OD-34)', () => {
    const person: Filled = {
      ...enterprise,
      applicant: 'INDIVIDUAL',
      slots: slots('ID_COPY', 'SIGN_IMAGE', 'APPLICATION_FORM'),
    };
    expect(stepsOf(person)).not.toContain('enterprise');
    expect(checkStep('certificate', person, NOW)).not.toHaveProperty('expertNo');
    expect(checkStep('certificate', { ...person, applicant: 'EXPERT' }, NOW)).toHaveProperty(
      'expertNo',
      'missing',
    );
  });

  test('MOB-042: a renewal asks for neither platform nor enterprise, and skips what needs nothing', () => {
    expect(stepsOf({ ...enterprise, kind: 'RENEW', slots: [] })).toEqual(['certificate', 'submit']);
  });

  test('MOB-011 and OD-01: the credit code is judged before it is sent, as the licence prints it', () => {
    const withCode = (uscc: string) =>
      checkStep('enterprise', { ...enterprise, form: { ...EMPTY, enterpriseName: '某公司', uscc } }, NOW);
    expect(withCode(' 91150102ma0n00016g ')).toEqual({});
    expect(withCode('')).toEqual({ uscc: 'missing' });
    expect(withCode('91150102MA0N0001')).toEqual({ uscc: 'usccLength' });
    expect(withCode('91150102MA0N0001OG')).toEqual({ uscc: 'usccCharacter' });
    expect(withCode('91150102MA0N00016H')).toEqual({ uscc: 'usccCheck' });
  });

  test('MOB-012: a licence and the legal representative, whose number is checked (GB 11643)', () => {
    const check = (legalRepIdNo: string) =>
      checkStep(
        'materials',
        {
          ...enterprise,
          form: { ...EMPTY, legalRepName: '张三', legalRepIdNo },
          files: [{ slot: 'LICENCE' }, { slot: 'LEGAL_REP_ID' }],
        },
        NOW,
      );
    // The example of GB 11643-1999 §4.2.
    expect(check('11010519491231002x')).toEqual({});
    expect(check('110105194912310021')).toEqual({ legalRepIdNo: 'idCheck' });
    expect(check('110105194913310021')).toEqual({ legalRepIdNo: 'idDate' });
    expect(check('1101051949')).toEqual({ legalRepIdNo: 'idForm' });
    expect(checkStep('materials', enterprise, NOW)).toMatchObject({ LICENCE: 'fileMissing' });
  });

  test('a draft is taken up at the first step that lacks something', () => {
    expect(firstOpenStep(enterprise, NOW)).toBe('platform');
    const filled: Filled = {
      ...enterprise,
      form: { ...EMPTY, platform: 'gongyi', enterpriseName: '某公司', uscc: '91150102MA0N00016G' },
    };
    expect(firstOpenStep(filled, NOW)).toBe('materials');
  });

  test('a complaint of the server leads to the step that holds the field or the file', () => {
    expect(stepHolding('uscc', enterprise)).toBe('enterprise');
    expect(stepHolding('SEAL_IMAGE', enterprise)).toBe('certificate');
    expect(stepHolding('APPLICATION_FORM', enterprise)).toBe('form');
    expect(stepHolding('version', enterprise)).toBeUndefined();
  });
});

describe('SM-MOB-ORDER as a line', () => {
  const places = (state: Parameters<typeof orderLine>[0]) => orderLine(state).map((point) => point.state);

  test('MOB-015, MOB-016: review, then payment, then download', () => {
    expect(places('UNDER_REVIEW')).toEqual(['done', 'here', 'ahead', 'ahead', 'ahead']);
    expect(places('TO_PAY')).toEqual(['done', 'done', 'here', 'ahead', 'ahead']);
    expect(places('TO_DOWNLOAD')).toEqual(['done', 'done', 'done', 'here', 'ahead']);
    expect(places('EFFECTIVE')).toEqual(['done', 'done', 'done', 'done', 'done']);
  });

  test('OD-28: an order that was sent back stands where it is corrected', () => {
    expect(places('RETURNED')).toEqual(['stopped', 'ahead', 'ahead', 'ahead', 'ahead']);
  });
});
