import type { Crl } from '../crl/model.ts';
import type { CryptoEngine } from '../crypto-engine.ts';
import type { AlgorithmPolicy } from '../path/algorithm-policy.ts';
import { checkKeyUsage } from '../path/check-key-usage.ts';
import { createBudget, DEFAULT_LIMITS } from '../path/limits.ts';
import { createSignatureChecker } from '../path/signature-checker.ts';
import type { TrustStore } from '../path/trust-store.ts';
import { createVerifiedSignatures, type VerifiedSignatures } from '../path/verified-signatures.ts';

export type CrlGenuineness = {
  readonly store: TrustStore;
  readonly engine: CryptoEngine;
  readonly algorithms: AlgorithmPolicy;
  /** Filled, so that the first verdict by this list costs no signature. */
  readonly verified?: VerifiedSignatures;
};

/**
 * Whether a fetched list is worth keeping: signed by a certificate of the authority's own store that may sign lists.
 * Whether it speaks about a given certificate is asked again for each, by `judgeCrls`.
 */
export async function isCrlGenuine(crl: Crl, question: CrlGenuineness): Promise<boolean> {
  const { store, engine, algorithms, verified } = question;
  const checker = createSignatureChecker({
    engine,
    policy: algorithms,
    verified: verified ?? createVerifiedSignatures(1),
    budget: createBudget(DEFAULT_LIMITS),
  });
  for (const certificate of store.withSubject(crl.issuer)) {
    if (checkKeyUsage(certificate, 'sign-revocation-lists') !== undefined) continue;
    if ((await checker.check(crl, certificate.spki)) === undefined) return true;
  }
  return false;
}
