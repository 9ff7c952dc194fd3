import { CodedError } from '@hufu/kernel';
import { bridgeError } from '@hufu/keybridge-client';
import {
  closeSoftToken,
  countPinAttempt,
  pinBytes,
  type TokenCrypto,
  tokenBytes,
  type UnlockedToken,
  unlockSoftToken,
} from '@hufu/soft-token';
import type { TokenFolder } from './token-folder.ts';

export type TokenAccess = { readonly folder: TokenFolder; readonly crypto: TokenCrypto };

/**
 * Opens a stored token. The attempt is on the disk before the PIN is tried, so that killing the assistant gives no
 * free guess.
 *
 * @throws CodedError PIN_INCORRECT {attemptsLeft}, PIN_LOCKED, PIN_POLICY, TOKEN_ABSENT, TOKEN_FAULT
 */
export async function unlockStoredToken(
  access: TokenAccess,
  tokenId: string,
  pin: string,
): Promise<UnlockedToken> {
  try {
    pinBytes(pin);
    return await access.folder.exclusively(tokenId, () => tryPin(access, tokenId, pin));
  } catch (error) {
    throw asBridgeError(error);
  }
}

/** Changes a stored token with its PIN: nothing is written when the change fails. */
export async function changeStoredToken(
  access: TokenAccess,
  holder: { readonly tokenId: string; readonly pin: string },
  change: (token: UnlockedToken) => UnlockedToken | Promise<UnlockedToken>,
): Promise<void> {
  const { tokenId, pin } = holder;
  try {
    pinBytes(pin);
    await access.folder.exclusively(tokenId, async () => {
      const unlocked = await tryPin(access, tokenId, pin);
      try {
        await access.folder.write(tokenBytes(await change(unlocked)));
      } finally {
        closeSoftToken(unlocked);
      }
    });
  } catch (error) {
    throw asBridgeError(error);
  }
}

async function tryPin(access: TokenAccess, tokenId: string, pin: string): Promise<UnlockedToken> {
  const { folder, crypto } = access;
  const stored = await folder.read(tokenId);
  if (stored === undefined) throw bridgeError('TOKEN_ABSENT');
  const attempt = countPinAttempt(stored);
  await folder.write(attempt.file);
  const unlocked = await unlockSoftToken(attempt, pin, crypto);
  await folder.write(tokenBytes(unlocked));
  return unlocked;
}

/** The same failure in the words of the protocol. */
export function asBridgeError(error: unknown): unknown {
  if (!(error instanceof CodedError)) return error;
  switch (error.code) {
    case 'SOFT_TOKEN_PIN_INCORRECT':
      return bridgeError('PIN_INCORRECT', error.fields, error);
    case 'SOFT_TOKEN_PIN_LOCKED':
      return bridgeError('PIN_LOCKED', error.fields, error);
    case 'SOFT_TOKEN_PIN_POLICY':
      return bridgeError('PIN_POLICY', {}, error);
    case 'SOFT_TOKEN_FILE_INVALID':
      return bridgeError('TOKEN_FAULT', {}, error);
    default:
      return error;
  }
}
