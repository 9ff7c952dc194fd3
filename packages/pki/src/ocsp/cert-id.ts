import { type DerReader, derNull, derOctetString, derOid, derSequence, readDer } from '@hufu/gm';
import { equalBytes } from '@hufu/kernel';
import { derSerial } from '../build/signed.ts';
import type { CryptoEngine, DigestAlgorithm } from '../crypto-engine.ts';
import { serialToHex } from '../x509/certificate.ts';
import { readAlgorithm } from '../x509/key.ts';
import type { Certificate } from '../x509/model.ts';
import { DIGEST_OID } from '../x509/oids.ts';
import { digestOfOid } from '../x509/signature-algorithm.ts';
import type { CertId } from './model.ts';

const MAX_SERIAL_OCTETS = 20;

/** CertID (RFC 6960 §4.1.1). @throws DER_* */
export function readCertId(reader: DerReader): CertId {
  const inner = reader.sequence();
  const der = reader.bytes.subarray(reader.start, reader.contentEnd);
  const hashOid = readAlgorithm(inner).oid;
  const issuerNameHash = inner.octetString();
  const issuerKeyHash = inner.octetString();
  const serialHex = serialToHex(inner.integerBytes({ maxBytes: MAX_SERIAL_OCTETS }));
  inner.finish();
  return { der, hashOid, issuerNameHash, issuerKeyHash, serialHex };
}

/** @throws DER_* */
export const parseCertId = (der: Uint8Array): CertId => readDer(der, readCertId);

export type CertIdSubject = {
  readonly issuer: Certificate;
  /** Unsigned octets, or `Certificate.serial`. */
  readonly serial: Uint8Array;
  /** SHA-1 unless given: the one that every responder knows. */
  readonly digest?: DigestAlgorithm;
};

/** Encodes the CertID of a certificate: digests of its issuer's name and key, and its serial number. */
export function buildCertId(subject: CertIdSubject, engine: CryptoEngine): Uint8Array {
  const { issuer, serial, digest = 'sha1' } = subject;
  return derSequence(
    derSequence(derOid(DIGEST_OID[digest]), derNull()),
    derOctetString(engine.digest(digest, issuer.subject.der)),
    derOctetString(engine.digest(digest, issuer.spki.publicKey)),
    derSerial(serial),
  );
}

/** Whether the CertID speaks of certificates of this issuer. An unknown digest matches nothing. */
export function isCertIdOfIssuer(certId: CertId, issuer: Certificate, engine: CryptoEngine): boolean {
  const digest = digestOfOid(certId.hashOid);
  if (digest === undefined) return false;
  return (
    equalBytes(certId.issuerNameHash, engine.digest(digest, issuer.subject.der)) &&
    equalBytes(certId.issuerKeyHash, engine.digest(digest, issuer.spki.publicKey))
  );
}

/** Whether the CertID speaks of this certificate. */
export const isCertIdOf = (
  certId: CertId,
  subject: { readonly issuer: Certificate; readonly certificate: Certificate },
  engine: CryptoEngine,
): boolean =>
  certId.serialHex === subject.certificate.serialHex && isCertIdOfIssuer(certId, subject.issuer, engine);
