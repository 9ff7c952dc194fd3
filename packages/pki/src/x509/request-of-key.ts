import { derBitString, derOid, derSequence } from '@hufu/gm';
import { CodedError, equalBytes } from '@hufu/kernel';
import { SIGNATURE_OID } from './oids.ts';
import { parseCertificationRequest } from './request.ts';

/**
 * Whether these bytes are a CertificationRequestInfo (RFC 2986 §4.1) for this very SM2 key: what somebody signs who
 * asks for a certificate of it, and nothing that could be taken for anything else.
 *
 * @param publicKey 04 ‖ x ‖ y
 */
export function isRequestOfKey(message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    // The strict parser reads whole requests: the signature that this one will get is not looked at.
    const unsigned = derBitString(new Uint8Array(1));
    const { spki } = parseCertificationRequest(
      derSequence(message, derSequence(derOid(SIGNATURE_OID.sm2Sm3)), unsigned),
    );
    return spki.kind === 'sm2' && equalBytes(spki.publicKey, publicKey);
  } catch (error) {
    if (error instanceof CodedError) return false;
    throw error;
  }
}
