export { addKey, changePin, type KeyAdded, type KeyToAdd, setCertificate } from './change.ts';
export { DEFAULT_COST, type InspectedKey, type ScryptCost, type Sealed, type TokenCrypto } from './crypto.ts';
export { SOFT_TOKEN_ERRORS, type SoftTokenErrorCode, softTokenError } from './errors.ts';
export { DEFAULT_MAXIMUM_ATTEMPTS, PIN_LENGTH, pinBytes } from './pin.ts';
export {
  createSoftToken,
  describeSoftToken,
  type NewToken,
  type SoftTokenInfo,
  type SoftTokenKey,
} from './token.ts';
export {
  closeSoftToken,
  countPinAttempt,
  type PinAttempt,
  privateKey,
  tokenBytes,
  type UnlockedToken,
  unlockSoftToken,
} from './unlock.ts';
