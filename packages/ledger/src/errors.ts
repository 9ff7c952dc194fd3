import { errorFactory } from '@hufu/kernel';

/** What this package can refuse. Each code says what is wrong with the input, never what the input held. */
export const LEDGER_ERRORS = {
  LEDGER_MALFORMED: {
    status: 400,
    zh: '证据数据格式不正确',
    en: 'The evidence is malformed',
    retry: 'corrected',
  },
} as const;

export type LedgerErrorCode = keyof typeof LEDGER_ERRORS;

export const ledgerError = errorFactory(LEDGER_ERRORS);
