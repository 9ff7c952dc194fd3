import type { HubErrorCode } from '@hufu/contracts';
import type { StateTable } from '../../../infra/state-table.ts';

export type BindingState = 'UNBOUND' | 'BOUND_PRIMARY' | 'BOUND_SECONDARY';
export type BindingEvent = 'bind' | 'activate' | 'remove' | 'desk-unbind';

export type BindingFacts = {
  readonly holderKind: 'enterprise' | 'legalRepresentative' | 'individual' | 'operator' | 'unknown';
  /** The code that the certificate carries, if it carries one, against the one typed or on record (OD-03). */
  readonly usccAgrees: boolean;
  /** Another certificate is bound under this code. */
  readonly usccTaken: boolean;
  /** The session's certificate is the primary of the enterprise concerned. */
  readonly byPrimary: boolean;
  readonly unitNameEqual: boolean;
  readonly boundElsewhere: boolean;
  /** The primary can be used: neither lost nor refused by its authority (OD-09). */
  readonly primaryUsable: boolean;
};

/** Facts of an event in which nothing stands against it; callers override what they know. */
export const UNOPPOSED: BindingFacts = {
  holderKind: 'enterprise',
  usccAgrees: true,
  usccTaken: false,
  byPrimary: true,
  unitNameEqual: true,
  boundElsewhere: false,
  primaryUsable: false,
};

const kindGuards = [
  {
    holds: (facts: BindingFacts) => facts.holderKind !== 'legalRepresentative',
    otherwise: 'HUB_BIND_ENTERPRISE_KEY',
  },
  {
    holds: (facts: BindingFacts) => facts.holderKind !== 'individual',
    otherwise: 'HUB_INDIVIDUAL_CERTIFICATE',
  },
  { holds: (facts: BindingFacts) => facts.holderKind === 'enterprise', otherwise: 'HUB_KIND_UNKNOWN' },
] as const;

/** SM-HUB-CERT: one certificate in the hub. */
export const CERTIFICATE_STATES: StateTable<BindingState, BindingEvent, BindingFacts, HubErrorCode> = {
  unlisted: 'HUB_CERTIFICATE_UNKNOWN',
  rows: [
    {
      from: ['UNBOUND'],
      event: 'bind',
      guards: [
        ...kindGuards,
        { holds: (facts) => facts.usccAgrees, otherwise: 'HUB_USCC_MISMATCH' },
        { holds: (facts) => !facts.usccTaken, otherwise: 'HUB_USCC_TAKEN' },
      ],
      to: 'BOUND_PRIMARY',
    },
    // HUB-029: 「已绑定」, nothing is overwritten.
    { from: ['BOUND_PRIMARY', 'BOUND_SECONDARY'], event: 'bind', guards: [], to: 'same' },
    {
      from: ['UNBOUND'],
      event: 'activate',
      guards: [
        ...kindGuards,
        { holds: (facts) => facts.byPrimary, otherwise: 'HUB_PRIMARY_ONLY' },
        { holds: (facts) => facts.usccAgrees, otherwise: 'HUB_USCC_MISMATCH' },
        { holds: (facts) => facts.unitNameEqual, otherwise: 'HUB_NAME_MISMATCH' },
      ],
      to: 'BOUND_SECONDARY',
    },
    {
      from: ['BOUND_PRIMARY', 'BOUND_SECONDARY'],
      event: 'activate',
      guards: [
        { holds: (facts) => facts.byPrimary, otherwise: 'HUB_PRIMARY_ONLY' },
        { holds: (facts) => !facts.boundElsewhere, otherwise: 'HUB_BOUND_ELSEWHERE' },
      ],
      to: 'same',
    },
    {
      from: ['BOUND_SECONDARY'],
      event: 'remove',
      guards: [{ holds: (facts) => facts.byPrimary, otherwise: 'HUB_PRIMARY_ONLY' }],
      to: 'UNBOUND',
    },
    {
      from: ['BOUND_PRIMARY'],
      event: 'remove',
      guards: [{ holds: () => false, otherwise: 'HUB_PRIMARY_NOT_DELETABLE' }],
      to: 'same',
    },
    { from: ['BOUND_PRIMARY'], event: 'desk-unbind', guards: [], to: 'UNBOUND' },
    {
      from: ['BOUND_SECONDARY'],
      event: 'desk-unbind',
      guards: [{ holds: (facts) => !facts.primaryUsable, otherwise: 'UNBIND_USE_PRIMARY' }],
      to: 'UNBOUND',
    },
  ],
};
