import { derContext, derInteger, derSequence, derTime } from '@hufu/gm';
import type { Signer } from '../crypto-engine.ts';
import { buildExtension, type ExtensionSpec } from './extensions.ts';
import { derSerial, signatureIdentifier, signDer } from './signed.ts';

export type CertificateSpec = {
  /** Unsigned octets, at most 20 with a sign octet. */
  readonly serial: Uint8Array;
  /** Encoded Name, as in the issuer's own certificate. */
  readonly issuer: Uint8Array;
  /** Encoded Name. */
  readonly subject: Uint8Array;
  /** Milliseconds since the epoch, cut to seconds. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  readonly extensions: readonly ExtensionSpec[];
};

/** A version 3 certificate (RFC 5280 §4.1) in DER, signed by the issuer's key. @throws BUILD_SERIAL, DER_* */
export function buildCertificate(spec: CertificateSpec, issuer: Signer): Promise<Uint8Array> {
  const tbs = derSequence(
    derContext(0, derInteger(2)),
    derSerial(spec.serial),
    signatureIdentifier(issuer.algorithm),
    spec.issuer,
    derSequence(derTime(spec.notBefore), derTime(spec.notAfter)),
    spec.subject,
    spec.publicKey,
    spec.extensions.length === 0
      ? undefined
      : derContext(3, derSequence(...spec.extensions.map(buildExtension))),
  );
  return signDer(tbs, issuer);
}
