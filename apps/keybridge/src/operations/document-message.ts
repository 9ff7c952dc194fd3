import { fromBase64, fromHex } from '@hufu/kernel';
import { bridgeError } from '@hufu/keybridge-client';
import type { DocumentToSign } from '@hufu/keybridge-client/protocol';
import { isDocumentMessage, type SignatureAlgorithm } from '@hufu/pki';

type SigningKey = { readonly certificate: Uint8Array; readonly algorithm: SignatureAlgorithm };

/**
 * The message of a document, once it is sure to say nothing but this digest.
 *
 * @throws CodedError BRIDGE_DOCUMENT_INVALID {index}
 */
export function documentMessage(document: DocumentToSign, index: number, key: SigningKey): Uint8Array {
  const message = fromBase64(document.message);
  if (isDocumentMessage({ message, digest: fromHex(document.digest), ...key })) return message;
  throw bridgeError('BRIDGE_DOCUMENT_INVALID', { index });
}
