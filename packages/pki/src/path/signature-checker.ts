import { toHex } from '@hufu/kernel';
import type { CryptoEngine } from '../crypto-engine.ts';
import type { AlgorithmIdentifier, SubjectPublicKeyInfo } from '../x509/model.ts';
import { type AlgorithmPolicy, checkSignatureAlgorithm } from './algorithm-policy.ts';
import { type CheckFailure, refuse } from './failure.ts';
import type { Budget } from './limits.ts';
import type { VerifiedSignatures } from './verified-signatures.ts';

/** A certificate or a revocation list: what is signed and by what. */
export type SignedObject = {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
};

export type SignatureChecker = {
  /** Did this key sign this object, with an algorithm that the policy admits? */
  check(object: SignedObject, key: SubjectPublicKeyInfo): Promise<CheckFailure | undefined>;
};

export type SignatureCheckerParts = {
  readonly engine: CryptoEngine;
  readonly policy: AlgorithmPolicy;
  readonly verified: VerifiedSignatures;
  readonly budget: Budget;
};

/** Objects are immutable, so the hash of one is taken once: a revocation list of megabytes is not hashed per login. */
const hashes = new WeakMap<Uint8Array, string>();

function hashOf(engine: CryptoEngine, bytes: Uint8Array): string {
  const known = hashes.get(bytes);
  if (known !== undefined) return known;
  const hash = toHex(engine.digest('sha256', bytes));
  hashes.set(bytes, hash);
  return hash;
}

export function createSignatureChecker(parts: SignatureCheckerParts): SignatureChecker {
  const { engine, policy, verified, budget } = parts;
  return {
    async check(object, key) {
      const refused = checkSignatureAlgorithm(policy, object.signatureAlgorithm, key);
      if (refused) return refused;
      const entry = `${hashOf(engine, object.der)}:${hashOf(engine, key.der)}`;
      if (verified.has(entry)) return undefined;
      const exhausted = budget.spend('signatures');
      if (exhausted) return exhausted;
      const { tbs, signatureAlgorithm, signature } = object;
      if (!(await engine.verify(key, signatureAlgorithm, tbs, signature))) {
        return refuse('SIGNATURE_INVALID', 'RFC 5280 §6.1.3(a)(1)');
      }
      verified.add(entry);
      return undefined;
    },
  };
}
