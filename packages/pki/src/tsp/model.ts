import type { SignedData } from '../cms/model.ts';

export type MessageImprint = { readonly hashOid: string; readonly hash: Uint8Array };

/** TimeStampReq (RFC 3161 §2.4.1). */
export type TimeStampRequest = {
  readonly der: Uint8Array;
  readonly imprint: MessageImprint;
  readonly policy: string | undefined;
  readonly nonce: bigint | undefined;
  readonly certificateRequested: boolean;
};

/** PKIStatus (RFC 3161 §2.4.2), by number. */
export const TIME_STAMP_STATUS = [
  'granted',
  'grantedWithMods',
  'rejection',
  'waiting',
  'revocationWarning',
  'revocationNotification',
] as const;

export type TimeStampStatus = (typeof TIME_STAMP_STATUS)[number];

/** PKIFailureInfo, bit numbers of RFC 3161 §2.4.2. */
export const TIME_STAMP_FAILURE = {
  badAlg: 0,
  badRequest: 2,
  badDataFormat: 5,
  timeNotAvailable: 14,
  unacceptedPolicy: 15,
  unacceptedExtension: 16,
  addInfoNotAvailable: 17,
  systemFailure: 25,
} as const;

export type TimeStampFailure = keyof typeof TIME_STAMP_FAILURE;

/** TSTInfo (RFC 3161 §2.4.2). */
export type TimeStampInfo = {
  readonly policy: string;
  readonly imprint: MessageImprint;
  readonly serialHex: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Microseconds, 0 when the token states none. */
  readonly accuracyMicros: number;
  readonly ordering: boolean;
  readonly nonce: bigint | undefined;
};

export type TimeStampToken = {
  readonly der: Uint8Array;
  readonly info: TimeStampInfo;
  readonly signedData: SignedData;
};

export type TimeStampResponse = {
  readonly status: TimeStampStatus;
  readonly failures: readonly TimeStampFailure[];
  /** Present exactly when the status is granted or grantedWithMods. */
  readonly token: TimeStampToken | undefined;
};
