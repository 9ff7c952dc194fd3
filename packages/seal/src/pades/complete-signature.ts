import { equalBytes } from '@hufu/kernel';
import {
  type Certificate,
  type CryptoEngine,
  documentAttributes,
  isMessageSignedBy,
  parseCertificate,
} from '@hufu/pki';
import { fillSlot } from '../append/signature-slot.ts';
import { detachedSignature } from '../cms/detached-signature.ts';
import { signingAlgorithm } from '../cms/signing-key.ts';
import { sealError } from '../errors.ts';
import { completeSesSignature } from '../ses/build-signature.ts';
import { parseSesSignature } from '../ses/parse-signature.ts';
import { sealAlgorithm } from '../ses/signature-algorithm.ts';
import type { PreparedSignature } from './prepared-signature.ts';
import { assertTimeStampOf } from './time-stamp-check.ts';

export type SignatureValue = {
  /** As the key made it: RSA as it is, the pair of ECDSA and SM2 in DER. */
  readonly signature: Uint8Array;
  /** TimeStampToken over the signature value, DER: makes PAdES B-B into B-T. */
  readonly timeStampToken?: Uint8Array;
};

function container(prepared: PreparedSignature, certificate: Certificate, value: SignatureValue): Uint8Array {
  const { format, message, chain } = prepared;
  const { signature, timeStampToken } = value;
  if (format === 'ses') {
    const { oid: signatureOid } = sealAlgorithm(certificate.spki.kind);
    const parts = { toSign: message, hash: prepared.hash, signerCertificate: certificate.der, signatureOid };
    return completeSesSignature(parts, { signature, ...(timeStampToken && { timeStamp: timeStampToken }) });
  }
  return detachedSignature({
    dialect: format,
    certificate,
    algorithm: signingAlgorithm(certificate),
    chain,
    attributes: message,
    signature,
    timeStampToken,
  });
}

/** Whether what was signed is about the prepared document: the two were kept side by side, out of our hands. */
function isAboutDocument(prepared: PreparedSignature, certificate: Certificate, der: Uint8Array): boolean {
  const { format, documentDigest, message } = prepared;
  if (format === 'ses') return equalBytes(parseSesSignature(der).dataHash, documentDigest);
  const algorithm = signingAlgorithm(certificate);
  return equalBytes(documentAttributes({ dialect: format, certificate, algorithm, documentDigest }), message);
}

/**
 * Second phase: the bytes to append to the file. A signature value or time-stamp that does not belong to the prepared
 * signature is refused, so nothing that would not verify is ever written. Whether the file is still the same is asked
 * with `isSlotOf`.
 * @throws SEALING_SIGNATURE, SEALING_TIME_STAMP, SEALING_PREPARED when message and digest are not of one document,
 * SEALING_CAPACITY
 */
export async function completeSignature(
  prepared: PreparedSignature,
  value: SignatureValue,
  engine: CryptoEngine,
): Promise<Uint8Array> {
  const certificate = parseCertificate(prepared.certificate);
  const signed = { message: prepared.message, signature: value.signature };
  if (!(await isMessageSignedBy(certificate.spki, signed, engine))) throw sealError('SEALING_SIGNATURE');
  if (value.timeStampToken !== undefined) {
    await assertTimeStampOf(value.signature, value.timeStampToken, engine);
  }
  const der = container(prepared, certificate, value);
  if (!isAboutDocument(prepared, certificate, der)) throw sealError('SEALING_PREPARED', { of: 'message' });
  return fillSlot(prepared, der);
}
