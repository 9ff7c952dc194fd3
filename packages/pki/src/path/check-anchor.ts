import { checkKey, TRADING_ALGORITHMS } from './algorithm-policy.ts';
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
import type { TrustAnchor } from './trust-store.ts';

/**
 * RFC 5937: an anchor that is given as a certificate binds by what it says of itself. A bare name and key binds by
 * nothing but the strength of the key.
 */
export function checkAnchor(
  anchor: TrustAnchor,
  rules: PathRules,
  state: PathState,
): CheckFailure | undefined {
  const weak = checkKey(rules.algorithms ?? TRADING_ALGORITHMS, anchor.key);
  const { certificate } = anchor;
  if (weak || !certificate) return weak;
  takePathLength(certificate, state);
  takePolicyConstraints({ certificate }, state);
  return (
    checkValidity(certificate, rules.time) ??
    checkCriticalExtensions(certificate) ??
    // A root of version 1 cannot state that it is an authority; having been configured, it need not.
    (certificate.version === 3 ? checkAuthority(certificate) : undefined) ??
    checkKeyUsage(certificate, 'sign-certificates') ??
    checkIssuerExtendedKeyUsage(certificate, rules.extendedKeyUsage) ??
    lintCertificate(certificate, 'anchor', rules.waivedProfileRules) ??
    (certificate.nameConstraints && addConstraints(state.names, certificate.nameConstraints))
  );
}
