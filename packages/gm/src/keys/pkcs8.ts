import { equalBytes } from '@hufu/kernel';
import { type DerReader, readDer } from '../der/reader.ts';
import { contextTag, primitiveContextTag, TAG } from '../der/tags.ts';
import { derBitString, derContext, derInteger, derOctetString, derSequence } from '../der/writer.ts';
import { gmError } from '../errors.ts';
import { type Sm2KeyPair, sm2PublicKey } from '../sm2/keys.ts';
import { KEY_OID } from './oids.ts';
import { readKeyAlgorithm, sm2KeyAlgorithm } from './spki.ts';

/** A private key in PKCS#8. Keys other than SM2 stay opaque: whoever uses them knows how. */
export type PrivateKeyFile =
  | { readonly kind: 'sm2'; readonly pkcs8: Uint8Array; readonly keyPair: Sm2KeyPair }
  | { readonly kind: 'p256' | 'rsa'; readonly pkcs8: Uint8Array };

/** ECPrivateKey (RFC 5915 §3). A public key that does not belong to the private one is refused. */
function readSm2PrivateKey(reader: DerReader): Sm2KeyPair {
  return reader.within(TAG.sequence, (fields) => {
    if (fields.smallInteger() !== 1) throw gmError('GM_KEY_UNSUPPORTED');
    const privateKey = fields.octetString();
    const publicKey = sm2PublicKey(privateKey);
    fields.optional(contextTag(0), (r) =>
      r.within(contextTag(0), (inner) => {
        if (inner.oid() !== KEY_OID.sm2Curve) throw gmError('GM_KEY_MISMATCH');
      }),
    );
    fields.optional(contextTag(1), (r) =>
      r.within(contextTag(1), (inner) => {
        if (!equalBytes(inner.bitStringBytes(), publicKey)) throw gmError('GM_KEY_MISMATCH');
      }),
    );
    return { privateKey, publicKey };
  });
}

/**
 * PrivateKeyInfo (RFC 5208 §5) or OneAsymmetricKey (RFC 5958 §2), not encrypted; attributes are passed over.
 * @throws GM_KEY_UNSUPPORTED, GM_KEY_MISMATCH, GM_SM2_PRIVATE_KEY, DER_*
 */
export function decodePkcs8(pkcs8: Uint8Array): PrivateKeyFile {
  return readDer(pkcs8, (reader) =>
    reader.within(TAG.sequence, (fields) => {
      if (fields.smallInteger() > 1) throw gmError('GM_KEY_UNSUPPORTED');
      const kind = readKeyAlgorithm(fields);
      const inner = fields.octetString();
      fields.optional(contextTag(0), (r) => r.next());
      fields.optional(primitiveContextTag(1), (r) => r.next());
      if (kind !== 'sm2') return { kind, pkcs8 };
      return { kind, pkcs8, keyPair: readDer(inner, readSm2PrivateKey) };
    }),
  );
}

/** PKCS#8 of an SM2 key as OpenSSL writes it: with the public key, without repeating the curve. @throws GM_SM2_PRIVATE_KEY */
export function encodeSm2Pkcs8(privateKey: Uint8Array): Uint8Array {
  const publicKey = derContext(1, derBitString(sm2PublicKey(privateKey)));
  const ecPrivateKey = derSequence(derInteger(1), derOctetString(privateKey), publicKey);
  return derSequence(derInteger(0), sm2KeyAlgorithm(), derOctetString(ecPrivateKey));
}
