import { parseCertificate } from '@hufu/pki';

/** Double certificates (GM/T 0015): the encryption certificate carries no signing bit. @throws CodedError CERT_*, DER_* */
export function usageOf(certificate: Uint8Array): 'sign' | 'encrypt' {
  const { keyUsage } = parseCertificate(certificate);
  const signs = keyUsage === undefined || keyUsage.has('digitalSignature') || keyUsage.has('nonRepudiation');
  return signs ? 'sign' : 'encrypt';
}
