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

/** Certificates are parsed anew at every login and known by their hash; lists are held, and known by being the same one. */
const HASHED_UP_TO = 64 * 1024;

/** Bytes are never changed after parsing, so their name is found once. */
const names = new WeakMap<Uint8Array, string>();
let heldObjects = 0;

function nameOf(engine: CryptoEngine, bytes: Uint8Array): string {
  const known = names.get(bytes);
  if (known !== undefined) return known;
  // Hashing megabytes would hold up the event loop for as long as the signature itself.
  const name = bytes.length > HASHED_UP_TO ? `held-${++heldObjects}` : toHex(engine.digest('sha256', bytes));
  names.set(bytes, name);
  return name;
}

export function createSignatureChecker(parts: SignatureCheckerParts): SignatureChecker {
  const { engine, policy, verified, budget } = parts;
  // Kept for one verdict only: a wrong key under the right name may turn up on many ways.
  const wrong = new Map<string, CheckFailure>();
  return {
    async check(object, key) {
      const refused = checkSignatureAlgorithm(policy, object.signatureAlgorithm, key);
      if (refused) return refused;
      const entry = `${nameOf(engine, object.der)}:${nameOf(engine, key.der)}`;
      if (verified.has(entry)) return undefined;
      const known = wrong.get(entry);
      if (known) return known;
      const exhausted = budget.spend('signatures');
      if (exhausted) return exhausted;
      const { tbs, signatureAlgorithm, signature } = object;
      if (!(await engine.verify(key, signatureAlgorithm, tbs, signature))) {
        const failure = refuse('SIGNATURE_INVALID', 'RFC 5280 §6.1.3(a)(1)');
        wrong.set(entry, failure);
        return failure;
      }
      verified.add(entry);
      return undefined;
    },
  };
}
