import type { HubErrorCode } from '@hufu/contracts';
import type { StateTable } from '../../../infra/state-table.ts';

export type UnbindStateName = 'DRAFT' | 'SUBMITTED' | 'CHECKED' | 'REJECTED' | 'DONE' | 'OBJECTED';
export type UnbindEvent = 'submit' | 'resubmit' | 'check' | 'reject' | 'approve' | 'return' | 'object';

export type UnbindFacts = {
  readonly bothScans: boolean;
  /** HUB-108: name in the application = name on record. */
  readonly nameOnRecord: boolean;
  readonly nameChangeFinished: boolean;
};

export const UNBIND_IN_ORDER: UnbindFacts = { bothScans: true, nameOnRecord: true, nameChangeFinished: true };

const complete = [
  { holds: (facts: UnbindFacts) => facts.bothScans, otherwise: 'UNBIND_FILE_MISSING' },
  { holds: (facts: UnbindFacts) => facts.nameChangeFinished, otherwise: 'UNBIND_NAME_CHANGE_PENDING' },
  { holds: (facts: UnbindFacts) => facts.nameOnRecord, otherwise: 'UNBIND_NAME_MISMATCH' },
] as const;

/**
 * SM-UNBIND with the two decisions on OD-09: the approval is two steps by two people (SUBMITTED → CHECKED → DONE),
 * and an objection of another certificate stops it. `return` is the second person's no: it goes back to the first.
 */
export const UNBIND_STATES: StateTable<UnbindStateName, UnbindEvent, UnbindFacts, HubErrorCode> = {
  unlisted: 'UNBIND_STATE',
  rows: [
    { from: ['DRAFT'], event: 'submit', guards: complete, to: 'SUBMITTED' },
    { from: ['REJECTED'], event: 'resubmit', guards: complete, to: 'SUBMITTED' },
    {
      from: ['SUBMITTED'],
      event: 'check',
      guards: [{ holds: (facts) => facts.nameOnRecord, otherwise: 'UNBIND_NAME_MISMATCH' }],
      to: 'CHECKED',
    },
    { from: ['SUBMITTED', 'CHECKED', 'OBJECTED'], event: 'reject', guards: [], to: 'REJECTED' },
    { from: ['CHECKED'], event: 'return', guards: [], to: 'SUBMITTED' },
    {
      from: ['CHECKED'],
      event: 'approve',
      guards: [{ holds: (facts) => facts.nameOnRecord, otherwise: 'UNBIND_NAME_MISMATCH' }],
      to: 'DONE',
    },
    { from: ['SUBMITTED', 'CHECKED'], event: 'object', guards: [], to: 'OBJECTED' },
  ],
};
