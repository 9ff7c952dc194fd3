export { concatBytes, equalBytes, fromUtf8, utf8 } from './bytes/bytes.ts';
export {
  fromBase64,
  fromBase64Url,
  fromHex,
  fromPem,
  toBase64,
  toBase64Url,
  toHex,
  toPem,
} from './bytes/encoding.ts';
export { isWellFormed } from './bytes/well-formed.ts';
export {
  CodedError,
  type ErrorEntry,
  type ErrorFields,
  type ErrorRegister,
  errorFactory,
  type Retry,
} from './errors/coded-error.ts';
export { type Clock, fixedClock, systemClock } from './time/clock.ts';
