import { concatBytes, type RandomBytes, utf8 } from '@hufu/kernel';
import { invert, mod } from '@noble/curves/abstract/modular.js';
import { gmError } from '../errors.ts';
import type { Affine } from '../points/machine.ts';
import { sm2Products } from '../points/products.ts';
import { encodeAffine, SM2_CURVE, toBigInt, toBytes32 } from '../sm2/curve.ts';
import { randomScalar } from '../sm2/keys.ts';
import { sm3 } from '../sm3.ts';
import { verifiesUnder } from './verify.ts';

const { n } = SM2_CURVE;

/** What a proof is for; part of what is hashed, so that no proof serves two purposes. */
export type ProofLabel = 'HUFU-2P-DEVICE-KEY-V1' | 'HUFU-2P-VAULT-KEY-V1' | 'HUFU-2P-SIGN-V1';

export type ProofContext = {
  readonly label: ProofLabel;
  /** Whatever the proof is bound to: session, public key, digest. */
  readonly parts: readonly Uint8Array[];
};

/** x coordinate of the commitment, then s: 64 bytes. */
export const PROOF_LENGTH = 64;

type Possession = {
  /** w, from 1 to n - 2 */
  readonly secret: bigint;
  /** W, 04 ‖ x ‖ y */
  readonly point: Uint8Array;
  readonly context: ProofContext;
};

/**
 * Proves that its maker knows w of W = [w]G: a Schnorr proof in the shape of an SM2 signature. The commitment R is
 * fixed before the challenge, because its x coordinate is hashed into e; whoever could answer two challenges for one
 * R would reveal w (the forking argument holds), and the verifier may use any SM2 verifier for the check.
 *
 * @throws RANDOM_SOURCE
 */
export function provePossession({ secret, point, context }: Possession, random: RandomBytes): Uint8Array {
  for (;;) {
    const k = randomScalar(random);
    const commitment = sm2Products().ofBase(k).x;
    const r = mod(challenge(point, toBytes32(commitment), context) + commitment, n);
    const s = mod(invert(1n + secret, n) * (k - r * secret), n);
    if (r !== 0n && r + k !== n && s !== 0n) return concatBytes(toBytes32(commitment), toBytes32(s));
  }
}

export type Claim = {
  /** W, on the curve. */
  readonly point: Affine;
  readonly proof: Uint8Array;
  readonly context: ProofContext;
};

/** @throws GM_TWO_PARTY_PROOF */
export function assertPossession({ point, proof, context }: Claim): void {
  if (proof.length !== PROOF_LENGTH) throw gmError('GM_TWO_PARTY_PROOF');
  const commitment = proof.subarray(0, 32);
  const s = toBigInt(proof.subarray(32));
  const e = challenge(encodeAffine(point), commitment, context);
  const r = mod(e + toBigInt(commitment), n);
  if (!verifiesUnder(point, e, { r, s })) throw gmError('GM_TWO_PARTY_PROOF');
}

/** e. Every part with its length before it: no two contexts have the same bytes. */
function challenge(point: Uint8Array, commitment: Uint8Array, { label, parts }: ProofContext): bigint {
  const message = [utf8(label), ...parts, point, commitment].flatMap((part) => [lengthOf(part), part]);
  return toBigInt(sm3(concatBytes(...message)));
}

function lengthOf(part: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, part.length);
  return bytes;
}
