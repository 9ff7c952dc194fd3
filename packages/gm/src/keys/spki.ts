import { type DerReader, readDer } from '../der/reader.ts';
import { derBitString, derOid, derSequence } from '../der/writer.ts';
import { gmError } from '../errors.ts';
import { decodePoint } from '../sm2/curve.ts';
import { KEY_OID } from './oids.ts';

export type KeyAlgorithm = 'sm2' | 'p256' | 'rsa';

/** AlgorithmIdentifier of a key; explicit curve parameters are refused. @throws GM_KEY_UNSUPPORTED, DER_* */
export function readKeyAlgorithm(reader: DerReader): KeyAlgorithm {
  return reader.within(0x30, (fields) => {
    const oid = fields.oid();
    if (oid === KEY_OID.rsaEncryption) {
      fields.null();
      return 'rsa';
    }
    if (oid !== KEY_OID.ecPublicKey || fields.peek() !== 0x06) throw gmError('GM_KEY_UNSUPPORTED', { oid });
    const curve = fields.oid();
    if (curve === KEY_OID.sm2Curve) return 'sm2';
    if (curve === KEY_OID.p256Curve) return 'p256';
    throw gmError('GM_KEY_UNSUPPORTED', { oid: curve });
  });
}

/** AlgorithmIdentifier of an SM2 key: id-ecPublicKey with the named curve (GB/T 20518 §5.2). */
export const sm2KeyAlgorithm = (): Uint8Array =>
  derSequence(derOid(KEY_OID.ecPublicKey), derOid(KEY_OID.sm2Curve));

export type PublicKeyFile = {
  readonly kind: KeyAlgorithm;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  /** Content of the BIT STRING: 04 ‖ x ‖ y for curves, RSAPublicKey DER for RSA. */
  readonly publicKey: Uint8Array;
};

/** SubjectPublicKeyInfo (RFC 5280 §4.1.2.7); an SM2 key must be a point of the curve. @throws GM_KEY_UNSUPPORTED, GM_SM2_PUBLIC_KEY, DER_* */
export function decodeSpki(spki: Uint8Array): PublicKeyFile {
  return readDer(spki, (reader) =>
    reader.within(0x30, (fields) => {
      const kind = readKeyAlgorithm(fields);
      const publicKey = fields.bitStringBytes();
      if (kind === 'sm2') decodePoint(publicKey);
      return { kind, spki, publicKey };
    }),
  );
}

/** @param publicKey 04 ‖ x ‖ y @throws GM_SM2_PUBLIC_KEY */
export function encodeSm2Spki(publicKey: Uint8Array): Uint8Array {
  decodePoint(publicKey);
  return derSequence(sm2KeyAlgorithm(), derBitString(publicKey));
}
