import { errorFactory } from '@hufu/kernel';

/** What this package can refuse. Each code says what is wrong with the input, never what the input held. */
export const SEAL_ERRORS = {
  SEAL_MALFORMED: {
    status: 400,
    zh: '签章数据格式不正确',
    en: 'The seal data is malformed',
    retry: 'corrected',
  },
} as const;

export type SealErrorCode = keyof typeof SEAL_ERRORS;

export const sealError = errorFactory(SEAL_ERRORS);
