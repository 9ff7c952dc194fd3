export { createPhoneKey } from './create-phone-key.ts';
export { PHONE_KEY_ERRORS, type PhoneKeyErrorCode, phoneKeyError } from './errors.ts';
export {
  ANSWERS,
  HALF_OPS,
  HALF_STATES,
  HALF_USAGES,
  type HalfAnswer,
  type HalfOp,
  type HalfRequest,
  type HalfState,
  type HalfStatus,
  type HalfUsage,
  halfIdText,
  halfStatusSchema,
  MAX_ITEMS,
  MAX_MESSAGE_BYTES,
  orderText,
  pointText,
  REQUESTS,
  type SignedRequest,
  signedRequestSchema,
} from './messages.ts';
export type {
  EnrolledHalf,
  Opening,
  Parcel,
  PhoneKey,
  PinEntry,
  PinSetting,
  ReceiverKeys,
} from './phone-key.ts';
export type {
  DeviceKey,
  HalfRecord,
  HalfStore,
  PhoneKeyDeps,
  SealedHalf,
  Stretch,
  StretchCost,
  VaultPort,
} from './ports.ts';
export { parseRequest, signedBytes } from './request.ts';
export { commitToNonce, type Handover, safetyCode } from './safety-code.ts';
export {
  createPageKey,
  type PageKey,
  pageKeyMark,
  type SealedForPage,
  sealForPage,
} from './seal-for-page.ts';
export { type ItemPlace, itemSession } from './session.ts';
