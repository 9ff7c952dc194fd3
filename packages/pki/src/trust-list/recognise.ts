import type { CryptoEngine } from '../crypto-engine.ts';
import type { CertificatePath } from '../path/certificate-path.ts';
import type { KeyPurpose } from '../path/check-key-usage.ts';
import type { PathFailure, PathFailureCode } from '../path/failure.ts';
import { anchorFromCertificate, createTrustStore, type TrustStore } from '../path/trust-store.ts';
import { type PathVerdict, validatePath } from '../path/validate-path.ts';
import type { VerifiedSignatures } from '../path/verified-signatures.ts';
import type { HolderFacts } from '../profile/model.ts';
import { readProfile } from '../profile/read-profile.ts';
import type { Certificate } from '../x509/model.ts';
import { algorithmsOf } from './allowed-algorithms.ts';
import type { TrustedAuthority } from './model.ts';

/** Whose certificate this is, whether its path holds, and what it says about its holder. */
export type Recognition =
  | {
      readonly status: 'recognised';
      readonly authority: TrustedAuthority;
      readonly path: CertificatePath;
      readonly facts: HolderFacts;
    }
  | {
      readonly status: 'refused';
      readonly authority: TrustedAuthority;
      readonly failure: PathFailure;
      /** Only when the authority did sign the certificate and it fails for another cause. */
      readonly facts: HolderFacts | undefined;
    }
  | { readonly status: 'unrecognised' };

export type RecognitionOptions = { readonly purpose: KeyPurpose; readonly at: number };

export type TrustIndex = {
  readonly authorities: ReadonlyMap<string, TrustedAuthority>;
  recognise(certificate: Certificate, options: RecognitionOptions): Promise<Recognition>;
  /** The certificates of one authority, to verify its revocation lists by. */
  storeOf(authorityId: string): TrustStore | undefined;
};

export type TrustIndexParts = {
  readonly engine: CryptoEngine;
  /** Signatures found true before; shared between indexes. */
  readonly verified?: VerifiedSignatures;
};

type Entry = { readonly authority: TrustedAuthority; readonly store: TrustStore };

/** Failures that are found only after the issuer's signature was found true (RFC 5280 §6.1.3 order). */
const AFTER_SIGNATURE: ReadonlySet<PathFailureCode> = new Set([
  'EXPIRED',
  'NOT_YET_VALID',
  'KEY_USAGE_REFUSED',
  'EXTENDED_KEY_USAGE_REFUSED',
]);

/**
 * Tells the authority of a certificate. Each authority has a trust store of its own, so that equal names of two
 * authorities never mix, and each is judged by the algorithms of its own policy.
 */
export function createTrustIndex(
  authorities: readonly TrustedAuthority[],
  { engine, verified }: TrustIndexParts,
): TrustIndex {
  const entries = authorities.map((authority): Entry => {
    const anchors = authority.anchors.map(anchorFromCertificate);
    const { intermediates } = authority;
    return { authority, store: createTrustStore({ anchors, intermediates, engine }) };
  });
  const byId = new Map(entries.map((entry) => [entry.authority.id, entry]));

  const validate = (entry: Entry, certificate: Certificate, options: RecognitionOptions) =>
    validatePath({
      certificate,
      store: entry.store,
      engine,
      time: options.at,
      purpose: options.purpose,
      algorithms: algorithmsOf(entry.authority.policy),
      ...(verified === undefined ? {} : { verified }),
    });

  return {
    authorities: new Map(authorities.map((authority) => [authority.id, authority])),
    storeOf: (authorityId) => byId.get(authorityId)?.store,
    async recognise(certificate, options) {
      const refusals: Recognition[] = [];
      const found: Recognition[] = [];
      for (const entry of entries) {
        if (!mayHaveIssued(entry.store, certificate)) continue;
        const verdict = await validate(entry, certificate, options);
        (verdict.ok ? found : refusals).push(recognitionOf(entry.authority, certificate, verdict));
      }
      // Under a root that several share, only an issuing certificate of its own tells an authority.
      if (found.length > 1) return { status: 'unrecognised' };
      return found[0] ?? plainest(refusals);
    },
  };
}

function mayHaveIssued(store: TrustStore, certificate: Certificate): boolean {
  const { anchors, intermediates } = store.issuersOf(certificate);
  return anchors.length + intermediates.length > 0;
}

function recognitionOf(
  authority: TrustedAuthority,
  certificate: Certificate,
  verdict: PathVerdict,
): Recognition {
  if (verdict.ok) {
    const facts = readProfile(certificate, authority.profile);
    return { status: 'recognised', authority, path: verdict.path, facts };
  }
  const signed = verdict.certificateIndex === 0 && AFTER_SIGNATURE.has(verdict.code);
  const facts = signed ? readProfile(certificate, authority.profile) : undefined;
  return { status: 'refused', authority, failure: verdict, facts };
}

/** Of several refusals the one that knows the holder; without any, nobody of ours issued it. */
const plainest = (refusals: readonly Recognition[]): Recognition =>
  refusals.find((refusal) => refusal.status === 'refused' && refusal.facts !== undefined) ??
  refusals[0] ?? { status: 'unrecognised' };
