import { equalBytes, toHex } from '@hufu/kernel';
import { parseCertificate } from '@hufu/pki';
import type { TokenCrypto } from './crypto.ts';
import { softTokenError } from './errors.ts';
import { keyContext, masterKeyContext, type TokenFileKey } from './file.ts';
import { pinBytes } from './pin.ts';
import type { UnlockedToken } from './unlock.ts';

export type KeyToAdd = {
  readonly usage: 'sign' | 'encrypt';
  /** PrivateKeyInfo, DER. */
  readonly pkcs8: Uint8Array;
  /** Must certify this key. May follow later by `setCertificate`. */
  readonly certificate?: Uint8Array;
};

export type KeyAdded = { readonly token: UnlockedToken; readonly keyId: string };

/**
 * Puts a key into the token.
 *
 * @throws CodedError SOFT_TOKEN_KEY_UNSUPPORTED, SOFT_TOKEN_KEY_EXISTS, SOFT_TOKEN_CERTIFICATE_MISMATCH, and the
 *   errors of `parseCertificate`
 */
export function addKey(unlocked: UnlockedToken, key: KeyToAdd, crypto: TokenCrypto): KeyAdded {
  const { content, masterKey } = unlocked;
  const inspected = crypto.inspectKey(key.pkcs8);
  if (inspected === undefined) throw softTokenError('SOFT_TOKEN_KEY_UNSUPPORTED');
  const keyId = toHex(crypto.sha256(inspected.publicKey).subarray(0, 16));
  if (content.keys.some((present) => present.keyId === keyId)) throw softTokenError('SOFT_TOKEN_KEY_EXISTS');
  if (key.certificate !== undefined) requireSameKey(key.certificate, inspected.publicKey);
  const entry: TokenFileKey = {
    keyId,
    usage: key.usage,
    algorithm: inspected.algorithm,
    publicKey: inspected.publicKey,
    certificate: key.certificate,
    sealed: crypto.seal(masterKey, key.pkcs8, keyContext(content.tokenId, { keyId, usage: key.usage })),
  };
  return { token: { masterKey, content: { ...content, keys: [...content.keys, entry] } }, keyId };
}

/**
 * Stores the certificate issued for a key of the token, or replaces it at renewal.
 *
 * @throws CodedError SOFT_TOKEN_KEY_UNKNOWN, SOFT_TOKEN_CERTIFICATE_MISMATCH, and the errors of `parseCertificate`
 */
export function setCertificate(
  unlocked: UnlockedToken,
  keyId: string,
  certificate: Uint8Array,
): UnlockedToken {
  const key = unlocked.content.keys.find((candidate) => candidate.keyId === keyId);
  if (key === undefined) throw softTokenError('SOFT_TOKEN_KEY_UNKNOWN');
  requireSameKey(certificate, key.publicKey);
  const keys = unlocked.content.keys.map((present) => (present === key ? { ...key, certificate } : present));
  return { ...unlocked, content: { ...unlocked.content, keys } };
}

/** @throws CodedError SOFT_TOKEN_PIN_POLICY */
export async function changePin(
  unlocked: UnlockedToken,
  newPin: string,
  crypto: TokenCrypto,
): Promise<UnlockedToken> {
  const { content, masterKey } = unlocked;
  const { N, r, p } = content.kdf;
  const salt = crypto.random(16);
  const kek = await crypto.scrypt({ pin: pinBytes(newPin), salt, cost: { N, r, p } });
  const sealed = crypto.seal(kek, masterKey, masterKeyContext(content));
  kek.fill(0);
  return { masterKey, content: { ...content, kdf: { ...content.kdf, salt }, masterKey: sealed } };
}

function requireSameKey(certificate: Uint8Array, publicKey: Uint8Array): void {
  if (!equalBytes(parseCertificate(certificate).spki.der, publicKey)) {
    throw softTokenError('SOFT_TOKEN_CERTIFICATE_MISMATCH');
  }
}
