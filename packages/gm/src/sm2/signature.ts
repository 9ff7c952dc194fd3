import { concatBytes } from '@hufu/kernel';
import { readDer } from '../der/reader.ts';
import { derSequence, derUnsigned } from '../der/writer.ts';
import { gmError } from '../errors.ts';
import { SM2_CURVE, toBigInt, toBytes32 } from './curve.ts';

export type Sm2Signature = { readonly r: bigint; readonly s: bigint };

const inRange = (value: bigint): boolean => value >= 1n && value < SM2_CURVE.n;

function checked(r: bigint, s: bigint): Sm2Signature {
  if (!inRange(r) || !inRange(s)) throw gmError('GM_SM2_SIGNATURE');
  return { r, s };
}

/** SM2Signature ::= SEQUENCE { r INTEGER, s INTEGER } (GB/T 35276-2017 §7.3), strict DER. @throws GM_SM2_SIGNATURE */
export function decodeSm2Signature(der: Uint8Array): Sm2Signature {
  try {
    return readDer(der, (reader) =>
      reader.within(0x30, (fields) => {
        const r = toBigInt(fields.integerBytes({ maxBytes: 33 }));
        return checked(r, toBigInt(fields.integerBytes({ maxBytes: 33 })));
      }),
    );
  } catch (cause) {
    throw gmError('GM_SM2_SIGNATURE', {}, cause);
  }
}

export const encodeSm2Signature = ({ r, s }: Sm2Signature): Uint8Array =>
  derSequence(derUnsigned(toBytes32(r)), derUnsigned(toBytes32(s)));

/** DER to r ‖ s, 64 bytes (the form of SKF tokens and browsers). @throws GM_SM2_SIGNATURE */
export function sm2SignatureToRaw(der: Uint8Array): Uint8Array {
  const { r, s } = decodeSm2Signature(der);
  return concatBytes(toBytes32(r), toBytes32(s));
}

/** r ‖ s, 64 bytes, to DER. @throws GM_SM2_SIGNATURE */
export function sm2SignatureFromRaw(raw: Uint8Array): Uint8Array {
  if (raw.length !== 64) throw gmError('GM_SM2_SIGNATURE');
  return encodeSm2Signature(checked(toBigInt(raw.subarray(0, 32)), toBigInt(raw.subarray(32))));
}
