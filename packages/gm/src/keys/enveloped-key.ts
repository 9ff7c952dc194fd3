import { drawRandom, equalBytes, type RandomBytes } from '@hufu/kernel';
import { readDer } from '../der/reader.ts';
import { TAG } from '../der/tags.ts';
import { derBitString, derOid, derSequence } from '../der/writer.ts';
import { gmError } from '../errors.ts';
import { encryptSm2 } from '../sm2/encrypt.ts';
import { type Sm2KeyPair, sm2PublicKey } from '../sm2/keys.ts';
import { sm4Ecb } from '../sm4-modes.ts';
import { KEY_OID } from './oids.ts';

/**
 * SM2EnvelopedKey (GB/T 35276-2017 §7.4): how a certification authority delivers the encryption key pair of the
 * double certificate. The private key is SM4-ECB encrypted (two blocks), the SM4 key is SM2 encrypted to the
 * holder's signing key.
 * @param recipient signing public key of the holder, 04 ‖ x ‖ y @throws GM_SM2_PUBLIC_KEY, RANDOM_SOURCE
 */
export function sealSm2KeyPair(recipient: Uint8Array, keyPair: Sm2KeyPair, random: RandomBytes): Uint8Array {
  const sessionKey = drawRandom(random, 16);
  return derSequence(
    derSequence(derOid(KEY_OID.sm4Ecb)),
    encryptSm2(recipient, sessionKey, random),
    derBitString(keyPair.publicKey),
    derBitString(sm4Ecb(sessionKey).encrypt(keyPair.privateKey)),
  );
}

export type Sm2EnvelopedKey = {
  /** SM2Cipher DER of the SM4 key. */
  readonly wrappedKey: Uint8Array;
  /** 04 ‖ x ‖ y. */
  readonly publicKey: Uint8Array;
  /** SM4-ECB ciphertext, 32 bytes. */
  readonly encryptedPrivateKey: Uint8Array;
};

/** @throws GM_ENVELOPED_KEY */
export function decodeSm2EnvelopedKey(der: Uint8Array): Sm2EnvelopedKey {
  try {
    return readDer(der, (reader) =>
      reader.within(TAG.sequence, (fields) => {
        const oid = fields.within(TAG.sequence, (algorithm) => {
          const name = algorithm.oid();
          algorithm.optional(TAG.null, (r) => r.null());
          return name;
        });
        if (oid !== KEY_OID.sm4Ecb && oid !== KEY_OID.sm4) throw gmError('GM_KEY_UNSUPPORTED', { oid });
        const wrappedKey = fields.element(TAG.sequence);
        const publicKey = fields.bitStringBytes();
        const encryptedPrivateKey = fields.bitStringBytes();
        if (encryptedPrivateKey.length !== 32) throw gmError('GM_ENVELOPED_KEY');
        return { wrappedKey, publicKey, encryptedPrivateKey };
      }),
    );
  } catch (cause) {
    throw gmError('GM_ENVELOPED_KEY', {}, cause);
  }
}

/**
 * Opens a delivered key pair and checks that its halves belong together.
 * @param unwrap SM2 decryption with the holder's signing key, wherever it lives: SM2Cipher DER to 16 bytes
 * @throws GM_ENVELOPED_KEY, GM_KEY_MISMATCH, and what `unwrap` throws
 */
export async function openSm2EnvelopedKey(
  der: Uint8Array,
  unwrap: (wrappedKey: Uint8Array) => Uint8Array | Promise<Uint8Array>,
): Promise<Sm2KeyPair> {
  const { wrappedKey, publicKey, encryptedPrivateKey } = decodeSm2EnvelopedKey(der);
  const sessionKey = await unwrap(wrappedKey);
  if (sessionKey.length !== 16) throw gmError('GM_ENVELOPED_KEY');
  const privateKey = sm4Ecb(sessionKey).decrypt(encryptedPrivateKey);
  if (!equalBytes(sm2PublicKey(privateKey), publicKey)) throw gmError('GM_KEY_MISMATCH');
  return { privateKey, publicKey };
}
