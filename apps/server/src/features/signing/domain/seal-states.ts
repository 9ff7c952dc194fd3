import type { SealState } from '@hufu/contracts';
import type { StateTable } from '../../../infra/state-table.ts';
import type { SigningErrorCode } from '../errors.ts';

export type SealEvent = 'check' | 'reject' | 'issue' | 'freeze' | 'thaw' | 'revoke' | 'expire' | 'replace';

export type SealFacts = {
  /** Anything to sign with it is still bound. */
  readonly certificatesBound: boolean;
};

export const SEAL_IN_ORDER: SealFacts = { certificatesBound: true };

const bound = {
  holds: (facts: SealFacts) => facts.certificatesBound,
  otherwise: 'SEAL_CERTIFICATE',
} as const;

/**
 * Life of a seal: applied for, issued by two persons, frozen at once when in doubt, thawed by two; revoked, expired or
 * replaced for good. A frozen seal cannot be replaced: that would undo the freeze.
 */
export const SEAL_STATES: StateTable<SealState, SealEvent, SealFacts, SigningErrorCode> = {
  unlisted: 'SEAL_STATE',
  rows: [
    { from: ['APPLIED'], event: 'check', guards: [bound], to: 'same' },
    { from: ['APPLIED'], event: 'issue', guards: [bound], to: 'ACTIVE' },
    { from: ['APPLIED'], event: 'reject', guards: [], to: 'REJECTED' },
    { from: ['ACTIVE'], event: 'freeze', guards: [], to: 'FROZEN' },
    { from: ['FROZEN'], event: 'thaw', guards: [], to: 'ACTIVE' },
    { from: ['ACTIVE', 'FROZEN'], event: 'revoke', guards: [], to: 'REVOKED' },
    { from: ['ACTIVE', 'FROZEN'], event: 'expire', guards: [], to: 'EXPIRED' },
    { from: ['ACTIVE'], event: 'replace', guards: [], to: 'REPLACED' },
  ],
};
