import type { SealStatus, SignerState } from '@hufu/contracts';
import type { StateTable } from '../../../infra/state-table.ts';
import type { SigningErrorCode } from '../errors.ts';

export type SignerEvent = 'turn' | 'place' | 'prepare' | 'release' | 'seal' | 'finish' | 'accept' | 'decline';

export type SignerFacts = {
  /** The key has signed, and the work on it is under way. */
  readonly sealing: boolean;
  readonly sealUsable: boolean;
  /** Every page that cannot be shown faithfully was acknowledged. */
  readonly acknowledged: boolean;
};

export const SIGNER_IN_ORDER: SignerFacts = { sealing: false, sealUsable: true, acknowledged: true };

const idle = { holds: (facts: SignerFacts) => !facts.sealing, otherwise: 'SIGN_BUSY' } as const;
const usable = {
  holds: (facts: SignerFacts) => facts.sealUsable,
  otherwise: 'SIGN_SEAL_NOT_USABLE',
} as const;
const seen = {
  holds: (facts: SignerFacts) => facts.acknowledged,
  otherwise: 'SIGN_PREVIEW_UNACKNOWLEDGED',
} as const;
const notYet = { holds: () => false, otherwise: 'SIGN_NOT_YOUR_TURN' } as const;

/**
 * SM-SIGN for one signer of a document. SEALED is its SIGNED_LOCAL: signing alone does not set 已签章 (SIGN-009);
 * `finish` (完成签章) or `accept` (上传附件) do, each after the validator's word. `release`: a preparation was given up.
 */
export const SIGNER_STATES: StateTable<SignerState, SignerEvent, SignerFacts, SigningErrorCode> = {
  unlisted: 'SIGN_STATE',
  rows: [
    { from: ['WAITING'], event: 'turn', guards: [], to: 'OPENED' },
    { from: ['OPENED', 'PLACED', 'PREPARED'], event: 'place', guards: [idle, usable], to: 'PLACED' },
    { from: ['WAITING'], event: 'place', guards: [notYet], to: 'same' },
    { from: ['PLACED', 'PREPARED'], event: 'prepare', guards: [idle, usable, seen], to: 'PREPARED' },
    { from: ['WAITING'], event: 'prepare', guards: [notYet], to: 'same' },
    { from: ['PREPARED'], event: 'release', guards: [], to: 'PLACED' },
    { from: ['PREPARED'], event: 'seal', guards: [usable], to: 'SEALED' },
    { from: ['SEALED'], event: 'finish', guards: [], to: 'FINISHED' },
    { from: ['FINISHED'], event: 'finish', guards: [], to: 'same' },
    { from: ['OPENED', 'PLACED', 'PREPARED', 'SEALED'], event: 'accept', guards: [idle], to: 'FINISHED' },
    { from: ['WAITING'], event: 'accept', guards: [notYet], to: 'same' },
    {
      from: ['WAITING', 'OPENED', 'PLACED', 'PREPARED'],
      event: 'decline',
      guards: [idle],
      to: 'DECLINED',
    },
  ],
};

/** The manuals' two words, and what lies between them. */
export const statusOf = (state: SignerState): SealStatus =>
  state === 'FINISHED' ? 'SIGNED' : state === 'SEALED' ? 'SIGNED_LOCAL' : 'UNSIGNED';

type Placed = { readonly id: string; readonly place: number; readonly state: SignerState };

/** Whose turn begins: the signers of the lowest place that is not finished, once nobody before them is open. */
export function nextTurns<S extends Placed>(signers: readonly S[]): readonly S[] {
  const open = signers.filter(({ state }) => state !== 'FINISHED');
  const first = Math.min(...open.map(({ place }) => place));
  return open.filter(({ place, state }) => place === first && state === 'WAITING');
}
