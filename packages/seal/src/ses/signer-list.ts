import { equalBytes } from '@hufu/kernel';
import { DIGEST_OID, type DigestAlgorithm, digest } from '@hufu/pki';
import type { CertificateDigest, ElectronicSeal } from './model.ts';

const SHA256_NAMES = new Set(['SHA256', DIGEST_OID.sha256]);

/** The vendor chooses the name of the digest; what is not plainly SHA-256 is SM3, the standard's own. */
const digestNamed = (type: string): DigestAlgorithm =>
  SHA256_NAMES.has(type.toUpperCase().replaceAll('-', '')) ? 'sha256' : 'sm3';

/**
 * Whether the seal's list names this certificate (DER), as a whole or by its digest: nobody else may seal with it
 * (SES_CertList, GB/T 38540-2020).
 */
export function isSignerListed(seal: ElectronicSeal, certificate: Uint8Array): boolean {
  const { signers } = seal.info.property;
  const matches = ({ type, value }: CertificateDigest): boolean =>
    equalBytes(value, digest(digestNamed(type), certificate));
  return signers.kind === 'certificates'
    ? signers.certificates.some((listed) => equalBytes(listed, certificate))
    : signers.digests.some(matches);
}
