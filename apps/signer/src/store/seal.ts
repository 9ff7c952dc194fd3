import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { concatBytes, utf8 } from '@hufu/kernel';

const NONCE = 12;
const TAG = 16;

/** AES-256-GCM with a fresh nonce: nonce ‖ ciphertext ‖ tag. */
export function seal(key: Uint8Array, plain: Uint8Array, aad: Uint8Array): Uint8Array {
  const nonce = new Uint8Array(randomBytes(NONCE));
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG });
  cipher.setAAD(aad);
  const data = concatBytes(new Uint8Array(cipher.update(plain)), new Uint8Array(cipher.final()));
  return concatBytes(nonce, data, new Uint8Array(cipher.getAuthTag()));
}

/** @throws Error when it was not sealed under this key with these associated data */
export function unseal(key: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Uint8Array {
  const opener = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG });
  opener.setAAD(aad);
  opener.setAuthTag(sealed.subarray(-TAG));
  const data = opener.update(sealed.subarray(NONCE, -TAG));
  return new Uint8Array(Buffer.concat([data, opener.final()]));
}

/** What ties the next piece to this one. */
export const tagOf = (sealed: Uint8Array): Uint8Array => sealed.slice(-TAG);

/** HKDF-SHA-256 (RFC 5869), 32 bytes. */
export const deriveKey = (key: Uint8Array, salt: Uint8Array, name: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key, salt, utf8(name), 32));
