import type { RandomBytes } from '@hufu/kernel';
import { invert, mod } from '@noble/curves/abstract/modular.js';
import { gmError } from '../errors.ts';
import { sm2Products } from '../points/products.ts';
import { decodeSm2Cipher, type Sm2Ciphertext } from '../sm2/ciphertext.ts';
import { decodePoint, encodeAffine, SM2_CURVE, Sm2Group, type Sm2Point } from '../sm2/curve.ts';
import { openWithSharedPoint } from '../sm2/encrypt.ts';
import { randomScalar } from '../sm2/keys.ts';
import { foreignPoint } from './foreign.ts';
import { halfScalar, type VaultHalf } from './halves.ts';

const { n } = SM2_CURVE;

/** The device's side of one decryption. */
export class DeviceDecryption {
  /** T1 = [t]C1. Without the blinding t the vault would learn which ciphertext is opened. */
  readonly request: Uint8Array;
  readonly #ciphertext: Sm2Ciphertext;
  readonly #shared: Sm2Point;
  #blinding: bigint | undefined;

  /**
   * The request needs no secret of the device: its half may still be locked away by then.
   *
   * @param ciphertext SM2Cipher DER @throws GM_SM2_CIPHERTEXT, RANDOM_SOURCE
   */
  constructor(ciphertext: Uint8Array, random: RandomBytes) {
    this.#ciphertext = decodeSm2Cipher(ciphertext);
    this.#shared = decodePoint(this.#ciphertext.c1);
    this.#blinding = randomScalar(random);
    this.request = encodeAffine(sm2Products().ofPoint(this.#shared.toAffine(), this.#blinding));
  }

  /**
   * [d]C1 = [(t · d1)^-1]T2 - C1, then as GB/T 32918.4 §7.1; a lying vault shows in C3. Serves once.
   *
   * @param secret of the device's half, 32 bytes
   * @throws GM_TWO_PARTY_MESSAGE, GM_TWO_PARTY_SPENT, GM_SM2_CIPHERTEXT, GM_SM2_PRIVATE_KEY
   */
  finish(answer: Uint8Array, secret: Uint8Array): Uint8Array {
    const blinding = this.#blinding;
    if (blinding === undefined) throw gmError('GM_TWO_PARTY_SPENT');
    this.#blinding = undefined;
    const factor = invert(mod(blinding * halfScalar(secret), n), n);
    const product = Sm2Group.fromAffine(sm2Products().ofPoint(foreignPoint(answer), factor));
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
  encodeAffine(sm2Products().ofPoint(foreignPoint(request), invert(halfScalar(half.secret), n)));
