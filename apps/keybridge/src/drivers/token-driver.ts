import type { PinState } from '@hufu/keybridge-client/protocol';
import type { SignatureAlgorithm } from '@hufu/pki';

export type DriverToken = {
  /** Stable for one physical token; letters, digits and hyphens. */
  readonly ref: string;
  readonly label: string;
  /** 介质硬件号. */
  readonly mediaNumber: string;
  readonly pin: PinState;
};

export type DriverKey = {
  /** Stable for one key of the token; letters, digits and hyphens. */
  readonly ref: string;
  readonly usage: 'sign' | 'encrypt';
  /** The certificate's DER. */
  readonly certificate: Uint8Array;
  /** Undefined when the token cannot sign with this key. */
  readonly algorithm: SignatureAlgorithm | undefined;
};

/** A token opened with its PIN, for one act. */
export type TokenSession = {
  /** Signs the message, not a digest. @throws CodedError TOKEN_REMOVED, TOKEN_FAULT, TOKEN_ALGORITHM_UNSUPPORTED */
  sign(keyRef: string, message: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
};

/**
 * One way to reach keys: software tokens, PKCS#11 modules, and later SKF (GM/T 0016). A driver never throws for
 * want of hardware or software: `health` says so.
 */
export type TokenDriver = {
  /** Letters, digits and hyphens; begins every token identifier of this driver. */
  readonly id: string;
  health(): Promise<'ready' | 'absent' | 'broken'>;
  /** Tokens that are plugged in now. */
  tokens(): Promise<readonly DriverToken[]>;
  /** Keys that have a certificate. @throws CodedError TOKEN_ABSENT */
  keys(tokenRef: string): Promise<readonly DriverKey[]>;
  /** @throws CodedError PIN_INCORRECT {attemptsLeft?}, PIN_LOCKED, PIN_POLICY, TOKEN_ABSENT, TOKEN_FAULT */
  open(tokenRef: string, pin: string): Promise<TokenSession>;
  /** Tells of tokens that come, go or change. Returns what ends the watch. */
  watch(changed: () => void): () => void;
  close(): Promise<void>;
};
