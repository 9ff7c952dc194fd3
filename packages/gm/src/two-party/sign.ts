import type { RandomBytes } from '@hufu/kernel';
import { mod } from '@noble/curves/abstract/modular.js';
import { gmError } from '../errors.ts';
import { sm2Products } from '../points/products.ts';
import { decodePoint, encodeAffine, SM2_CURVE, toBigInt, toBytes32 } from '../sm2/curve.ts';
import { randomScalar } from '../sm2/keys.ts';
import type { Sm2Signature } from '../sm2/signature.ts';
import { foreignPoint, foreignScalar } from './foreign.ts';
import { assertSession, halfScalar, type VaultHalf } from './halves.ts';
import { assertPossession, type ProofContext, provePossession } from './possession.ts';
import { verifiesUnder } from './verify.ts';

const { n } = SM2_CURVE;

/** The device's message: its nonce point and the proof that it knows the nonce, bound to session, key and digest. */
export type SignRequest = { readonly point: Uint8Array; readonly proof: Uint8Array };
/** The vault's answer, 32 bytes each. */
export type SignAnswer = { readonly r: Uint8Array; readonly s2: Uint8Array; readonly s3: Uint8Array };

export type SignOrder = {
  /** 16 to 64 bytes, never used before with this key. */
  readonly session: Uint8Array;
  /** e = SM3(Z ‖ M), 32 bytes. Each side computes it from what it has been shown, and takes it from nobody. */
  readonly digest: Uint8Array;
};

/** The device's side of one signature. */
export class DeviceSigning {
  readonly request: SignRequest;
  readonly #publicKey: Uint8Array;
  readonly #digest: Uint8Array;
  #nonce: bigint | undefined;

  /**
   * The request needs the public key alone: the device's secret may still be locked away by then.
   *
   * @throws GM_TWO_PARTY_SESSION, GM_TWO_PARTY_MESSAGE, RANDOM_SOURCE
   */
  constructor(publicKey: Uint8Array, order: SignOrder, random: RandomBytes) {
    this.#publicKey = publicKey;
    this.#digest = new Uint8Array(order.digest);
    this.#nonce = randomScalar(random);
    const point = encodeAffine(sm2Products().ofBase(this.#nonce));
    const possession = { secret: this.#nonce, point, context: contextOf(publicKey, order) };
    this.request = { point, proof: provePossession(possession, random) };
  }

  /**
   * Makes the signature, and releases it only when it verifies under the public key. Serves once, right or wrong: an
   * answer that does not fit ends this signature for good.
   *
   * @param secret of the device's half, 32 bytes
   * @throws GM_TWO_PARTY_MESSAGE, GM_TWO_PARTY_ABORT, GM_TWO_PARTY_SPENT, GM_SM2_PRIVATE_KEY
   */
  finish(answer: SignAnswer, secret: Uint8Array): Sm2Signature {
    const nonce = this.#nonce;
    if (nonce === undefined) throw gmError('GM_TWO_PARTY_SPENT');
    this.#nonce = undefined;
    const [r, s2, s3] = [foreignScalar(answer.r), foreignScalar(answer.s2), foreignScalar(answer.s3)];
    const s = mod(halfScalar(secret) * (nonce * s2 + s3) - r, n);
    const signature = { r, s };
    const publicKey = decodePoint(this.#publicKey).toAffine();
    if (!verifiesUnder(publicKey, toBigInt(this.#digest), signature)) throw gmError('GM_TWO_PARTY_ABORT');
    return signature;
  }
}

export type VaultSigning = SignOrder & { readonly request: SignRequest };

/**
 * The vault's side of one signature: one message in, one out, nothing kept. Its nonces k2 and u are new at every call:
 * two answers from one pair would give the vault's half away. With the answer the device can sign: whoever calls this
 * has checked the policy and written the use down.
 *
 * @throws GM_TWO_PARTY_SESSION, GM_TWO_PARTY_MESSAGE, GM_TWO_PARTY_PROOF, GM_SM2_PRIVATE_KEY, RANDOM_SOURCE
 */
export function answerSigning(
  half: VaultHalf,
  { request, ...order }: VaultSigning,
  random: RandomBytes,
): SignAnswer {
  const d2 = halfScalar(half.secret);
  const context = contextOf(half.publicKey, order);
  const point = foreignPoint(request.point);
  assertPossession({ point, proof: request.proof, context });
  for (;;) {
    const [k2, u] = [randomScalar(random), randomScalar(random)];
    // [k2](Q1 + [u]G) = [k1 k2 + k2 u]G: the second nonce k3 = k2 u costs no product of a point of its own.
    const nonce = sm2Products().masked(point, { k: k2, u });
    if (nonce === undefined) continue;
    const r = mod(toBigInt(order.digest) + nonce.x, n);
    const s2 = mod(d2 * k2, n);
    const s3 = mod(d2 * (r + k2 * u), n);
    if (r !== 0n && s3 !== 0n) return { r: toBytes32(r), s2: toBytes32(s2), s3: toBytes32(s3) };
  }
}

function contextOf(publicKey: Uint8Array, { session, digest }: SignOrder): ProofContext {
  assertSession(session);
  if (digest.length !== 32) throw gmError('GM_TWO_PARTY_MESSAGE');
  return { label: 'HUFU-2P-SIGN-V1', parts: [session, publicKey, digest] };
}
