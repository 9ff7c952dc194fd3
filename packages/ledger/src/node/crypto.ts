import { hash, type KeyObject, randomBytes, verify } from 'node:crypto';
import { openSslSm2 } from '@hufu/gm/node';
import { toHex } from '@hufu/kernel';
import type { LedgerCrypto } from '../crypto/model.ts';
import { type Sha256, type TreeHasher, treeHasher } from '../tree/hasher.ts';
import { importPublic } from './keys.ts';

const sha256: Sha256 = (message) => {
  const digest = hash('sha256', message, 'buffer');
  return new Uint8Array(digest.buffer, digest.byteOffset, digest.length);
};

/** The tree's hashes by Node's OpenSSL. */
export const nodeTreeHasher: TreeHasher = treeHasher(sha256);

const MAX_CACHED_KEYS = 1024;

function keyCache(): (publicKey: Uint8Array) => KeyObject {
  const keys = new Map<string, KeyObject>();
  return (publicKey) => {
    const id = toHex(publicKey);
    const known = keys.get(id);
    if (known !== undefined) return known;
    const key = importPublic(publicKey);
    if (keys.size >= MAX_CACHED_KEYS) keys.delete(keys.keys().next().value!);
    keys.set(id, key);
    return key;
  };
}

/** Verification on Node's OpenSSL. */
export function nodeLedgerCrypto(): LedgerCrypto {
  const cached = keyCache();
  const sm2 = openSslSm2(randomBytes);
  return {
    sha256,
    async verifyEd25519({ publicKey, message, signature }) {
      try {
        return verify(null, message, cached(publicKey), signature);
      } catch {
        // OpenSSL throws on a key that is no point of the curve: for the caller that is a wrong signature.
        return false;
      }
    },
    async verifySm2({ publicKey, message, signature }) {
      return sm2.verify(publicKey, message, signature);
    },
  };
}
