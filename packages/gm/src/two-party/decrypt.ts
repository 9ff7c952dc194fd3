import type { RandomBytes } from '@hufu/kernel';
import { invert, mod } from '@noble/curves/abstract/modular.js';
import { gmError } from '../errors.ts';
import { decodeSm2Cipher, type Sm2Ciphertext } from '../sm2/ciphertext.ts';
import { decodePoint, encodePoint, SM2_CURVE, type Sm2Point } from '../sm2/curve.ts';
import { openWithSharedPoint } from '../sm2/encrypt.ts';
import { randomScalar } from '../sm2/keys.ts';
import { foreignPoint } from './group.ts';
import { type DeviceHalf, halfScalar, type VaultHalf } from './halves.ts';

const { n } = SM2_CURVE;

/** The device's side of one decryption. */
export class DeviceDecryption {
  /** T1 = [t · d1^-1]C1. Without the blinding t the vault could open the ciphertext with the device's answer alone. */
  readonly request: Uint8Array;
  readonly #ciphertext: Sm2Ciphertext;
  readonly #shared: Sm2Point;
  #blinding: bigint | undefined;

  /** @param ciphertext SM2Cipher DER @throws GM_SM2_CIPHERTEXT, GM_SM2_PRIVATE_KEY, RANDOM_SOURCE */
  constructor(half: DeviceHalf, ciphertext: Uint8Array, random: RandomBytes) {
    this.#ciphertext = decodeSm2Cipher(ciphertext);
    this.#shared = decodePoint(this.#ciphertext.c1);
    this.#blinding = randomScalar(random);
    const factor = mod(this.#blinding * invert(halfScalar(half.secret), n), n);
    this.request = encodePoint(this.#shared.multiply(factor));
  }

  /**
   * [d]C1 = [t^-1]T2 - C1, then as GB/T 32918.4 §7.1; a lying vault shows in C3. Serves once.
   *
   * @throws GM_TWO_PARTY_MESSAGE, GM_TWO_PARTY_SPENT, GM_SM2_CIPHERTEXT
   */
  finish(answer: Uint8Array): Uint8Array {
    const blinding = this.#blinding;
    if (blinding === undefined) throw gmError('GM_TWO_PARTY_SPENT');
    this.#blinding = undefined;
    const product = decodePoint(foreignPoint(answer)).multiply(invert(blinding, n));
    if (product.equals(this.#shared)) throw gmError('GM_SM2_CIPHERTEXT');
    return openWithSharedPoint(product.subtract(this.#shared), this.#ciphertext);
  }
}

/**
 * The vault's side: T2 = [d2^-1]T1. Every call is worth one decryption to the device: whoever calls this has checked
 * the policy and counted the use.
 *
 * @throws GM_TWO_PARTY_MESSAGE, GM_SM2_PRIVATE_KEY
 */
export const answerDecryption = (half: VaultHalf, request: Uint8Array): Uint8Array =>
  encodePoint(decodePoint(foreignPoint(request)).multiply(invert(halfScalar(half.secret), n)));
