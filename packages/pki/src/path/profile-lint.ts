import { contextTag, primitiveContextTag, readDer } from '@hufu/gm';
import { equalBytes } from '@hufu/kernel';
import type { Certificate, GeneralName } from '../x509/model.ts';
import { EXTENSION_OID } from '../x509/oids.ts';
import { type CheckFailure, refuse } from './failure.ts';
import { isHostName } from './name-constraints/dns-rule.ts';
import { isMailbox } from './name-constraints/email-rule.ts';

/**
 * The demands of RFC 5280 §4 on conforming authorities that §6 does not check. On by default; a rule that an accepted
 * authority is known to break can be waived for it by name. Demands that the parser enforces are not repeated here.
 */
export type ProfileRule =
  | 'authority-key-identifier-present'
  | 'authority-key-identifier-consistent'
  | 'authority-key-identifier-complete'
  | 'subject-key-identifier-present'
  | 'basic-constraints-critical'
  | 'path-length-only-in-authority'
  | 'key-usage-not-empty'
  | 'certificate-signing-only-in-authority'
  | 'alternative-name-critical-without-subject'
  | 'alternative-names-well-formed'
  | 'name-constraints-critical'
  | 'name-constraints-only-in-authority'
  | 'policy-constraints-critical'
  | 'policy-constraints-not-empty'
  | 'inhibit-any-policy-critical'
  | 'identifiers-not-critical';

/** A root vouches for itself (RFC 5280 §3.2 self-signed); any other anchor is an authority that another one signed. */
export type CertificateRole = 'root' | 'anchor' | 'intermediate' | 'end';

type Rule = {
  readonly rule: ProfileRule;
  readonly clause: string;
  readonly holds: (certificate: Certificate, role: CertificateRole) => boolean;
};

const NEVER_CRITICAL = [
  EXTENSION_OID.authorityKeyIdentifier,
  EXTENSION_OID.subjectKeyIdentifier,
  EXTENSION_OID.authorityInformationAccess,
];

const isCritical = (certificate: Certificate, oid: string): boolean =>
  certificate.extensions.get(oid)?.critical === true;

const criticalIfPresent = (certificate: Certificate, oid: string): boolean =>
  !certificate.extensions.has(oid) || isCritical(certificate, oid);

const isAuthority = (certificate: Certificate): boolean => certificate.basicConstraints?.ca === true;

const isIpv4Text = (text: string): boolean => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text);

function isWellFormed(name: GeneralName): boolean {
  switch (name.kind) {
    case 'dns':
      // §4.2.1.6: the preferred name syntax, so neither underscores nor addresses; a wildcard is one whole label.
      return isHostName(name.text.replace(/^\*\./, '')) && !name.text.includes('_') && !isIpv4Text(name.text);
    case 'email':
      return isMailbox(name.text);
    case 'ip':
      return name.address.length === 4 || name.address.length === 16;
    case 'uri':
      return /^[a-z][a-z0-9+.-]*:./i.test(name.text);
    default:
      return true;
  }
}

/** authorityCertIssuer [1] and authorityCertSerialNumber [2] come together or not at all. */
function namesIssuerWholly(certificate: Certificate): boolean {
  const extension = certificate.extensions.get(EXTENSION_OID.authorityKeyIdentifier);
  if (extension === undefined) return true;
  const tags = readDer(extension.value, (reader) => {
    const fields = reader.sequence();
    const found: (number | undefined)[] = [];
    while (!fields.done) {
      found.push(fields.peek());
      fields.next();
    }
    return found;
  });
  return tags.includes(contextTag(1)) === tags.includes(primitiveContextTag(2));
}

const RULES: readonly Rule[] = [
  {
    rule: 'identifiers-not-critical',
    clause: 'RFC 5280 §4.2.1.1, §4.2.1.2, §4.2.2.1',
    holds: (certificate) => !NEVER_CRITICAL.some((oid) => isCritical(certificate, oid)),
  },
  {
    rule: 'authority-key-identifier-present',
    clause: 'RFC 5280 §4.2.1.1',
    // A root may leave the extension out, not the identifier in it.
    holds: (certificate, role) =>
      certificate.authorityKeyIdentifier !== undefined ||
      (role === 'root' && !certificate.extensions.has(EXTENSION_OID.authorityKeyIdentifier)),
  },
  {
    rule: 'authority-key-identifier-consistent',
    clause: 'RFC 5280 §4.2.1.1',
    holds(certificate, role) {
      const { authorityKeyIdentifier: above, subjectKeyIdentifier: own } = certificate;
      return role !== 'root' || !above || !own || equalBytes(above, own);
    },
  },
  {
    rule: 'authority-key-identifier-complete',
    clause: 'RFC 5280 §4.2.1.1',
    holds: namesIssuerWholly,
  },
  {
    rule: 'subject-key-identifier-present',
    clause: 'RFC 5280 §4.2.1.2',
    holds: (certificate) => !isAuthority(certificate) || certificate.subjectKeyIdentifier !== undefined,
  },
  {
    rule: 'basic-constraints-critical',
    clause: 'RFC 5280 §4.2.1.9',
    holds: (certificate, role) => role === 'end' || isCritical(certificate, EXTENSION_OID.basicConstraints),
  },
  {
    rule: 'path-length-only-in-authority',
    clause: 'RFC 5280 §4.2.1.9',
    holds: (certificate) =>
      isAuthority(certificate) || certificate.basicConstraints?.pathLength === undefined,
  },
  {
    rule: 'key-usage-not-empty',
    clause: 'RFC 5280 §4.2.1.3',
    holds: (certificate) => certificate.keyUsage === undefined || certificate.keyUsage.size > 0,
  },
  {
    rule: 'certificate-signing-only-in-authority',
    clause: 'RFC 5280 §4.2.1.3, §4.2.1.9',
    holds: (certificate) => isAuthority(certificate) || !certificate.keyUsage?.has('keyCertSign'),
  },
  {
    rule: 'alternative-name-critical-without-subject',
    clause: 'RFC 5280 §4.1.2.6',
    holds: (certificate) =>
      certificate.subject.rdns.length > 0 || isCritical(certificate, EXTENSION_OID.subjectAltName),
  },
  {
    rule: 'alternative-names-well-formed',
    clause: 'RFC 5280 §4.2.1.6',
    holds: (certificate) => certificate.subjectAlternativeNames?.every(isWellFormed) ?? true,
  },
  {
    rule: 'name-constraints-critical',
    clause: 'RFC 5280 §4.2.1.10',
    holds: (certificate) => criticalIfPresent(certificate, EXTENSION_OID.nameConstraints),
  },
  {
    rule: 'name-constraints-only-in-authority',
    clause: 'RFC 5280 §4.2.1.10',
    holds: (certificate) => isAuthority(certificate) || certificate.nameConstraints === undefined,
  },
  {
    rule: 'policy-constraints-critical',
    clause: 'RFC 5280 §4.2.1.11',
    holds: (certificate) => criticalIfPresent(certificate, EXTENSION_OID.policyConstraints),
  },
  {
    rule: 'policy-constraints-not-empty',
    clause: 'RFC 5280 §4.2.1.11',
    holds({ policyConstraints }) {
      if (policyConstraints === undefined) return true;
      const { requireExplicitPolicy, inhibitPolicyMapping } = policyConstraints;
      return requireExplicitPolicy !== undefined || inhibitPolicyMapping !== undefined;
    },
  },
  {
    rule: 'inhibit-any-policy-critical',
    clause: 'RFC 5280 §4.2.1.14',
    holds: (certificate) => criticalIfPresent(certificate, EXTENSION_OID.inhibitAnyPolicy),
  },
];

/** The first rule that the certificate breaks in its role and that is not waived. Roots before version 3 cannot keep any. */
export function lintCertificate(
  certificate: Certificate,
  role: CertificateRole,
  waived: ReadonlySet<string> | 'all' = new Set(),
): CheckFailure | undefined {
  const isOldRoot = certificate.version < 3 && (role === 'root' || role === 'anchor');
  if (waived === 'all' || isOldRoot) return undefined;
  const broken = RULES.find(({ rule, holds }) => !waived.has(rule) && !holds(certificate, role));
  return broken && refuse('PROFILE_VIOLATED', broken.clause, broken.rule);
}
