import { describe, expect, test } from 'vitest';
import {
  ANCHOR_TRANSITIONS,
  type AnchorEvent,
  type AnchorState,
  nextState,
  waitAfter,
} from '../../../src/features/evidence/anchors/anchor-states.ts';

const STATES = Object.keys(ANCHOR_TRANSITIONS) as AnchorState[];
const EVENTS = [
  ...new Set(Object.values(ANCHOR_TRANSITIONS).flatMap((row) => Object.keys(row))),
] as AnchorEvent[];

describe('the life of an anchor', () => {
  test('these moves and no others', () => {
    const moves = STATES.flatMap((state) =>
      EVENTS.flatMap((event) => {
        const next = nextState(state, event);
        return next === undefined ? [] : [`${state} ${event} ${next}`];
      }),
    );
    expect(moves.sort()).toEqual([
      'final vanish superseded',
      'mined confirm final',
      'mined move mined',
      'mined revert pending',
      'mined vanish signed',
      'pending adopt final',
      'pending sign signed',
      'pending supersede superseded',
      'signed displace pending',
      'signed mine mined',
      'signed revert pending',
      'superseded revive pending',
    ]);
  });

  test('it is final only after it was in a block, of ours or of another’s making', () => {
    const waysToFinal = STATES.flatMap((state) =>
      EVENTS.filter((event) => nextState(state, event) === 'final').map((event) => `${state} ${event}`),
    );
    expect(waysToFinal).toEqual(['pending adopt', 'mined confirm']);
  });

  test('a signed one is never superseded: it may be on its way', () => {
    expect(nextState('signed', 'supersede')).toBeUndefined();
    expect(nextState('mined', 'supersede')).toBeUndefined();
  });

  test('waits grow to a minute and no further', () => {
    expect([1, 2, 3, 5, 6, 60].map(waitAfter)).toEqual([2, 4, 8, 32, 60, 60]);
  });
});
