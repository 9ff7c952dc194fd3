import type { CryptoEngine } from '../crypto-engine.ts';
import type { Certificate } from '../x509/model.ts';
import type { AlgorithmPolicy } from './algorithm-policy.ts';
import type { CertificatePath } from './certificate-path.ts';
import type { KeyPurpose } from './check-key-usage.ts';
import type { CrlProfileRule } from './crl/crl-profile.ts';
import type { CheckFailure } from './failure.ts';
import type { Limits } from './limits.ts';
import type { ProfileRule } from './profile-lint.ts';
import type { TrustStore } from './trust-store.ts';
import type { VerifiedSignatures } from './verified-signatures.ts';

/** Inputs (c) to (g) of RFC 5280 §6.1.1. All left out: any policy, none demanded. */
export type PolicyInputs = {
  /** user-initial-policy-set; undefined is any-policy. */
  readonly accepted?: ReadonlySet<string> | undefined;
  readonly requireExplicit?: boolean;
  readonly inhibitMapping?: boolean;
  readonly inhibitAny?: boolean;
};

/** What the end certificate is to be used for. */
export type EndUse = {
  /** Which key usage bits will do; undefined asks for none. */
  readonly purpose?: KeyPurpose | undefined;
  /** One OID that the whole path has to allow; undefined asks for none. */
  readonly extendedKeyUsage?: string | undefined;
  /** Whether anyExtendedKeyUsage in the end certificate will do for it (RFC 5280 §4.2.1.12). Default: no. */
  readonly acceptAnyExtendedKeyUsage?: boolean;
};

/** What one path is judged by. */
export type PathRules = EndUse & {
  /** The moment of which validity is asked, ms UTC. */
  readonly time: number;
  readonly policies?: PolicyInputs;
  /** Default {@link TRADING_ALGORITHMS}. */
  readonly algorithms?: AlgorithmPolicy;
  /** Rules of RFC 5280 §4 that are not insisted on for this authority; `all` leaves only §6.1. Default: none waived. */
  readonly waivedProfileRules?: ReadonlySet<ProfileRule | CrlProfileRule> | 'all';
  /** Default {@link DEFAULT_LIMITS}, each on its own. */
  readonly limits?: Partial<Limits>;
};

export type ValidatePathOptions = PathRules & {
  readonly certificate: Certificate;
  readonly store: TrustStore;
  readonly engine: CryptoEngine;
  /** Signatures found true before. Without it every verdict verifies afresh. */
  readonly verified?: VerifiedSignatures;
  /** A further condition on a path that is otherwise valid, for example its revocation status; refusing it, the search goes on. */
  readonly accept?: (path: CertificatePath) => Promise<PathObjection | undefined>;
};

/** Why {@link ValidatePathOptions.accept} will not have a path, and on account of which of its certificates. */
export type PathObjection = { readonly certificateIndex: number; readonly failure: CheckFailure };
