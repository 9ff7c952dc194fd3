import { toHex, utf8 } from '@hufu/kernel';
import type { CryptoEngine } from '../crypto-engine.ts';
import type { Certificate } from '../x509/model.ts';

/**
 * What makes a certificate this one and no other (14a, OD-40): issuer, serial number and public key. A serial alone
 * is not enough: a faulty authority has given one number to two certificates before.
 */
export type CertificateIdentity = {
  /** SHA-256 of the issuer name's comparison form (RFC 5280 §7.1), hexadecimal. */
  readonly issuerHash: string;
  readonly serialHex: string;
  /** SHA-256 of the SubjectPublicKeyInfo, hexadecimal. */
  readonly keyHash: string;
  /** The three in one string. */
  readonly id: string;
};

export function certificateIdentity(certificate: Certificate, engine: CryptoEngine): CertificateIdentity {
  const issuerHash = toHex(engine.digest('sha256', utf8(certificate.issuer.key)));
  const keyHash = toHex(engine.digest('sha256', certificate.spki.der));
  const { serialHex } = certificate;
  return { issuerHash, serialHex, keyHash, id: `${issuerHash}:${serialHex}:${keyHash}` };
}
