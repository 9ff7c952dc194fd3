import type { Certificate, KeyKind, SignatureAlgorithm } from '@hufu/pki';
import { TRADING_ALGORITHMS } from '@hufu/pki';
import { sealError } from '../errors.ts';

/** OD-36: what may be signed with. A kind of key that is not here makes no seal. */
const ALGORITHM_OF: Readonly<Partial<Record<KeyKind, SignatureAlgorithm>>> = {
  sm2: 'sm2-sm3',
  p256: 'ecdsa-p256-sha256',
  rsa: 'rsa-pkcs1-sha256',
};

/**
 * The one algorithm that this certificate's key signs with: it follows from the key, so nobody can choose a weaker one.
 * Whether the certificate is trusted and in date is for path validation.
 * @throws SEALING_KEY_REFUSED for other kinds of key and for RSA below 2048 bits (OD-36), SEALING_KEY_USAGE when the
 * certificate is not for signatures (RFC 5280 §4.2.1.3; the encryption half of a GB/T 20518 pair)
 */
export function signingAlgorithm(certificate: Certificate): SignatureAlgorithm {
  const { spki, keyUsage } = certificate;
  const algorithm = ALGORITHM_OF[spki.kind];
  const isSound =
    spki.kind !== 'rsa' || (spki.bits >= TRADING_ALGORITHMS.minimumRsaBits && spki.bits % 8 === 0);
  if (algorithm === undefined || !isSound) throw sealError('SEALING_KEY_REFUSED', { key: spki.kind });
  const signs = keyUsage === undefined || keyUsage.has('digitalSignature') || keyUsage.has('nonRepudiation');
  if (!signs) throw sealError('SEALING_KEY_USAGE');
  return algorithm;
}
