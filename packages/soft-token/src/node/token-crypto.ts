import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
  scrypt,
} from 'node:crypto';
import type { InspectedKey, ScryptCost, Sealed, TokenCrypto } from '../crypto.ts';

const TAG_LENGTH = 16;

/** The token's cryptography on Node's own OpenSSL. */
export const nodeTokenCrypto: TokenCrypto = {
  random: (length) => new Uint8Array(randomBytes(length)),
  scrypt: derive,
  seal,
  open,
  sha256: (data) => new Uint8Array(createHash('sha256').update(data).digest()),
  inspectKey,
};

function derive(input: { pin: Uint8Array; salt: Uint8Array; cost: ScryptCost }): Promise<Uint8Array> {
  const { pin, salt, cost } = input;
  const options = { ...cost, maxmem: 256 * cost.N * cost.r };
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, 32, options, (error, key) => {
      if (error === null) resolve(new Uint8Array(key));
      else reject(error);
    });
  });
}

function seal(key: Uint8Array, plaintext: Uint8Array, context: Uint8Array): Sealed {
  const nonce = new Uint8Array(randomBytes(12));
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(context);
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  return { nonce, ciphertext: new Uint8Array(ciphertext) };
}

function open(key: Uint8Array, sealed: Sealed, context: Uint8Array): Uint8Array | undefined {
  const { nonce, ciphertext } = sealed;
  if (nonce.length !== 12 || ciphertext.length < TAG_LENGTH) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_LENGTH });
  decipher.setAAD(context);
  decipher.setAuthTag(ciphertext.subarray(-TAG_LENGTH));
  try {
    return new Uint8Array(
      Buffer.concat([decipher.update(ciphertext.subarray(0, -TAG_LENGTH)), decipher.final()]),
    );
  } catch {
    return undefined;
  }
}

/** DER of the AlgorithmIdentifiers that begin a curve key: id-ecPublicKey with the named curve. */
const SM2_CURVE = '301306072a8648ce3d020106082a811ccf5501822d';
const P256_CURVE = '301306072a8648ce3d020106082a8648ce3d030107';

function inspectKey(pkcs8: Uint8Array): InspectedKey | undefined {
  let key: KeyObject;
  let publicKey: Uint8Array;
  try {
    key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
    publicKey = new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }));
  } catch {
    return undefined;
  }
  // Node names the type of a re-imported SM2 key differently between its releases, so the curve is read instead.
  const head = Buffer.from(publicKey.subarray(2, 23)).toString('hex');
  if (head === SM2_CURVE) return { algorithm: 'sm2-sm3', publicKey };
  if (head === P256_CURVE) return { algorithm: 'ecdsa-p256-sha256', publicKey };
  if (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048) {
    return { algorithm: 'rsa-pkcs1-sha256', publicKey };
  }
  return undefined;
}
