import { constants, createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { CryptoEngine } from '../crypto-engine.ts';
import type { AlgorithmIdentifier, SubjectPublicKeyInfo } from '../x509/model.ts';
import { KEY_OID } from '../x509/oids.ts';
import { fitsKey, type SignatureScheme, signatureScheme } from '../x509/signature-algorithm.ts';
import { sm2 } from './sm2.ts';

const MAX_CACHED_KEYS = 4096;

/** Importing a key costs more than a lookup; keys that OpenSSL refuses (off the curve, infinity) are kept as null. */
function keyCache(): (der: Uint8Array) => KeyObject | null {
  const keys = new Map<string, KeyObject | null>();
  return (der) => {
    const id = Buffer.from(der.buffer, der.byteOffset, der.length).toString('latin1');
    const known = keys.get(id);
    if (known !== undefined) return known;
    const key = importKey(der);
    const oldest = keys.size >= MAX_CACHED_KEYS ? keys.keys().next().value : undefined;
    if (oldest !== undefined) keys.delete(oldest);
    keys.set(id, key);
    return key;
  };
}

function importKey(der: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

type Check = {
  readonly scheme: Exclude<SignatureScheme, { family: 'sm2' }>;
  readonly key: KeyObject;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
};

function verifyOpenssl({ scheme, key, message, signature }: Check): boolean {
  switch (scheme.family) {
    case 'ecdsa':
    case 'rsa-pkcs1':
      return verify(scheme.digest, message, key, signature);
    case 'rsa-pss': {
      const padding = constants.RSA_PKCS1_PSS_PADDING;
      return verify(scheme.digest, message, { key, padding, saltLength: scheme.saltLength }, signature);
    }
    case 'ed25519':
      return verify(null, message, key, signature);
  }
}

/** A key restricted to PSS (RFC 4055 §1.2) makes no PKCS #1 v1.5 signatures. */
const isRestricted = (key: SubjectPublicKeyInfo, scheme: SignatureScheme): boolean =>
  key.algorithm.oid === KEY_OID.rsaPss && scheme.family !== 'rsa-pss';

/** Node's OpenSSL behind the one door to cryptography; SM2 with the default ID through `@hufu/gm/node`. */
export function nodeCryptoEngine(): CryptoEngine {
  const cached = keyCache();

  function check(
    spki: SubjectPublicKeyInfo,
    algorithm: AlgorithmIdentifier,
    [message, signature]: readonly [Uint8Array, Uint8Array],
  ): boolean {
    const scheme = signatureScheme(algorithm);
    if (scheme === undefined || !fitsKey(scheme, spki.kind) || isRestricted(spki, scheme)) return false;
    if (scheme.family === 'sm2') return sm2.verify(spki.publicKey, message, signature);
    const key = cached(spki.der);
    return key !== null && verifyOpenssl({ scheme, key, message, signature });
  }

  return {
    async verify(key, algorithm, message, signature) {
      try {
        return check(key, algorithm, [message, signature]);
      } catch {
        // OpenSSL throws on some keys and signatures that it refuses: for the caller that is a wrong signature.
        return false;
      }
    },
    digest: (algorithm, message) => new Uint8Array(createHash(algorithm).update(message).digest()),
  };
}
