import type { TokenCrypto } from './crypto.ts';
import { softTokenError } from './errors.ts';
import { keyContext, masterKeyContext, readTokenFile, type TokenFile, writeTokenFile } from './file.ts';
import { pinBytes } from './pin.ts';
import { attemptsLeft } from './token.ts';

/**
 * One try of a PIN, already counted. Only `countPinAttempt` makes one, so that no PIN can be tried without a file
 * that carries the count: a process killed during the try has used the attempt up.
 */
export type PinAttempt = {
  /** Store these bytes durably before `unlockSoftToken` is called. */
  readonly file: Uint8Array;
  readonly attemptsLeft: number;
};

const counted = new WeakMap<PinAttempt, TokenFile>();

/**
 * Counts one attempt.
 *
 * @throws CodedError SOFT_TOKEN_PIN_LOCKED when none is left; SOFT_TOKEN_FILE_INVALID
 */
export function countPinAttempt(bytes: Uint8Array): PinAttempt {
  const file = readTokenFile(bytes);
  if (attemptsLeft(file) === 0) throw softTokenError('SOFT_TOKEN_PIN_LOCKED', { attemptsLeft: 0 });
  const next: TokenFile = { ...file, pin: { ...file.pin, attemptsUsed: file.pin.attemptsUsed + 1 } };
  const attempt: PinAttempt = { file: writeTokenFile(next), attemptsLeft: attemptsLeft(next) };
  counted.set(attempt, next);
  return attempt;
}

/** An open token: lives as long as the one act it was opened for. */
export type UnlockedToken = {
  readonly content: TokenFile;
  readonly masterKey: Uint8Array;
};

/**
 * Tries the PIN. On success the counter starts anew: store `tokenBytes(unlocked)`.
 *
 * @throws CodedError SOFT_TOKEN_PIN_INCORRECT {attemptsLeft}, or SOFT_TOKEN_PIN_LOCKED when it was the last attempt;
 *   SOFT_TOKEN_PIN_POLICY (the attempt stays counted unless the caller checks the PIN's form first)
 */
export async function unlockSoftToken(
  attempt: PinAttempt,
  pin: string,
  crypto: TokenCrypto,
): Promise<UnlockedToken> {
  const file = counted.get(attempt);
  if (file === undefined) throw softTokenError('SOFT_TOKEN_FILE_INVALID');
  counted.delete(attempt);
  const { salt, N, r, p } = file.kdf;
  const kek = await crypto.scrypt({ pin: pinBytes(pin), salt, cost: { N, r, p } });
  const masterKey = crypto.open(kek, file.masterKey, masterKeyContext(file));
  kek.fill(0);
  if (masterKey === undefined) {
    const left = attemptsLeft(file);
    throw softTokenError(left === 0 ? 'SOFT_TOKEN_PIN_LOCKED' : 'SOFT_TOKEN_PIN_INCORRECT', {
      attemptsLeft: left,
    });
  }
  return { content: { ...file, pin: { ...file.pin, attemptsUsed: 0 } }, masterKey };
}

/** The file to be stored after an unlock or a change. */
export const tokenBytes = (unlocked: UnlockedToken): Uint8Array => writeTokenFile(unlocked.content);

/** Wipes the master key. The object is of no use afterwards. */
export function closeSoftToken(unlocked: UnlockedToken): void {
  unlocked.masterKey.fill(0);
}

/**
 * One private key in the clear (PKCS#8). Wipe it after use.
 *
 * @throws CodedError SOFT_TOKEN_KEY_UNKNOWN; SOFT_TOKEN_FILE_INVALID when the sealed key was tampered with
 */
export function privateKey(unlocked: UnlockedToken, keyId: string, crypto: TokenCrypto): Uint8Array {
  const { content, masterKey } = unlocked;
  const key = content.keys.find((candidate) => candidate.keyId === keyId);
  if (key === undefined) throw softTokenError('SOFT_TOKEN_KEY_UNKNOWN');
  const pkcs8 = crypto.open(masterKey, key.sealed, keyContext(content.tokenId, key));
  if (pkcs8 === undefined) throw softTokenError('SOFT_TOKEN_FILE_INVALID');
  return pkcs8;
}
