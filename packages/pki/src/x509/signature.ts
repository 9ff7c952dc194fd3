import type { Crl } from '../crl/model.ts';
import type { CryptoEngine } from '../crypto-engine.ts';
import type { Certificate, SubjectPublicKeyInfo } from './model.ts';

/** Whether this key signed the certificate or CRL. Says nothing about trust, names or usage. */
export const isSignedBy = (
  signed: Certificate | Crl,
  key: SubjectPublicKeyInfo,
  engine: CryptoEngine,
): Promise<boolean> => engine.verify(key, signed.signatureAlgorithm, signed.tbs, signed.signature);
