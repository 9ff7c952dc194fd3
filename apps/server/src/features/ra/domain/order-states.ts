import type { RaErrorCode, RaKind, RaState } from '@hufu/contracts';
import type { StateTable } from '../../../infra/state-table.ts';

export type OrderEvent =
  | 'edit'
  | 'submit'
  | 'complete'
  | 'check'
  | 'return'
  | 'approve'
  | 'pay'
  | 'download'
  | 'issue'
  | 'cancel';

export type OrderFacts = {
  /** CA-020: every item of the check was passed. */
  readonly checkPassed: boolean;
  /** OD-28: who approves is not who checked. */
  readonly byAnother: boolean;
};

export const IN_ORDER: OrderFacts = { checkPassed: true, byAnother: true };

type Table = StateTable<RaState, OrderEvent, OrderFacts, RaErrorCode>;
type Rows = Table['rows'];

const checked = { holds: (facts: OrderFacts) => facts.checkPassed, otherwise: 'RA_NOT_CHECKED' } as const;
const twoPersons = {
  holds: (facts: OrderFacts) => facts.byAnother,
  otherwise: 'RA_CHECKED_BY_OTHER',
} as const;

/** SM-MOB-ORDER. What issues nothing ends with the approval. */
const appRows = (approved: RaState): Rows => [
  { from: ['DRAFT', 'RETURNED'], event: 'edit', guards: [], to: 'same' },
  { from: ['DRAFT', 'RETURNED'], event: 'submit', guards: [], to: 'UNDER_REVIEW' },
  { from: ['UNDER_REVIEW'], event: 'check', guards: [], to: 'same' },
  { from: ['UNDER_REVIEW'], event: 'return', guards: [], to: 'RETURNED' },
  { from: ['UNDER_REVIEW'], event: 'approve', guards: [checked, twoPersons], to: approved },
  { from: ['TO_PAY'], event: 'pay', guards: [], to: 'TO_DOWNLOAD' },
  { from: ['TO_DOWNLOAD'], event: 'download', guards: [], to: 'EFFECTIVE' },
  {
    from: ['DRAFT', 'UNDER_REVIEW', 'RETURNED', 'TO_PAY', 'TO_DOWNLOAD'],
    event: 'cancel',
    guards: [],
    to: 'CANCELLED',
  },
];

/** SM-CA-TICKET: the clock runs while IN_PROCESS alone. */
const ticketRows = (issued: RaState): Rows => [
  { from: ['RECEIVED', 'RETURNED', 'IN_PROCESS'], event: 'edit', guards: [], to: 'same' },
  { from: ['RECEIVED', 'RETURNED'], event: 'complete', guards: [], to: 'IN_PROCESS' },
  { from: ['IN_PROCESS'], event: 'check', guards: [], to: 'same' },
  { from: ['RECEIVED', 'IN_PROCESS'], event: 'return', guards: [], to: 'RETURNED' },
  { from: ['IN_PROCESS'], event: 'issue', guards: [checked, twoPersons], to: issued },
  { from: ['RECEIVED', 'RETURNED', 'IN_PROCESS'], event: 'cancel', guards: [], to: 'CANCELLED' },
];

const table = (rows: Rows): Table => ({ unlisted: 'RA_STATE', rows });

const ISSUES_NOTHING: ReadonlySet<RaKind> = new Set(['CANCEL', 'RESET_PIN']);
export const issuesCertificate = (kind: RaKind): boolean => !ISSUES_NOTHING.has(kind);

/** The machine that an application follows. */
export function orderTable(order: {
  readonly channel: 'APP' | 'COUNTER' | 'ONLINE';
  readonly kind: RaKind;
  /** Nothing is to be paid. */
  readonly free: boolean;
}): Table {
  const issues = issuesCertificate(order.kind);
  if (order.channel === 'APP')
    return table(appRows(issues ? (order.free ? 'TO_DOWNLOAD' : 'TO_PAY') : 'COMPLETED'));
  if (!issues) return table(ticketRows('COMPLETED'));
  return table(ticketRows(order.channel === 'COUNTER' ? 'ISSUED' : 'MAILED'));
}

/** Those that the counter has to do something about. */
export const WAITING_STATES = [
  'UNDER_REVIEW',
  'RECEIVED',
  'IN_PROCESS',
] as const satisfies readonly RaState[];
