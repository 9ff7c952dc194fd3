import { concatBytes, drawRandom, equalBytes, type RandomBytes, utf8 } from '@hufu/kernel';
import { invert } from '@noble/curves/abstract/modular.js';
import { gmError } from '../errors.ts';
import type { Affine } from '../points/machine.ts';
import { sm2Products } from '../points/products.ts';
import { encodeAffine, encodePoint, SM2_CURVE, Sm2Group, toBytes32 } from '../sm2/curve.ts';
import { randomScalar } from '../sm2/keys.ts';
import { sm3 } from '../sm3.ts';
import { foreignPoint } from './foreign.ts';
import { assertSession, type DeviceHalf, type VaultHalf } from './halves.ts';
import { assertPossession, type ProofContext, type ProofLabel, provePossession } from './possession.ts';

const { n } = SM2_CURVE;

/** The device's first message: what it has chosen, hidden until the vault has chosen too. */
export type KeyCommitment = { readonly digest: Uint8Array };
/** The vault's answer: P2 and the proof that it knows its half. */
export type VaultShare = { readonly point: Uint8Array; readonly proof: Uint8Array };
/** The device's second message opens the first. */
export type DeviceOpening = {
  readonly point: Uint8Array;
  readonly proof: Uint8Array;
  readonly salt: Uint8Array;
};

export type SessionOptions = {
  /** 16 to 64 bytes, never used before. */
  readonly session: Uint8Array;
  readonly random: RandomBytes;
};

/**
 * The device's side of a key generation. The commitment keeps the vault from choosing its half by the device's point,
 * and with that from choosing the public key.
 */
export class DeviceKeyGeneration {
  readonly commitment: KeyCommitment;
  readonly #options: SessionOptions;
  readonly #opening: DeviceOpening;
  #secret: bigint | undefined;

  /** @throws GM_TWO_PARTY_SESSION, RANDOM_SOURCE */
  constructor(options: SessionOptions) {
    assertSession(options.session);
    this.#options = options;
    this.#secret = randomScalar(options.random);
    const inverse = invert(this.#secret, n);
    const point = encodeAffine(sm2Products().ofBase(inverse));
    const context = contextOf('HUFU-2P-DEVICE-KEY-V1', options.session);
    const proof = provePossession({ secret: inverse, point, context }, options.random);
    this.#opening = { point, proof, salt: drawRandom(options.random, 32) };
    this.commitment = { digest: commitTo(this.#opening, options.session) };
  }

  /**
   * Takes the vault's share; serves once.
   *
   * @returns the opening for the vault, and the half to keep, which counts only after the vault has confirmed
   * @throws GM_TWO_PARTY_MESSAGE, GM_TWO_PARTY_PROOF, GM_TWO_PARTY_SPENT, GM_TWO_PARTY_ABORT
   */
  finish(share: VaultShare): { readonly opening: DeviceOpening; readonly half: DeviceHalf } {
    const secret = this.#secret;
    if (secret === undefined) throw gmError('GM_TWO_PARTY_SPENT');
    this.#secret = undefined;
    const point = foreignPoint(share.point);
    const vaultPoint = encodeAffine(point);
    // One's own point sent back would make a key that nobody can use, or that one side knows.
    if (equalBytes(vaultPoint, this.#opening.point)) throw gmError('GM_TWO_PARTY_PROOF');
    const context = contextOf('HUFU-2P-VAULT-KEY-V1', this.#options.session);
    assertPossession({ point, proof: share.proof, context });
    const publicKey = jointKey(point, invert(secret, n));
    return { opening: this.#opening, half: { secret: toBytes32(secret), publicKey, vaultPoint } };
  }
}

/** The vault's side. */
export class VaultKeyGeneration {
  readonly share: VaultShare;
  readonly #options: SessionOptions;
  readonly #commitment: KeyCommitment;
  #secret: bigint | undefined;

  /** @throws GM_TWO_PARTY_SESSION, GM_TWO_PARTY_MESSAGE, RANDOM_SOURCE */
  constructor(options: SessionOptions, commitment: KeyCommitment) {
    assertSession(options.session);
    if (commitment.digest.length !== 32) throw gmError('GM_TWO_PARTY_MESSAGE');
    this.#options = options;
    this.#commitment = commitment;
    this.#secret = randomScalar(options.random);
    const inverse = invert(this.#secret, n);
    const context = contextOf('HUFU-2P-VAULT-KEY-V1', options.session);
    const point = encodeAffine(sm2Products().ofBase(inverse));
    this.share = { point, proof: provePossession({ secret: inverse, point, context }, options.random) };
  }

  /**
   * Takes the device's opening; serves once.
   *
   * @throws GM_TWO_PARTY_MESSAGE, GM_TWO_PARTY_PROOF, GM_TWO_PARTY_COMMITMENT, GM_TWO_PARTY_SPENT, GM_TWO_PARTY_ABORT
   */
  finish(opening: DeviceOpening): VaultHalf {
    const secret = this.#secret;
    if (secret === undefined) throw gmError('GM_TWO_PARTY_SPENT');
    this.#secret = undefined;
    const { session } = this.#options;
    const point = foreignPoint(opening.point);
    if (!equalBytes(commitTo(opening, session), this.#commitment.digest)) {
      throw gmError('GM_TWO_PARTY_COMMITMENT');
    }
    const context = contextOf('HUFU-2P-DEVICE-KEY-V1', session);
    assertPossession({ point, proof: opening.proof, context });
    return {
      secret: toBytes32(secret),
      publicKey: jointKey(point, invert(secret, n)),
      devicePoint: encodeAffine(point),
    };
  }
}

const contextOf = (label: ProofLabel, session: Uint8Array): ProofContext => ({ label, parts: [session] });

const commitTo = ({ point, proof, salt }: DeviceOpening, session: Uint8Array): Uint8Array => {
  if (salt.length !== 32) throw gmError('GM_TWO_PARTY_MESSAGE');
  const length = Uint8Array.of(session.length);
  return sm3(concatBytes(utf8('HUFU-2P-COMMIT-V1'), length, session, point, proof, salt));
};

/** P = [inverse of one's own half](the other's point) - G. @throws GM_TWO_PARTY_ABORT */
export function jointKey(other: Affine, ownInverse: bigint): Uint8Array {
  const key = Sm2Group.fromAffine(sm2Products().ofPoint(other, ownInverse)).subtract(Sm2Group.BASE);
  if (key.equals(Sm2Group.ZERO)) throw gmError('GM_TWO_PARTY_ABORT');
  return encodePoint(key);
}
