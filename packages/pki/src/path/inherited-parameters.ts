import { derBitString, derSequence } from '@hufu/gm';
import type { SubjectPublicKeyInfo } from '../x509/model.ts';

/** DSA keys may leave their domain parameters to the issuer's key (RFC 3279 §2.3.2). No other kind of key may. */
export const lacksParameters = (key: SubjectPublicKeyInfo): boolean =>
  key.kind === 'dsa' && key.algorithm.parameters === undefined;

/** RFC 5280 §6.1.4(d)–(f): the working public key, completed with the working parameters where they are inherited. */
export function completeKey(
  key: SubjectPublicKeyInfo,
  issuerKey: SubjectPublicKeyInfo,
): SubjectPublicKeyInfo {
  const { algorithm } = issuerKey;
  if (!lacksParameters(key) || algorithm.oid !== key.algorithm.oid) return key;
  return { ...key, algorithm, der: derSequence(algorithm.der, derBitString(key.publicKey)) };
}
