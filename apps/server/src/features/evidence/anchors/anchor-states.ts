/**
 * The life of an anchor. `pending`: enlisted, nothing signed. `signed`: the transaction exists and may have been sent.
 * `mined`: in a block that may still be replaced. `final`: enough blocks follow and the contract shows our root.
 * `superseded`: a newer checkpoint made it needless, or the chain forgot it.
 */
export type AnchorState = 'pending' | 'signed' | 'mined' | 'final' | 'superseded';

export type AnchorEvent =
  | 'sign'
  | 'mine'
  | 'move'
  | 'confirm'
  | 'vanish'
  | 'displace'
  | 'revert'
  | 'adopt'
  | 'supersede'
  | 'revive';

/** What is not listed does not happen. */
export const ANCHOR_TRANSITIONS = {
  pending: {
    sign: 'signed',
    // The contract holds it already: another server's transaction, or one of ours that we have forgotten.
    adopt: 'final',
    supersede: 'superseded',
  },
  signed: {
    mine: 'mined',
    // Another transaction took its number, so it can never be mined.
    displace: 'pending',
    revert: 'pending',
  },
  mined: {
    // A reorganisation put it into another block.
    move: 'mined',
    // A reorganisation took it out: the same bytes are sent again.
    vanish: 'signed',
    revert: 'pending',
    confirm: 'final',
  },
  final: {
    // The chain lost blocks that it called final; a newer anchor takes its place.
    vanish: 'superseded',
  },
  superseded: {
    // The newest checkpoint is still this one.
    revive: 'pending',
  },
} as const satisfies Readonly<Record<AnchorState, Partial<Record<AnchorEvent, AnchorState>>>>;

/** Where an event leads from a state; undefined when it cannot happen there. */
export function nextState(state: AnchorState, event: AnchorEvent): AnchorState | undefined {
  const row: Partial<Record<AnchorEvent, AnchorState>> = ANCHOR_TRANSITIONS[state];
  return row[event];
}

const LONGEST_WAIT_SECONDS = 60;

/** Seconds to wait after so many failures in a row: 2, 4, 8 … up to a minute. */
export const waitAfter = (failures: number): number => Math.min(LONGEST_WAIT_SECONDS, 2 ** failures);
