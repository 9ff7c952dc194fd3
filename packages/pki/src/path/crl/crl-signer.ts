import { equalBytes } from '@hufu/kernel';
import type { Crl } from '../../crl/model.ts';
import type { Certificate, SubjectPublicKeyInfo } from '../../x509/model.ts';
import { type CertificatePath, issuerAt, type PathIssuer } from '../certificate-path.ts';
import { checkKeyUsage } from '../check-key-usage.ts';
import { type CheckFailure, refuse } from '../failure.ts';
import type { PathObjection } from '../path-options.ts';
import type { SignatureChecker } from '../signature-checker.ts';
import type { TrustStore } from '../trust-store.ts';
import type { PathVerdict } from '../validate-path.ts';
import type { CrlUnknownReason } from './crl-status.ts';

export type SignerTools = {
  readonly store: TrustStore;
  readonly signatures: SignatureChecker;
  /** Path validation for a signer's certificate, with the same rules as the path in question. */
  readonly validate: (
    certificate: Certificate,
    accept: (path: CertificatePath) => Promise<PathObjection | undefined>,
  ) => Promise<PathVerdict>;
  /** What stands against a signer's own path: its revocation. */
  readonly objectTo: (path: CertificatePath) => Promise<PathObjection | undefined>;
};

/** Whose certificate is asked about: the one at `index` of a valid path. */
export type Subject = { readonly path: CertificatePath; readonly index: number };

/**
 * §6.3.3(f) and (g): is the list signed by someone who may? The issuer's own key may, if its key usage lets it; so may
 * another certificate in the issuer's name that holds a valid path to the same anchor. Undefined means yes.
 */
export async function checkCrlSigner(
  crl: Crl,
  subject: Subject,
  tools: SignerTools,
): Promise<CrlUnknownReason | undefined> {
  let reason: CrlUnknownReason = 'wrong-signer';
  for (const issuer of issuersAbove(subject)) {
    if (issuer.name.key !== crl.issuer.key || !maySign(crl, issuer)) continue;
    const failure = await tools.signatures.check(crl, issuer.key);
    if (!failure) return undefined;
    reason = tellingReason(reason, failure);
  }
  for (const certificate of tools.store.withSubject(crl.issuer)) {
    if (!maySign(crl, { certificate })) continue;
    const verdict = await validateSigner(crl, { certificate, subject, tools });
    if (verdict === undefined) return undefined;
    reason = tellingReason(reason, verdict);
  }
  return reason;
}

/** The authorities of the path above the certificate, the anchor last. */
const issuersAbove = ({ path, index }: Subject): PathIssuer[] =>
  path.certificates.slice(index).map((_, i) => issuerAt(path, index + i));

/** cRLSign where usages are stated, and the key identifier of the list where both state one. */
function maySign(crl: Crl, { certificate }: Pick<PathIssuer, 'certificate'>): boolean {
  if (certificate === undefined) return true;
  if (checkKeyUsage(certificate, 'sign-revocation-lists')) return false;
  const [pointer, own] = [crl.authorityKeyIdentifier, certificate.subjectKeyIdentifier];
  return pointer === undefined || own === undefined || equalBytes(pointer, own);
}

type Candidate = {
  readonly certificate: Certificate;
  readonly subject: Subject;
  readonly tools: SignerTools;
};

async function validateSigner(
  crl: Crl,
  { certificate, subject, tools }: Candidate,
): Promise<CheckFailure | undefined> {
  const refused = await tools.signatures.check(crl, certificate.spki);
  if (refused) return refused;
  const verdict = await tools.validate(certificate, async (path) =>
    sameKey(path.anchor.key, subject.path.anchor.key) ? tools.objectTo(path) : OTHER_ANCHOR,
  );
  return verdict.ok ? undefined : verdict;
}

const OTHER_ANCHOR: PathObjection = {
  certificateIndex: 0,
  failure: refuse('NO_PATH', 'RFC 5280 §6.3.3(f)', 'another-anchor'),
};

const sameKey = (a: SubjectPublicKeyInfo, b: SubjectPublicKeyInfo): boolean => equalBytes(a.der, b.der);

/** A wrong signature or algorithm under the right name says more than that nobody else fits. */
function tellingReason(reason: CrlUnknownReason, failure: CheckFailure): CrlUnknownReason {
  if (failure.code === 'SIGNATURE_INVALID') return 'unsigned';
  if (failure.code === 'SIGNATURE_ALGORITHM_REFUSED') return 'weak-algorithm';
  return reason;
}
