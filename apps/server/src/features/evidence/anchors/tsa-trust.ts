import { CodedError, equalBytes, fromPem } from '@hufu/kernel';
import {
  anchorFromCertificate,
  type Certificate,
  type CryptoEngine,
  createTrustStore,
  EXTENDED_KEY_USAGE_OID,
  parseCertificate,
  validatePath,
} from '@hufu/pki';
import { anchorError } from './errors.ts';

/** Whether a signer may stamp for us, at the moment (ms since the epoch) that its token states. */
export type TsaTrust = (
  signer: Certificate,
  others: readonly Certificate[],
  time: number,
) => Promise<boolean>;

/**
 * Trust from a PEM file: certificates of authorities are anchors; one of a time-stamp service stands for itself alone.
 * @throws TSA_CERTIFICATES_UNREADABLE
 */
export function tsaTrust(pem: string, engine: CryptoEngine): TsaTrust {
  const certificates = readTsaCertificates(pem);
  const authorities = certificates.filter(isAuthority);
  const pinned = certificates.filter((one) => !isAuthority(one));
  const store = createTrustStore({
    anchors: authorities.map(anchorFromCertificate),
    intermediates: [],
    engine,
  });
  return async (signer, others, time) => {
    if (pinned.some((one) => equalBytes(one.der, signer.der))) {
      return signer.notBefore <= time && time <= signer.notAfter;
    }
    const verdict = await validatePath({
      certificate: signer,
      store: store.withIntermediates(others),
      engine,
      time,
      extendedKeyUsage: EXTENDED_KEY_USAGE_OID.timeStamping,
    });
    return verdict.ok;
  };
}

export const isAuthority = (certificate: Certificate): boolean => certificate.basicConstraints?.ca === true;

/** @throws TSA_CERTIFICATES_UNREADABLE */
export function readTsaCertificates(pem: string): Certificate[] {
  try {
    const found = fromPem('CERTIFICATE', pem).map((der) => parseCertificate(der));
    if (found.length > 0) return found;
  } catch (error) {
    if (error instanceof CodedError) throw anchorError('TSA_CERTIFICATES_UNREADABLE', {}, error);
    throw error;
  }
  throw anchorError('TSA_CERTIFICATES_UNREADABLE');
}
