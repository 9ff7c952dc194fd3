import type { Certificate } from '../x509/model.ts';
import { checkKey, TRADING_ALGORITHMS } from './algorithm-policy.ts';
import { isSelfIssued } from './certificate-path.ts';
import { checkAuthority, takePathLength } from './check-basic-constraints.ts';
import { checkCriticalExtensions } from './check-critical-extensions.ts';
import { checkIssuerExtendedKeyUsage } from './check-extended-key-usage.ts';
import { checkKeyUsage } from './check-key-usage.ts';
import { takePolicyConstraints } from './check-policies.ts';
import { checkValidity } from './check-validity.ts';
import type { CheckFailure } from './failure.ts';
import { addConstraints } from './name-constraints/constraint-set.ts';
import type { PathRules } from './path-options.ts';
import type { PathState } from './path-state.ts';
import { lintCertificate } from './profile-lint.ts';
import type { SignatureChecker } from './signature-checker.ts';
import type { TrustAnchor } from './trust-store.ts';

export type AnchorContext = { readonly rules: PathRules; readonly signatures: SignatureChecker };

/**
 * RFC 5937: an anchor that is given as a certificate binds by what it says of itself. A bare name and key binds by
 * nothing but the strength of the key.
 */
export async function checkAnchor(
  anchor: TrustAnchor,
  state: PathState,
  { rules, signatures }: AnchorContext,
): Promise<CheckFailure | undefined> {
  const weak = checkKey(rules.algorithms ?? TRADING_ALGORITHMS, anchor.key);
  const { certificate } = anchor;
  if (weak || !certificate) return weak;
  const role = (await isSelfSigned(certificate, signatures)) ? 'root' : 'anchor';
  takePathLength(certificate, state);
  takePolicyConstraints({ certificate }, state);
  return (
    checkValidity(certificate, rules.time) ??
    checkCriticalExtensions(certificate) ??
    // A root of version 1 cannot state that it is an authority; having been configured, it need not.
    (certificate.version === 3 ? checkAuthority(certificate) : undefined) ??
    checkKeyUsage(certificate, 'sign-certificates') ??
    checkIssuerExtendedKeyUsage(certificate, rules.extendedKeyUsage) ??
    lintCertificate(certificate, role, rules.waivedProfileRules) ??
    (certificate.nameConstraints && addConstraints(state.names, certificate.nameConstraints))
  );
}

/** Where the names agree the key is believed: a root's own signature, perhaps of an old algorithm, proves nothing. */
const isSelfSigned = async (certificate: Certificate, signatures: SignatureChecker): Promise<boolean> =>
  isSelfIssued(certificate) || (await signatures.check(certificate, certificate.spki)) === undefined;
