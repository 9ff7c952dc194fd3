import { concatBytes, utf8 } from '@hufu/kernel';
import { gmError } from '../errors.ts';
import { sm3 } from '../sm3.ts';
import { SM2_CURVE, toBytes32 } from './curve.ts';

/** GB/T 35276-2017 §10: the user ID wherever nothing else is agreed. */
export const SM2_DEFAULT_ID: Uint8Array = utf8('1234567812345678');

const PARAMETERS = concatBytes(
  ...[SM2_CURVE.a, SM2_CURVE.b, SM2_CURVE.Gx, SM2_CURVE.Gy].map((value) => toBytes32(value)),
);

/**
 * Z_A = SM3(ENTL ‖ ID ‖ a ‖ b ‖ xG ‖ yG ‖ xA ‖ yA), 32 bytes (GB/T 32918.2 §5.5).
 * @param publicKey 04 ‖ x ‖ y @throws GM_SM2_ID when the ID is over 8191 bytes
 */
export function sm2Z(publicKey: Uint8Array, id: Uint8Array = SM2_DEFAULT_ID): Uint8Array {
  if (publicKey.length !== 65) throw gmError('GM_SM2_PUBLIC_KEY');
  const bits = 8 * id.length;
  if (bits > 0xffff) throw gmError('GM_SM2_ID');
  return sm3(concatBytes(Uint8Array.of(bits >> 8, bits & 255), id, PARAMETERS, publicKey.subarray(1)));
}

/** e = SM3(Z_A ‖ M), 32 bytes (GB/T 32918.2 §6.1). @param publicKey 04 ‖ x ‖ y */
export const sm2Digest = (publicKey: Uint8Array, message: Uint8Array, id?: Uint8Array): Uint8Array =>
  sm3.create().update(sm2Z(publicKey, id)).update(message).digest();
