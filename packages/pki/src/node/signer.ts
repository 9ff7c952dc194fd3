import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { decodePkcs8, encodeSm2Spki } from '@hufu/gm';
import type { Signer } from '../crypto-engine.ts';
import { pkiError } from '../errors.ts';
import { sm2 } from './sm2.ts';

function importPrivate(pkcs8: Uint8Array): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  } catch {
    // The cause may quote key material.
    throw pkiError('KEY_MALFORMED');
  }
}

function opensslSigner(kind: 'p256' | 'rsa', pkcs8: Uint8Array): Signer {
  const key = importPrivate(pkcs8);
  return {
    algorithm: kind === 'rsa' ? 'rsa-pkcs1-sha256' : 'ecdsa-p256-sha256',
    publicKey: new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' })),
    sign: async (message) => new Uint8Array(sign('sha256', message, key)),
  };
}

/**
 * Signs with a key in plain PKCS #8 (DER): SM2, P-256 or RSA.
 * @throws KEY_MALFORMED, and what `decodePkcs8` of `@hufu/gm` throws
 */
export function nodeSigner(pkcs8: Uint8Array): Signer {
  const file = decodePkcs8(pkcs8);
  if (file.kind !== 'sm2') return opensslSigner(file.kind, pkcs8);
  const { privateKey, publicKey } = file.keyPair;
  return {
    algorithm: 'sm2-sm3',
    publicKey: encodeSm2Spki(publicKey),
    sign: async (message) => sm2.sign(privateKey, message),
  };
}
