import type { ScanErrorCode, ScanState } from '@hufu/contracts';
import type { StateRow, StateTable } from '../../../infra/state-table.ts';

export type ScanEvent =
  /** A phone has read the code, of a page that it cannot tell from another one. */
  | 'scan'
  /** The same, where the page is known: the enterprise's own session, or the phone's own browser. */
  | 'scan-known-page'
  | 'enter-code'
  | 'enter-wrong-code'
  /** One wrong code too many. */
  | 'close'
  /** The phone asks for the vault; nothing is signed yet. */
  | 'ask-vault'
  /** The vault has answered. */
  | 'confirm'
  | 'finish'
  | 'refuse'
  | 'cancel'
  | 'expire';

export type ScanFacts = {
  /** The caller is the phone that scanned first. */
  readonly samePhone: boolean;
  /** Times that the vault has been asked for this scan. */
  readonly confirmations: number;
};

/** A lost answer, or a wrong PIN: the phone may ask again, a few times. */
const MOST_CONFIRMATIONS = 5;

type Row = StateRow<ScanState, ScanEvent, ScanFacts, ScanErrorCode>;

const OPEN: readonly ScanState[] = ['WAITING', 'SCANNED', 'READY', 'CONFIRMED'];
const AFTER_SCAN: readonly ScanState[] = ['SCANNED', 'READY', 'CONFIRMED', 'DONE'];

const samePhone = { holds: (facts: ScanFacts) => facts.samePhone, otherwise: 'SCAN_TAKEN' } as const;
const mayAskAgain = {
  holds: (facts: ScanFacts) => facts.confirmations < MOST_CONFIRMATIONS,
  otherwise: 'SCAN_TOO_MANY_TRIES',
} as const;
const codeFirst = { holds: () => false, otherwise: 'SCAN_CODE_PENDING' } as const;

const EVENTS: readonly ScanEvent[] = [
  'scan',
  'scan-known-page',
  'enter-code',
  'enter-wrong-code',
  'close',
  'ask-vault',
  'confirm',
  'finish',
  'refuse',
  'cancel',
  'expire',
];

/** An end that whoever comes late is told by its name. */
const ended = (state: ScanState, code: ScanErrorCode, quiet: readonly ScanEvent[]): Row[] =>
  EVENTS.map((event) => ({
    from: [state],
    event,
    guards: quiet.includes(event) ? [] : [{ holds: () => false, otherwise: code }],
    to: 'same',
  }));

/** One scan: single use, one phone, one browser. DONE is reached by verified signatures alone. */
export const SCAN_STATES: StateTable<ScanState, ScanEvent, ScanFacts, ScanErrorCode> = {
  unlisted: 'SCAN_STATE',
  rows: [
    { from: ['WAITING'], event: 'scan', guards: [], to: 'SCANNED' },
    { from: ['WAITING'], event: 'scan-known-page', guards: [], to: 'READY' },
    { from: AFTER_SCAN, event: 'scan', guards: [samePhone], to: 'same' },
    { from: AFTER_SCAN, event: 'scan-known-page', guards: [samePhone], to: 'same' },
    { from: ['SCANNED'], event: 'enter-code', guards: [], to: 'READY' },
    { from: ['READY', 'CONFIRMED', 'DONE'], event: 'enter-code', guards: [], to: 'same' },
    { from: ['SCANNED'], event: 'enter-wrong-code', guards: [], to: 'same' },
    { from: ['SCANNED'], event: 'close', guards: [], to: 'FAILED' },
    { from: ['SCANNED'], event: 'ask-vault', guards: [codeFirst], to: 'same' },
    { from: ['READY', 'CONFIRMED'], event: 'ask-vault', guards: [mayAskAgain], to: 'same' },
    { from: ['READY', 'CONFIRMED'], event: 'confirm', guards: [], to: 'CONFIRMED' },
    { from: ['CONFIRMED'], event: 'finish', guards: [], to: 'DONE' },
    { from: ['SCANNED', 'READY', 'CONFIRMED'], event: 'refuse', guards: [], to: 'REFUSED' },
    { from: OPEN, event: 'cancel', guards: [], to: 'CANCELLED' },
    { from: ['DONE'], event: 'cancel', guards: [], to: 'same' },
    { from: OPEN, event: 'expire', guards: [], to: 'EXPIRED' },
    ...ended('REFUSED', 'SCAN_REFUSED', ['refuse', 'cancel']),
    ...ended('CANCELLED', 'SCAN_CANCELLED', ['refuse', 'cancel']),
    ...ended('EXPIRED', 'SCAN_EXPIRED', ['refuse', 'cancel']),
    ...ended('FAILED', 'SCAN_CODE_SPENT', ['refuse', 'cancel']),
  ],
};

export const isOpen = (state: ScanState): boolean => OPEN.includes(state);

/** What is said of a scan that ended without a result. */
export const ENDS: Partial<Record<ScanState, ScanErrorCode>> = {
  REFUSED: 'SCAN_REFUSED',
  CANCELLED: 'SCAN_CANCELLED',
  EXPIRED: 'SCAN_EXPIRED',
  FAILED: 'SCAN_CODE_SPENT',
};
