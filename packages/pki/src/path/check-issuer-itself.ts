import type { Certificate } from '../x509/model.ts';
import { checkKey, TRADING_ALGORITHMS } from './algorithm-policy.ts';
import { checkAuthority } from './check-basic-constraints.ts';
import { checkCriticalExtensions } from './check-critical-extensions.ts';
import { checkIssuerExtendedKeyUsage } from './check-extended-key-usage.ts';
import { checkKeyUsage } from './check-key-usage.ts';
import { checkValidity } from './check-validity.ts';
import type { CheckFailure } from './failure.ts';
import type { PathRules } from './path-options.ts';
import { lintCertificate } from './profile-lint.ts';

/**
 * What makes an authority's certificate useless in every path, wherever that leads. Asked while building, so that dead
 * wood does not use up the budget for paths (RFC 4158 §3.2); the path as a whole is judged in full all the same.
 */
export const checkIssuerItself = (certificate: Certificate, rules: PathRules): CheckFailure | undefined =>
  checkKey(rules.algorithms ?? TRADING_ALGORITHMS, certificate.spki) ??
  checkValidity(certificate, rules.time) ??
  checkCriticalExtensions(certificate) ??
  lintCertificate(certificate, 'intermediate', rules.waivedProfileRules) ??
  checkAuthority(certificate) ??
  checkKeyUsage(certificate, 'sign-certificates') ??
  checkIssuerExtendedKeyUsage(certificate, rules.extendedKeyUsage);
