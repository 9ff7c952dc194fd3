export { LEDGER_ERRORS, type LedgerErrorCode } from './errors.ts';
