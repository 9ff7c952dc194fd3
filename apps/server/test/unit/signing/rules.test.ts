import type { SealState, SignerState } from '@hufu/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkPlacements, placementsOf } from '../../../src/features/signing/domain/placements.ts';
import {
  SEAL_IN_ORDER,
  SEAL_STATES,
  type SealEvent,
} from '../../../src/features/signing/domain/seal-states.ts';
import {
  nextTurns,
  SIGNER_IN_ORDER,
  SIGNER_STATES,
  type SignerEvent,
  statusOf,
} from '../../../src/features/signing/domain/signer-states.ts';
import { step } from '../../../src/infra/state-table.ts';

const A4 = { box: [0, 0, 595.28, 841.89], rotation: 0, userUnit: 1 } as const;
const SEAL = { width: 40, height: 40 };

describe('the life of a seal', () => {
  const after = (state: SealState, event: SealEvent) =>
    step(SEAL_STATES, { state, event, facts: SEAL_IN_ORDER });

  test.each([
    ['APPLIED', 'issue', 'ACTIVE'],
    ['APPLIED', 'reject', 'REJECTED'],
    ['ACTIVE', 'freeze', 'FROZEN'],
    ['FROZEN', 'thaw', 'ACTIVE'],
    ['FROZEN', 'revoke', 'REVOKED'],
    ['ACTIVE', 'replace', 'REPLACED'],
    ['ACTIVE', 'expire', 'EXPIRED'],
  ] as const)('%s by %s becomes %s', (state, event, next) => {
    expect(after(state, event)).toEqual({ allowed: true, next });
  });

  test.each([
    ['FROZEN', 'replace'],
    ['REVOKED', 'thaw'],
    ['EXPIRED', 'thaw'],
    ['REPLACED', 'freeze'],
    ['REJECTED', 'issue'],
    ['APPLIED', 'freeze'],
  ] as const)('%s knows no %s', (state, event) => {
    expect(after(state, event)).toEqual({ allowed: false, code: 'SEAL_STATE' });
  });

  test('no seal is issued when none of its certificates is bound any more', () => {
    const facts = { certificatesBound: false };
    expect(step(SEAL_STATES, { state: 'APPLIED', event: 'issue', facts })).toEqual({
      allowed: false,
      code: 'SEAL_CERTIFICATE',
    });
  });
});

describe('SM-SIGN', () => {
  const after = (state: SignerState, event: SignerEvent, facts = SIGNER_IN_ORDER) =>
    step(SIGNER_STATES, { state, event, facts });

  test('SIGN-009 sealing alone is not 已签章', () => {
    expect(after('PREPARED', 'seal')).toEqual({ allowed: true, next: 'SEALED' });
    expect(statusOf('SEALED')).toBe('SIGNED_LOCAL');
    expect(after('SEALED', 'finish')).toEqual({ allowed: true, next: 'FINISHED' });
    expect(statusOf('FINISHED')).toBe('SIGNED');
  });

  test('nothing changes underneath a key that has signed', () => {
    const facts = { ...SIGNER_IN_ORDER, sealing: true };
    for (const event of ['place', 'prepare', 'accept', 'decline'] as const) {
      expect(after('PREPARED', event, facts)).toEqual({ allowed: false, code: 'SIGN_BUSY' });
    }
  });

  test('the preview fails closed', () => {
    const facts = { ...SIGNER_IN_ORDER, acknowledged: false };
    expect(after('PLACED', 'prepare', facts)).toEqual({
      allowed: false,
      code: 'SIGN_PREVIEW_UNACKNOWLEDGED',
    });
  });

  test('who is not in turn, and what is done, can do nothing', () => {
    expect(after('WAITING', 'place')).toEqual({ allowed: false, code: 'SIGN_NOT_YOUR_TURN' });
    expect(after('FINISHED', 'place')).toEqual({ allowed: false, code: 'SIGN_STATE' });
    expect(after('DECLINED', 'prepare')).toEqual({ allowed: false, code: 'SIGN_STATE' });
  });

  test('a turn begins when all before it are done, whatever the order of finishing', () => {
    const places = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(places, fc.infiniteStream(fc.nat()), (list, choice) => {
        const first = Math.min(...list);
        const signers = list.map((place, i) => ({
          id: String(i),
          place,
          state: (place === first ? 'OPENED' : 'WAITING') as SignerState,
        }));
        while (signers.some(({ state }) => state !== 'FINISHED')) {
          const open = signers.filter(({ state }) => state === 'OPENED');
          expect(open.length).toBeGreaterThan(0);
          const before = signers.filter(({ state }) => state === 'WAITING').map(({ place }) => place);
          expect(Math.max(...open.map(({ place }) => place))).toBeLessThan(Math.min(Infinity, ...before));
          open[choice.next().value % open.length]!.state = 'FINISHED';
          for (const { id } of nextTurns(signers)) signers[Number(id)]!.state = 'OPENED';
        }
      }),
    );
  });
});

describe('places', () => {
  test('all pages, a list with a page twice, and a straddle from the first page', () => {
    expect(
      placementsOf([{ kind: 'pages', pages: 'all', x: 1, y: 2 }], 3).map((one) => 'page' in one && one.page),
    ).toEqual([0, 1, 2]);
    expect(placementsOf([{ kind: 'pages', pages: [2, 2], x: 1, y: 2 }], 3)).toHaveLength(1);
    expect(placementsOf([{ kind: 'straddle', edge: 'right', offset: 9, pages: [1, 3] }], 3)).toEqual([
      { kind: 'straddle', edge: 'right', offset: 9, pages: [0, 2] },
    ]);
  });

  test('a rotated page is as wide as it is shown', () => {
    const turned = { ...A4, rotation: 90 } as const;
    const place = [{ kind: 'page', page: 0, x: 250, y: 10 }] as const;
    expect(() => checkPlacements(place, SEAL, [turned])).not.toThrow();
    expect(() => checkPlacements(place, SEAL, [A4])).toThrow('SEALING_PLACEMENT');
  });
});
