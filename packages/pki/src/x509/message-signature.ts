import { readDer } from '@hufu/gm';
import { signatureIdentifier } from '../build/signed.ts';
import type { CryptoEngine, SignatureAlgorithm } from '../crypto-engine.ts';
import { readAlgorithm } from './key.ts';
import type { KeyKind, SubjectPublicKeyInfo } from './model.ts';

const BY_KIND: Partial<Record<KeyKind, SignatureAlgorithm>> = {
  sm2: 'sm2-sm3',
  p256: 'ecdsa-p256-sha256',
  rsa: 'rsa-pkcs1-sha256',
};

/**
 * Whether a holder's key signed a message. The algorithm follows from the key alone: nobody may choose a weaker one
 * (OD-36). False for kinds of keys that this project does not sign with.
 */
export async function isMessageSignedBy(
  key: SubjectPublicKeyInfo,
  signed: { readonly message: Uint8Array; readonly signature: Uint8Array },
  engine: CryptoEngine,
): Promise<boolean> {
  const algorithm = BY_KIND[key.kind];
  if (algorithm === undefined) return false;
  const identifier = readDer(signatureIdentifier(algorithm), readAlgorithm);
  return engine.verify(key, identifier, signed.message, signed.signature);
}
