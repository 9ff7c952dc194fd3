import { createHash } from 'node:crypto';
import { CodedError, toBase64 } from '@hufu/kernel';
import type { CertificateInfo } from '@hufu/keybridge-client/protocol';
import { ATTRIBUTE_OID, type Name, nameTexts, parseCertificate } from '@hufu/pki';

export type CertificateFacts = Omit<
  CertificateInfo,
  'keyId' | 'tokenId' | 'tokenLabel' | 'mediaNumber' | 'usage' | 'algorithm'
>;

const first = (name: Name, oid: string): string | undefined => nameTexts(name, oid)[0];

/** What a person reads on a certificate (AST-014). Undefined for bytes that are no certificate: tokens hold those too. */
export function certificateInfo(der: Uint8Array): CertificateFacts | undefined {
  try {
    const { subject, issuer, serialHex, notBefore, notAfter } = parseCertificate(der);
    const commonName = first(subject, ATTRIBUTE_OID.commonName) ?? '';
    return {
      certificate: toBase64(der),
      sha256: createHash('sha256').update(der).digest('hex'),
      serial: serialHex,
      unitName: first(subject, ATTRIBUTE_OID.organization) ?? commonName,
      commonName,
      issuer: first(issuer, ATTRIBUTE_OID.commonName) ?? first(issuer, ATTRIBUTE_OID.organization) ?? '',
      notBefore: new Date(notBefore).toISOString(),
      notAfter: new Date(notAfter).toISOString(),
    };
  } catch (error) {
    if (error instanceof CodedError) return undefined;
    throw error;
  }
}
