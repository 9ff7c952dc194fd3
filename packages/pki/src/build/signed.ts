import { derBitString, derNull, derOid, derSequence, derUnsigned } from '@hufu/gm';
import type { SignatureAlgorithm, Signer } from '../crypto-engine.ts';
import { pkiError } from '../errors.ts';
import { SIGNATURE_OID } from '../x509/oids.ts';

const IDENTIFIERS: Readonly<Record<SignatureAlgorithm, Uint8Array>> = {
  'sm2-sm3': derSequence(derOid(SIGNATURE_OID.sm2Sm3)),
  'ecdsa-p256-sha256': derSequence(derOid(SIGNATURE_OID.ecdsaSha256)),
  'rsa-pkcs1-sha256': derSequence(derOid(SIGNATURE_OID.rsaSha256), derNull()),
};

/** AlgorithmIdentifier of the signatures that this signer makes. */
export const signatureIdentifier = (algorithm: SignatureAlgorithm): Uint8Array => IDENTIFIERS[algorithm];

/** SIGNED { tbs }: the shape that certificate, request, CRL and OCSP response share. */
export async function signDer(
  tbs: Uint8Array,
  signer: Signer,
  ...trailer: readonly Uint8Array[]
): Promise<Uint8Array> {
  const signature = await signer.sign(tbs);
  return derSequence(tbs, signatureIdentifier(signer.algorithm), derBitString(signature), ...trailer);
}

const MAX_SERIAL_OCTETS = 20;

/** CertificateSerialNumber from unsigned octets: positive, at most 20 octets (RFC 5280 §4.1.2.2). @throws BUILD_SERIAL */
export function derSerial(serial: Uint8Array): Uint8Array {
  const encoded = derUnsigned(serial);
  const tooLong = encoded.length - 2 > MAX_SERIAL_OCTETS;
  if (tooLong || serial.every((octet) => octet === 0)) throw pkiError('BUILD_SERIAL');
  return encoded;
}
