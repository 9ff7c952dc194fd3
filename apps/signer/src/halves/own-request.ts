import { derBitString, derOid, derSequence } from '@hufu/gm';
import { CodedError, equalBytes } from '@hufu/kernel';
import { parseCertificationRequest } from '@hufu/pki';

const SM2_WITH_SM3 = '1.2.156.10197.1.501';

/**
 * Whether these bytes are a CertificationRequestInfo (RFC 2986 §4.1) for this very key. That one signature a key for
 * decryption makes: it proves to the authority who holds it.
 *
 * @param publicKey 04 ‖ x ‖ y
 */
export function isOwnCertificationRequest(message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    // The strict parser reads whole requests: the signature that this one will get is not looked at.
    const unsigned = derBitString(new Uint8Array(1));
    const { spki } = parseCertificationRequest(
      derSequence(message, derSequence(derOid(SM2_WITH_SM3)), unsigned),
    );
    return spki.kind === 'sm2' && equalBytes(spki.publicKey, publicKey);
  } catch (error) {
    if (error instanceof CodedError) return false;
    throw error;
  }
}
