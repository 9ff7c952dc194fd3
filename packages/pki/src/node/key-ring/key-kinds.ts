import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  randomBytes,
  sign as signWith,
} from 'node:crypto';
import { promisify } from 'node:util';
import { encodeSm2Spki, generateSm2KeyPair, sm2PublicKey } from '@hufu/gm';
import { concatBytes, fromBase64Url } from '@hufu/kernel';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { sm2 } from '../sm2.ts';
import type { KeyRingAlgorithm } from './key-info.ts';

/** A private key in use: what it is is known to its algorithm alone. */
export type KeyMaterial = {
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  sign(data: Uint8Array): Promise<Uint8Array>;
};

type Kind = {
  /** The private key's bytes: PKCS#8 DER, or for SM2 the 32 bytes of the scalar. */
  generate(): Promise<Uint8Array>;
  open(privateKey: Uint8Array): KeyMaterial;
};

const RSA_BITS = 2048;
const pairOf = promisify(generateKeyPair);

const exportPrivate = (key: KeyObject) => new Uint8Array(key.export({ format: 'der', type: 'pkcs8' }));

/** A signature of RSA takes long enough to be worth a thread of the pool; one on P-256 does not. */
const signInPool = (key: KeyObject, data: Uint8Array) =>
  new Promise<Uint8Array>((resolve, reject) => {
    signWith('sha256', data, key, (error, signature) =>
      error ? reject(error) : resolve(new Uint8Array(signature)),
    );
  });

function openPkcs8(
  privateKey: Uint8Array,
  sign: (key: KeyObject, data: Uint8Array) => Promise<Uint8Array>,
): KeyMaterial {
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
  const publicKey = new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }));
  return { publicKey, sign: (data) => sign(key, data) };
}

/** OpenSSL does not sign a digest that it has not made, and knows no Keccak; so the scalar goes to the library. */
function openSecp256k1(pkcs8: Uint8Array): KeyMaterial {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const scalar = fromBase64Url(key.export({ format: 'jwk' }).d ?? '');
  return {
    publicKey: new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' })),
    async sign(data) {
      // The recovery bit, then r and s; the lower s.
      const made = secp256k1.sign(keccak_256(data), scalar, { prehash: false, format: 'recovered' });
      return concatBytes(made.subarray(1), made.subarray(0, 1));
    },
  };
}

export const KEY_KINDS: Readonly<Record<KeyRingAlgorithm, Kind>> = {
  ES256: {
    generate: async () => exportPrivate((await pairOf('ec', { namedCurve: 'P-256' })).privateKey),
    open: (privateKey) =>
      openPkcs8(privateKey, async (key, data) => new Uint8Array(signWith('sha256', data, key))),
  },
  RS256: {
    generate: async () => exportPrivate((await pairOf('rsa', { modulusLength: RSA_BITS })).privateKey),
    open: (privateKey) => openPkcs8(privateKey, signInPool),
  },
  Ed25519: {
    generate: async () => exportPrivate((await pairOf('ed25519')).privateKey),
    open: (privateKey) =>
      openPkcs8(privateKey, async (key, data) => new Uint8Array(signWith(null, data, key))),
  },
  SECP256K1: {
    generate: async () => exportPrivate((await pairOf('ec', { namedCurve: 'secp256k1' })).privateKey),
    open: openSecp256k1,
  },
  SM2: {
    generate: async () => generateSm2KeyPair(randomBytes).privateKey,
    open: (privateKey) => ({
      publicKey: encodeSm2Spki(sm2PublicKey(privateKey)),
      sign: async (data) => sm2.sign(privateKey, data),
    }),
  },
};
