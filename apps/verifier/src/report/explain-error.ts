import { CodedError } from '@hufu/kernel';
import { LEDGER_ERRORS } from '@hufu/ledger';
import type { Words } from './words.ts';

const byCode: Readonly<Record<string, Words>> = LEDGER_ERRORS;

/** What to tell a reader whose file was not understood; undefined for what is no fault of a file. */
export function explainError(error: unknown): Words | undefined {
  return error instanceof CodedError ? byCode[error.code] : undefined;
}
