import { CodedError } from '@hufu/kernel';
import { bridgeError } from '@hufu/keybridge-client';

/** PKCS#11 v2.40, base specification, table of return values. */
const CKR = {
  SLOT_ID_INVALID: 0x03,
  DEVICE_REMOVED: 0x32,
  MECHANISM_INVALID: 0x70,
  PIN_INCORRECT: 0xa0,
  PIN_INVALID: 0xa1,
  PIN_LEN_RANGE: 0xa2,
  PIN_LOCKED: 0xa4,
  SESSION_CLOSED: 0xb0,
  SESSION_HANDLE_INVALID: 0xb3,
  TOKEN_NOT_PRESENT: 0xe0,
  TOKEN_NOT_RECOGNIZED: 0xe1,
} as const;

const GONE: ReadonlySet<number> = new Set([
  CKR.SLOT_ID_INVALID,
  CKR.DEVICE_REMOVED,
  CKR.SESSION_CLOSED,
  CKR.SESSION_HANDLE_INVALID,
  CKR.TOKEN_NOT_PRESENT,
  CKR.TOKEN_NOT_RECOGNIZED,
]);

const returnValueOf = (error: unknown): number | undefined => {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'number' ? error.code : undefined;
};

export const isPinIncorrect = (error: unknown): boolean => returnValueOf(error) === CKR.PIN_INCORRECT;

/** The module's failure in the words of the protocol. */
export function asBridgeError(error: unknown): CodedError {
  if (error instanceof CodedError) return error;
  const value = returnValueOf(error);
  if (value === undefined) return bridgeError('TOKEN_FAULT', {}, error);
  if (GONE.has(value)) return bridgeError('TOKEN_REMOVED', {}, error);
  if (value === CKR.PIN_INCORRECT) return bridgeError('PIN_INCORRECT', {}, error);
  if (value === CKR.PIN_LOCKED) return bridgeError('PIN_LOCKED', {}, error);
  if (value === CKR.PIN_INVALID || value === CKR.PIN_LEN_RANGE) return bridgeError('PIN_POLICY', {}, error);
  if (value === CKR.MECHANISM_INVALID) return bridgeError('TOKEN_ALGORITHM_UNSUPPORTED', {}, error);
  return bridgeError('TOKEN_FAULT', { ckr: `0x${value.toString(16)}` }, error);
}

/** Token flags (PKCS#11 v2.40, CK_TOKEN_INFO): the token's own word on its counter, without a number. */
export const TOKEN_FLAG = {
  initialised: 0x400,
  pinCountLow: 0x1_0000,
  pinFinalTry: 0x2_0000,
  pinLocked: 0x4_0000,
} as const;

export function pinStateOf(flags: number): {
  readonly state: 'ok' | 'low' | 'final' | 'locked';
  readonly attemptsLeft?: number;
} {
  if ((flags & TOKEN_FLAG.pinLocked) !== 0) return { state: 'locked', attemptsLeft: 0 };
  if ((flags & TOKEN_FLAG.pinFinalTry) !== 0) return { state: 'final', attemptsLeft: 1 };
  return { state: (flags & TOKEN_FLAG.pinCountLow) === 0 ? 'ok' : 'low' };
}
