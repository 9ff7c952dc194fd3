import type { Certificate } from '../x509/model.ts';
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
