import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BindingEvent,
  type BindingFacts,
  type BindingState,
  CERTIFICATE_STATES,
  UNOPPOSED,
} from '../../../src/features/hub/domain/certificate-states.ts';
import { UNBIND_IN_ORDER, UNBIND_STATES } from '../../../src/features/hub/domain/unbind-states.ts';
import { step } from '../../../src/infra/state-table.ts';

const certificate = (state: BindingState, event: BindingEvent, facts: Partial<BindingFacts> = {}) =>
  step(CERTIFICATE_STATES, { state, event, facts: { ...UNOPPOSED, ...facts } });

describe('SM-HUB-CERT', () => {
  test.each([
    ['UNBOUND', 'bind', 'BOUND_PRIMARY'],
    ['BOUND_PRIMARY', 'bind', 'BOUND_PRIMARY'],
    ['BOUND_SECONDARY', 'bind', 'BOUND_SECONDARY'],
    ['UNBOUND', 'activate', 'BOUND_SECONDARY'],
    ['BOUND_SECONDARY', 'remove', 'UNBOUND'],
    ['BOUND_PRIMARY', 'desk-unbind', 'UNBOUND'],
    ['BOUND_SECONDARY', 'desk-unbind', 'UNBOUND'],
  ] as const)('%s, %s → %s', (state, event, next) => {
    expect(certificate(state, event)).toEqual({ allowed: true, next });
  });

  test.each([
    ['UNBOUND', 'bind', { usccTaken: true }, 'HUB_USCC_TAKEN'],
    ['UNBOUND', 'bind', { usccAgrees: false }, 'HUB_USCC_MISMATCH'],
    ['UNBOUND', 'bind', { holderKind: 'legalRepresentative' }, 'HUB_BIND_ENTERPRISE_KEY'],
    ['UNBOUND', 'bind', { holderKind: 'individual' }, 'HUB_INDIVIDUAL_CERTIFICATE'],
    ['UNBOUND', 'bind', { holderKind: 'unknown' }, 'HUB_KIND_UNKNOWN'],
    ['UNBOUND', 'activate', { unitNameEqual: false }, 'HUB_NAME_MISMATCH'],
    ['UNBOUND', 'activate', { byPrimary: false }, 'HUB_PRIMARY_ONLY'],
    ['BOUND_PRIMARY', 'activate', { boundElsewhere: true }, 'HUB_BOUND_ELSEWHERE'],
    ['BOUND_SECONDARY', 'remove', { byPrimary: false }, 'HUB_PRIMARY_ONLY'],
    ['BOUND_PRIMARY', 'remove', {}, 'HUB_PRIMARY_NOT_DELETABLE'],
    ['BOUND_SECONDARY', 'desk-unbind', { primaryUsable: true }, 'UNBIND_USE_PRIMARY'],
    ['UNBOUND', 'remove', {}, 'HUB_CERTIFICATE_UNKNOWN'],
    ['UNBOUND', 'desk-unbind', {}, 'HUB_CERTIFICATE_UNKNOWN'],
  ] as const)('%s, %s with %o is refused: %s', (state, event, facts, code) => {
    expect(certificate(state, event, facts)).toEqual({ allowed: false, code });
  });

  test('whatever the facts, only bind and activate lead into a bound state, and never two ways to primary', () => {
    const facts = fc.record({
      holderKind: fc.constantFrom('enterprise', 'legalRepresentative', 'individual', 'operator', 'unknown'),
      usccAgrees: fc.boolean(),
      usccTaken: fc.boolean(),
      byPrimary: fc.boolean(),
      unitNameEqual: fc.boolean(),
      boundElsewhere: fc.boolean(),
      primaryUsable: fc.boolean(),
    });
    const event = fc.constantFrom<BindingEvent>('bind', 'activate', 'remove', 'desk-unbind');
    fc.assert(
      fc.property(facts, event, (known, happened) => {
        const result = step(CERTIFICATE_STATES, {
          state: 'UNBOUND',
          event: happened,
          facts: known as BindingFacts,
        });
        if (!result.allowed) return;
        expect(known.holderKind).toBe('enterprise');
        expect(known.usccAgrees).toBe(true);
        expect(result.next).toBe(happened === 'bind' ? 'BOUND_PRIMARY' : 'BOUND_SECONDARY');
      }),
    );
  });
});

describe('SM-UNBIND', () => {
  const unbind = (state: Parameters<typeof step>[1]['state'], event: string, facts = UNBIND_IN_ORDER) =>
    step(UNBIND_STATES, { state, event, facts } as Parameters<
      typeof step<never, never, never, never>
    >[1] as never);

  test.each([
    ['DRAFT', 'submit', 'SUBMITTED'],
    ['REJECTED', 'resubmit', 'SUBMITTED'],
    ['SUBMITTED', 'check', 'CHECKED'],
    ['CHECKED', 'approve', 'DONE'],
    ['CHECKED', 'return', 'SUBMITTED'],
    ['CHECKED', 'object', 'OBJECTED'],
    ['OBJECTED', 'reject', 'REJECTED'],
  ])('%s, %s → %s', (state, event, next) => {
    expect(unbind(state, event)).toEqual({ allowed: true, next });
  });

  test.each([
    ['SUBMITTED', 'approve'],
    ['DONE', 'object'],
    ['DONE', 'resubmit'],
    ['OBJECTED', 'approve'],
    ['OBJECTED', 'resubmit'],
    ['REJECTED', 'check'],
  ])('%s, %s is refused', (state, event) => {
    expect(unbind(state, event)).toEqual({ allowed: false, code: 'UNBIND_STATE' });
  });

  test('HUB-101, HUB-108 an incomplete application does not come in', () => {
    const code = (facts: Partial<typeof UNBIND_IN_ORDER>) =>
      unbind('DRAFT', 'submit', { ...UNBIND_IN_ORDER, ...facts });
    expect(code({ bothScans: false })).toMatchObject({ code: 'UNBIND_FILE_MISSING' });
    expect(code({ nameChangeFinished: false })).toMatchObject({ code: 'UNBIND_NAME_CHANGE_PENDING' });
    expect(code({ nameOnRecord: false })).toMatchObject({ code: 'UNBIND_NAME_MISMATCH' });
  });
});
