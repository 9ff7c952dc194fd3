import { isHostName } from './dns-rule.ts';
import { hostMatches, isHostConstraint } from './host-rule.ts';
import type { ConstraintRule } from './rule.ts';

// RFC 3986 §2: everything else (backslashes above all) is read in more than one way by those who open addresses.
const URI_CHARACTERS = /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/;
// RFC 3986 §3.2: scheme, authority with optional user information, host, port. A bracketed address never matches.
const AUTHORITY = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:@[\]]+)(?::\d*)?(?:[/?#]|$)/i;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** RFC 5280 §4.2.1.10: the host must be a full name; addresses and URIs without an authority are refused. */
function hostOf(uri: string): string | undefined {
  const host = URI_CHARACTERS.test(uri) ? AUTHORITY.exec(uri)?.[1] : undefined;
  return host !== undefined && isHostName(host) && !IPV4.test(host) ? host : undefined;
}

function matches(uri: string, constraint: string): boolean {
  const host = hostOf(uri);
  return host !== undefined && hostMatches(host, constraint);
}

export const uriRule: ConstraintRule<string> = {
  constraintIsWellFormed: isHostConstraint,
  nameIsWellFormed: (uri) => hostOf(uri) !== undefined,
  within: matches,
  touches: matches,
};
