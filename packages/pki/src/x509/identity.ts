import { toHex, utf8 } from '@hufu/kernel';
import { digest } from '../crypto/digest.ts';
import type { Certificate, SubjectPublicKeyInfo } from './model.ts';

/** SHA-256 of the whole certificate, lower case hexadecimal: how people and logs name one. */
export const certificateFingerprint = (certificate: Certificate): string =>
  toHex(digest('sha256', certificate.der));

/** SHA-256 of SubjectPublicKeyInfo, lower case hexadecimal. */
export const publicKeyHash = (key: SubjectPublicKeyInfo): string => toHex(digest('sha256', key.der));

/** Subject key identifier of RFC 5280 §4.2.1.2 method 1: SHA-1 of the key's bits, 20 octets. */
export const keyIdentifier = (key: SubjectPublicKeyInfo): Uint8Array => digest('sha1', key.publicKey);

export type CertificateIdentity = {
  /** SHA-256 of the canonical issuer name, lower case hexadecimal. */
  readonly issuerHash: string;
  readonly serialHex: string;
  readonly publicKeyHash: string;
};

/** What makes a certificate the same one: issuer, serial number and public key (OD-03, OD-40 as decided in 14a). */
export const certificateIdentity = (certificate: Certificate): CertificateIdentity => ({
  issuerHash: toHex(digest('sha256', utf8(certificate.issuer.key))),
  serialHex: certificate.serialHex,
  publicKeyHash: publicKeyHash(certificate.spki),
});

/** The identity as one text for a unique index: `issuerHash:serialHex:publicKeyHash`. */
export const identityText = (identity: CertificateIdentity): string =>
  `${identity.issuerHash}:${identity.serialHex}:${identity.publicKeyHash}`;
