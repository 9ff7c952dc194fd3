import { createPublicKey, verify } from 'node:crypto';
import { type AlgorithmPolicy, type CryptoEngine, TRADING_ALGORITHMS } from '@hufu/pki';

const DSA_WITH_SHA1 = '1.2.840.10040.4.3';

/**
 * PKITS 4.1.4 to 4.1.6 sign with DSA and SHA-1, which OD-36 refuses and no engine of the product verifies. For the
 * measurement alone they are admitted, so that parameter inheritance (RFC 5280 §6.1.4(f)) is measured too.
 */
export const PKITS_ALGORITHMS: AlgorithmPolicy = {
  ...TRADING_ALGORITHMS,
  signatures: new Map([...TRADING_ALGORITHMS.signatures, [DSA_WITH_SHA1, ['dsa']]]),
  keys: new Set([...TRADING_ALGORITHMS.keys, 'dsa']),
};

export const withDsa = (engine: CryptoEngine): CryptoEngine => ({
  ...engine,
  async verify(key, algorithm, message, signature) {
    if (algorithm.oid !== DSA_WITH_SHA1) return engine.verify(key, algorithm, message, signature);
    try {
      const dsa = createPublicKey({ key: Buffer.from(key.der), format: 'der', type: 'spki' });
      return verify('sha1', message, dsa, signature);
    } catch {
      return false;
    }
  },
});
