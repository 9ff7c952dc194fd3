import { concatBytes } from '@hufu/kernel';
import { readDer } from '../der/reader.ts';
import { derOctetString, derSequence, derUnsigned } from '../der/writer.ts';
import { gmError } from '../errors.ts';
import { decodePoint } from './curve.ts';

export type Sm2Ciphertext = {
  /** Point C1 as 04 ‖ x ‖ y, on the curve. */
  readonly c1: Uint8Array;
  /** C3, 32 bytes. */
  readonly hash: Uint8Array;
  /** C2, as long as the plaintext. */
  readonly masked: Uint8Array;
};

/** `C1C3C2` is the order of GB/T 32918.4-2016; `C1C2C3` that of the draft of 2010, which old middleware still writes. */
export type RawCiphertextOptions = {
  readonly order?: 'C1C3C2' | 'C1C2C3';
  /** False for makers that leave out the 04 before C1. */
  readonly pointPrefix?: boolean;
};

function checked(ciphertext: Sm2Ciphertext): Sm2Ciphertext {
  if (ciphertext.hash.length !== 32 || ciphertext.masked.length === 0) throw gmError('GM_SM2_CIPHERTEXT');
  decodePoint(ciphertext.c1);
  return ciphertext;
}

function coordinate(content: Uint8Array): Uint8Array {
  const signOctet = content.length === 33;
  if (signOctet && content[0] !== 0) throw gmError('GM_SM2_CIPHERTEXT');
  const bytes = signOctet ? content.subarray(1) : content;
  return concatBytes(new Uint8Array(32 - bytes.length), bytes);
}

/** SM2Cipher ::= SEQUENCE { x INTEGER, y INTEGER, hash OCTET STRING, cipher OCTET STRING } (GB/T 35276-2017 §7.2). @throws GM_SM2_CIPHERTEXT */
export function decodeSm2Cipher(der: Uint8Array): Sm2Ciphertext {
  try {
    return readDer(der, (reader) =>
      reader.within(0x30, (fields) => {
        const x = coordinate(fields.integerBytes({ maxBytes: 33 }));
        const y = coordinate(fields.integerBytes({ maxBytes: 33 }));
        const c1 = concatBytes(Uint8Array.of(0x04), x, y);
        return checked({ c1, hash: fields.octetString(), masked: fields.octetString() });
      }),
    );
  } catch (cause) {
    throw gmError('GM_SM2_CIPHERTEXT', {}, cause);
  }
}

export const encodeSm2Cipher = ({ c1, hash, masked }: Sm2Ciphertext): Uint8Array =>
  derSequence(
    derUnsigned(c1.subarray(1, 33)),
    derUnsigned(c1.subarray(33)),
    derOctetString(hash),
    derOctetString(masked),
  );

/** Concatenated form to SM2Cipher DER. @throws GM_SM2_CIPHERTEXT */
export function sm2CipherFromRaw(raw: Uint8Array, options: RawCiphertextOptions = {}): Uint8Array {
  const prefixed = options.pointPrefix === false ? concatBytes(Uint8Array.of(0x04), raw) : raw;
  const rest = prefixed.subarray(65);
  const hashFirst = options.order !== 'C1C2C3';
  const cut = hashFirst ? 32 : Math.max(0, rest.length - 32);
  const [head, tail] = [rest.subarray(0, cut), rest.subarray(cut)];
  try {
    return encodeSm2Cipher(
      checked({
        c1: prefixed.subarray(0, 65),
        hash: hashFirst ? head : tail,
        masked: hashFirst ? tail : head,
      }),
    );
  } catch (cause) {
    throw gmError('GM_SM2_CIPHERTEXT', {}, cause);
  }
}

/** SM2Cipher DER to C1 ‖ C3 ‖ C2, with the 04 before C1. @throws GM_SM2_CIPHERTEXT */
export function sm2CipherToRaw(der: Uint8Array): Uint8Array {
  const { c1, hash, masked } = decodeSm2Cipher(der);
  return concatBytes(c1, hash, masked);
}
