import { ACCESS_ERRORS, RA_ERRORS, REQUEST_ERRORS } from '@hufu/contracts';
import { type ErrorRegister, errorFactory } from '@hufu/kernel';

/** What this feature refuses with, and what its doors say. */
export const RA_FEATURE_ERRORS = {
  ...RA_ERRORS,
  PHONE_SESSION_REQUIRED: ACCESS_ERRORS.PHONE_SESSION_REQUIRED,
  PHONE_REAL_NAME_REQUIRED: ACCESS_ERRORS.PHONE_REAL_NAME_REQUIRED,
  DESK_SESSION_REQUIRED: ACCESS_ERRORS.DESK_SESSION_REQUIRED,
  DESK_FORBIDDEN: ACCESS_ERRORS.DESK_FORBIDDEN,
  FILE_TYPE: REQUEST_ERRORS.FILE_TYPE,
} as const satisfies ErrorRegister;

export const raError = errorFactory(RA_ERRORS);
