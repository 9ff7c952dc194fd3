import { toHex } from '@hufu/kernel';
import { DEFAULT_COST, type ScryptCost, type TokenCrypto } from './crypto.ts';
import { masterKeyContext, readTokenFile, type TokenFile, writeTokenFile } from './file.ts';
import { DEFAULT_MAXIMUM_ATTEMPTS, pinBytes } from './pin.ts';

export type NewToken = {
  readonly label: string;
  /** 介质硬件号: 4 to 64 of `A-Z a-z 0-9 -`. */
  readonly mediaNumber: string;
  readonly pin: string;
  readonly cost?: ScryptCost;
  /** Wrong PINs in a row before the token locks, 1 to 255. Ten when absent (OD-38). */
  readonly maximumAttempts?: number;
};

export type SoftTokenKey = {
  /** First 32 hexadecimal digits of the SHA-256 of the public key. */
  readonly keyId: string;
  readonly usage: 'sign' | 'encrypt';
  readonly algorithm: 'sm2-sm3' | 'ecdsa-p256-sha256' | 'rsa-pkcs1-sha256';
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  readonly certificate: Uint8Array | undefined;
};

/** What can be known without the PIN. */
export type SoftTokenInfo = {
  readonly tokenId: string;
  readonly label: string;
  readonly mediaNumber: string;
  readonly maximumAttempts: number;
  readonly attemptsLeft: number;
  readonly keys: readonly SoftTokenKey[];
};

/**
 * A new token without keys.
 *
 * @returns the file's bytes
 * @throws CodedError SOFT_TOKEN_PIN_POLICY; SOFT_TOKEN_FILE_INVALID when label or media number are out of form
 */
export async function createSoftToken(token: NewToken, crypto: TokenCrypto): Promise<Uint8Array> {
  const cost = token.cost ?? DEFAULT_COST;
  const salt = crypto.random(16);
  const tokenId = toHex(crypto.random(16));
  const kek = await crypto.scrypt({ pin: pinBytes(token.pin), salt, cost });
  const file: TokenFile = {
    format: 'hufu-soft-token',
    version: 1,
    tokenId,
    label: token.label,
    mediaNumber: token.mediaNumber,
    kdf: { name: 'scrypt', salt, ...cost },
    pin: { maximumAttempts: token.maximumAttempts ?? DEFAULT_MAXIMUM_ATTEMPTS, attemptsUsed: 0 },
    masterKey: crypto.seal(kek, crypto.random(32), masterKeyContext({ tokenId })),
    keys: [],
  };
  const bytes = writeTokenFile(file);
  readTokenFile(bytes);
  return bytes;
}

/** @throws CodedError SOFT_TOKEN_FILE_INVALID */
export function describeSoftToken(bytes: Uint8Array): SoftTokenInfo {
  const file = readTokenFile(bytes);
  return {
    tokenId: file.tokenId,
    label: file.label,
    mediaNumber: file.mediaNumber,
    maximumAttempts: file.pin.maximumAttempts,
    attemptsLeft: attemptsLeft(file),
    keys: file.keys.map(({ keyId, usage, algorithm, publicKey, certificate }) => ({
      keyId,
      usage,
      algorithm,
      publicKey,
      certificate,
    })),
  };
}

export const attemptsLeft = (file: TokenFile): number =>
  Math.max(0, file.pin.maximumAttempts - file.pin.attemptsUsed);
