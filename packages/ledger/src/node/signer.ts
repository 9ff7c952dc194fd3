import { sign } from 'node:crypto';
import type { Ed25519Signer } from '../crypto/model.ts';
import { importSeed, rawPublic } from './keys.ts';

/** Ed25519 on Node's OpenSSL. @param seed 32 bytes, the private key of RFC 8032 @throws LEDGER_KEY */
export function nodeEd25519Signer(seed: Uint8Array): Ed25519Signer {
  const key = importSeed(seed);
  return {
    publicKey: rawPublic(key),
    sign: async (message) => new Uint8Array(sign(null, message, key)),
  };
}
