import type { Certificate, Name, SubjectPublicKeyInfo } from '../x509/model.ts';
import { completeKey } from './inherited-parameters.ts';
import type { TrustAnchor } from './trust-store.ts';

/** A chain from the certificate in question to an anchor. */
export type CertificatePath = {
  /** The end certificate first, the one that the anchor issued last. Never empty; the anchor is not among them. */
  readonly certificates: readonly [Certificate, ...Certificate[]];
  readonly anchor: TrustAnchor;
};

/** Subject and issuer are the same name: a key rollover within one authority (RFC 5280 §3.2). */
export const isSelfIssued = (certificate: Certificate): boolean =>
  certificate.subject.key === certificate.issuer.key;

export type PathIssuer = {
  readonly name: Name;
  readonly key: SubjectPublicKeyInfo;
  readonly certificate: Certificate | undefined;
};

/** Who issued the certificate at `index` of a path, with the key that verifies what it signs. */
export function issuerAt(path: CertificatePath, index: number): PathIssuer {
  const above = path.certificates.slice(index + 1);
  const key = above.reduceRight((working, { spki }) => completeKey(spki, working), path.anchor.key);
  const [certificate] = above;
  return certificate ? { name: certificate.subject, key, certificate } : path.anchor;
}
