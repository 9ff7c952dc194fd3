export { SEAL_ERRORS, type SealErrorCode } from './errors.ts';
