import { contextTag, readDer, TAG } from '@hufu/gm';
import { CodedError, equalBytes, fromBase64, fromHex } from '@hufu/kernel';
import { bridgeError } from '@hufu/keybridge-client';
import type { DocumentToSign } from '@hufu/keybridge-client/protocol';
import { type CmsDialect, documentAttributes, parseCertificate, type SignatureAlgorithm } from '@hufu/pki';

type SigningKey = { readonly certificate: Uint8Array; readonly algorithm: SignatureAlgorithm };

const DIALECTS: readonly CmsDialect[] = ['cades', 'gm'];
const DIGEST_BYTES = 32;

/**
 * The message of a document, once it is sure to say nothing but this digest. Signed attributes are made here again
 * and must be the same bytes; TBS_Sign of GB/T 38540 §7 is read to the end. So a page can have a document signed, but
 * no login, certificate request or message of another protocol in its place.
 *
 * @throws CodedError BRIDGE_DOCUMENT_INVALID {index}
 */
export function documentMessage(document: DocumentToSign, index: number, key: SigningKey): Uint8Array {
  const message = fromBase64(document.message);
  const digest = fromHex(document.digest);
  if (isAttributesOf(message, digest, key) || isSealingOf(message, digest)) return message;
  throw bridgeError('BRIDGE_DOCUMENT_INVALID', { index });
}

function isAttributesOf(message: Uint8Array, documentDigest: Uint8Array, key: SigningKey): boolean {
  const certificate = parseCertificate(key.certificate);
  const { algorithm } = key;
  return DIALECTS.some((dialect) =>
    equalBytes(documentAttributes({ dialect, certificate, algorithm, documentDigest }), message),
  );
}

/** TBS_Sign ::= SEQUENCE { version, eseal, timeInfo, dataHash, propertyInfo, extDatas [0] OPTIONAL } */
function isSealingOf(message: Uint8Array, digest: Uint8Array): boolean {
  try {
    const dataHash = readDer(message, (outer) =>
      outer.within(TAG.sequence, (body) => {
        body.smallInteger();
        body.next(TAG.sequence);
        body.next(TAG.generalizedTime);
        const hash = body.bitStringBytes();
        body.next(TAG.ia5String);
        body.optional(contextTag(0), (extensions) => extensions.next());
        return hash;
      }),
    );
    return dataHash.length === DIGEST_BYTES && equalBytes(dataHash, digest);
  } catch (error) {
    if (error instanceof CodedError) return false;
    throw error;
  }
}
