import { nobleSm2 } from '@hufu/gm';
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import type { CryptoEngine, DigestAlgorithm } from '../crypto-engine.ts';
import type { KeyKind, SubjectPublicKeyInfo } from '../x509/model.ts';
import { KEY_OID } from '../x509/oids.ts';
import { fitsKey, type SignatureScheme, signatureScheme } from '../x509/signature-algorithm.ts';
import { digest } from './digest.ts';

type Subtle = typeof globalThis.crypto.subtle;

const CURVES: Readonly<Partial<Record<KeyKind, typeof p256>>> = { p256, p384, p521 };

/** WebCrypto's names of the digests that it has. */
const SUBTLE_DIGESTS: Readonly<Partial<Record<DigestAlgorithm, string>>> = {
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};

/** Verification draws no random numbers. */
const sm2 = nobleSm2(() => new Uint8Array());

type Check = {
  readonly key: SubjectPublicKeyInfo;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
};

type RsaScheme = Extract<SignatureScheme, { family: 'rsa-pkcs1' | 'rsa-pss' }>;

/** A copy whose buffer WebCrypto's types accept. */
const plain = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

async function verifyRsa(scheme: RsaScheme, check: Check, subtle: Subtle): Promise<boolean> {
  const hash = SUBTLE_DIGESTS[scheme.digest];
  const pss = scheme.family === 'rsa-pss';
  // WebCrypto imports no keys that are restricted to PSS by their OID.
  if (hash === undefined || check.key.algorithm.oid !== KEY_OID.rsa) return false;
  const name = pss ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5';
  const key = await subtle.importKey('spki', plain(check.key.der), { name, hash }, false, ['verify']);
  const algorithm = pss ? { name, saltLength: scheme.saltLength } : { name };
  return subtle.verify(algorithm, key, plain(check.signature), plain(check.message));
}

async function verifyScheme(
  scheme: SignatureScheme,
  check: Check,
  subtle: Subtle | undefined,
): Promise<boolean> {
  const { key, message, signature } = check;
  switch (scheme.family) {
    case 'sm2':
      return sm2.verify(key.publicKey, message, signature);
    case 'ecdsa': {
      const hash = digest(scheme.digest, message);
      const options = { prehash: false, lowS: false, format: 'der' } as const;
      return CURVES[key.kind]?.verify(signature, hash, key.publicKey, options) ?? false;
    }
    case 'ed25519':
      return ed25519.verify(signature, message, key.publicKey);
    default:
      return subtle !== undefined && verifyRsa(scheme, check, subtle);
  }
}

/**
 * An engine without Node: SM2, ECDSA and Ed25519 in JavaScript, RSA through WebCrypto. Without WebCrypto (a page that
 * is not a secure context has none) RSA signatures are never accepted.
 */
export function pureCryptoEngine(subtle: Subtle | undefined = globalThis.crypto?.subtle): CryptoEngine {
  return {
    async verify(key, algorithm, message, signature) {
      const scheme = signatureScheme(algorithm);
      if (scheme === undefined || !fitsKey(scheme, key.kind)) return false;
      try {
        return await verifyScheme(scheme, { key, message, signature }, subtle);
      } catch {
        return false;
      }
    },
    digest,
  };
}
