import { nobleSm2 } from '@hufu/gm';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Ed25519Signer, LedgerCrypto, SignatureCheck } from './model.ts';

type Subtle = typeof globalThis.crypto.subtle;

/** Verification draws no random numbers. */
const sm2 = nobleSm2(() => new Uint8Array());

const plain = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

function verifyNoble({ publicKey, message, signature }: SignatureCheck): boolean {
  try {
    // RFC 8032's own rule, as Go's and Node's: the wider ZIP 215 accepts encodings that they refuse.
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

/** Undefined when this WebCrypto knows no Ed25519: older browsers. */
async function verifyNative(check: SignatureCheck, subtle: Subtle): Promise<boolean | undefined> {
  const key = await subtle
    .importKey('raw', plain(check.publicKey), { name: 'Ed25519' }, false, ['verify'])
    .catch(() => undefined);
  if (key === undefined) return undefined;
  return subtle.verify({ name: 'Ed25519' }, key, plain(check.signature), plain(check.message));
}

/**
 * Cryptography without Node: Ed25519 by WebCrypto where it has it and in JavaScript elsewhere, SM2 in JavaScript.
 * @param subtle WebCrypto; without it everything runs in JavaScript
 */
export function portableLedgerCrypto(subtle: Subtle | undefined = globalThis.crypto?.subtle): LedgerCrypto {
  return {
    sha256,
    async verifyEd25519(check) {
      const native =
        subtle === undefined ? undefined : await verifyNative(check, subtle).catch(() => undefined);
      return native ?? verifyNoble(check);
    },
    async verifySm2({ publicKey, message, signature }) {
      return sm2.verify(publicKey, message, signature);
    },
  };
}

/** Signs in JavaScript. @param seed 32 bytes, the private key of RFC 8032 */
export function portableEd25519Signer(seed: Uint8Array): Ed25519Signer {
  const key = seed.slice();
  return { publicKey: ed25519.getPublicKey(key), sign: async (message) => ed25519.sign(message, key) };
}
