import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { SignatureAlgorithm, Signer } from '../crypto-engine.ts';
import { pkiError } from '../errors.ts';
import { parsePublicKeyInfo } from '../x509/key.ts';
import type { KeyKind } from '../x509/model.ts';
import { sm2SignKey } from './sm2.ts';

const ALGORITHMS: Readonly<Partial<Record<KeyKind, SignatureAlgorithm>>> = {
  sm2: 'sm2-sm3',
  p256: 'ecdsa-p256-sha256',
  rsa: 'rsa-pkcs1-sha256',
};

function importPrivate(pkcs8: Uint8Array): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  } catch {
    // The cause may quote key material.
    throw pkiError('KEY_MALFORMED');
  }
}

/** Signs with a key in plain PKCS #8 (DER): SM2, P-256 or RSA. @throws KEY_MALFORMED, KEY_UNSUPPORTED */
export function nodeSigner(pkcs8: Uint8Array): Signer {
  const key = importPrivate(pkcs8);
  const publicKey = new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }));
  const algorithm = ALGORITHMS[parsePublicKeyInfo(publicKey).kind];
  if (algorithm === undefined) throw pkiError('KEY_UNSUPPORTED');
  return {
    algorithm,
    publicKey,
    sign: async (message) =>
      algorithm === 'sm2-sm3' ? sm2SignKey(key, message) : new Uint8Array(sign('sha256', message, key)),
  };
}
