import { drawRandom, type RandomBytes, utf8 } from '@hufu/kernel';
import { cbc } from '@noble/ciphers/aes.js';
import type { DerReader } from '../der/reader.ts';
import { TAG } from '../der/tags.ts';
import { derInteger, derNull, derOctetString, derOid, derSequence } from '../der/writer.ts';
import { gmError } from '../errors.ts';
import { type Cipher, sm4Cbc } from '../sm4-modes.ts';
import type { HashName, Pbkdf2 } from './hashes.ts';
import { KEY_OID } from './oids.ts';

type BlockCipher = {
  readonly keyLength: number;
  readonly make: (key: Uint8Array, iv: Uint8Array) => Cipher;
};

const aes = (keyLength: number): BlockCipher => ({ keyLength, make: (key, iv) => cbc(key, iv) });

const CIPHERS: Readonly<Record<string, BlockCipher>> = {
  [KEY_OID.aes128Cbc]: aes(16),
  [KEY_OID.aes192Cbc]: aes(24),
  [KEY_OID.aes256Cbc]: aes(32),
  [KEY_OID.sm4Cbc]: { keyLength: 16, make: sm4Cbc },
};

const PRFS: Readonly<Record<string, HashName>> = {
  [KEY_OID.hmacSha1]: 'sha1',
  [KEY_OID.hmacSha256]: 'sha256',
  [KEY_OID.hmacSha384]: 'sha384',
  [KEY_OID.hmacSha512]: 'sha512',
  [KEY_OID.hmacSm3]: 'sm3',
};

/** Parameters of PBES2 (RFC 8018 §A.4) that this project reads. */
export type Pbes2Parameters = {
  readonly cipher: BlockCipher;
  readonly hash: HashName;
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly iv: Uint8Array;
};

const MAX_ITERATIONS = 10_000_000;
const MAX_SALT = 1024;

/** A hostile file must not choose how long we work. @throws GM_KEY_WORK */
export function assertBearableWork(iterations: number, salt: Uint8Array): void {
  if (iterations < 1 || iterations > MAX_ITERATIONS || salt.length > MAX_SALT) throw gmError('GM_KEY_WORK');
}

function readPrf(fields: DerReader): HashName {
  if (fields.done) return 'sha1';
  return fields.within(TAG.sequence, (prf) => {
    const oid = prf.oid();
    prf.optional(TAG.null, (r) => r.null());
    const hash = PRFS[oid];
    if (hash === undefined) throw gmError('GM_KEY_UNSUPPORTED', { oid });
    return hash;
  });
}

function readKdf(fields: DerReader) {
  return fields.within(TAG.sequence, (kdf) => {
    const oid = kdf.oid();
    if (oid !== KEY_OID.pbkdf2) throw gmError('GM_KEY_UNSUPPORTED', { oid });
    return kdf.within(TAG.sequence, (inner) => {
      const salt = inner.octetString();
      const iterations = inner.smallInteger();
      assertBearableWork(iterations, salt);
      const keyLength = inner.optional(TAG.integer, (r) => r.smallInteger());
      return { salt, iterations, keyLength, hash: readPrf(inner) };
    });
  });
}

/** What follows the OID of PBES2 in its AlgorithmIdentifier. @throws GM_KEY_UNSUPPORTED, GM_KEY_WORK, DER_* */
export function readPbes2(reader: DerReader): Pbes2Parameters {
  return reader.within(TAG.sequence, (fields) => {
    const { keyLength, ...kdf } = readKdf(fields);
    return fields.within(TAG.sequence, (scheme) => {
      const oid = scheme.oid();
      const cipher = CIPHERS[oid];
      if (cipher === undefined) throw gmError('GM_KEY_UNSUPPORTED', { oid });
      const iv = scheme.octetString();
      if (iv.length !== 16 || (keyLength ?? cipher.keyLength) !== cipher.keyLength) {
        throw gmError('GM_KEY_UNSUPPORTED', { oid });
      }
      return { ...kdf, cipher, iv };
    });
  });
}

export type PasswordContext = { readonly password: string; readonly pbkdf2: Pbkdf2 };

async function cipherFor(
  parameters: Pbes2Parameters,
  { password, pbkdf2 }: PasswordContext,
): Promise<Cipher> {
  const { cipher, hash, salt, iterations, iv } = parameters;
  const key = await pbkdf2({ hash, password: utf8(password), salt, iterations, length: cipher.keyLength });
  return cipher.make(key, iv);
}

/** @throws GM_KEY_PASSWORD when the padding is wrong; a wrong password can also give wrong plaintext */
export async function pbes2Decrypt(
  parameters: Pbes2Parameters,
  ciphertext: Uint8Array,
  context: PasswordContext,
): Promise<Uint8Array> {
  const cipher = await cipherFor(parameters, context);
  try {
    return cipher.decrypt(ciphertext);
  } catch (cause) {
    throw gmError('GM_KEY_PASSWORD', {}, cause);
  }
}

export type Pbes2Choice = {
  readonly cipher: 'aes-256-cbc' | 'sm4-cbc';
  readonly prf: 'sha256' | 'sm3';
  readonly iterations: number;
};

const CHOICE_OID = {
  'aes-256-cbc': KEY_OID.aes256Cbc,
  'sm4-cbc': KEY_OID.sm4Cbc,
  sha256: KEY_OID.hmacSha256,
  sm3: KEY_OID.hmacSm3,
} as const;

/** Encrypts under a fresh salt and IV; gives the AlgorithmIdentifier and the ciphertext. @throws GM_KEY_WORK, RANDOM_SOURCE */
export async function pbes2Encrypt(
  plaintext: Uint8Array,
  choice: Pbes2Choice,
  context: PasswordContext & { readonly random: RandomBytes },
): Promise<{ readonly algorithm: Uint8Array; readonly ciphertext: Uint8Array }> {
  const salt = drawRandom(context.random, 16);
  const iv = drawRandom(context.random, 16);
  const { iterations } = choice;
  assertBearableWork(iterations, salt);
  const cipherOid = CHOICE_OID[choice.cipher];
  const parameters = { cipher: CIPHERS[cipherOid]!, hash: choice.prf, salt, iterations, iv };
  const cipher = await cipherFor(parameters, context);
  const prf = derSequence(derOid(CHOICE_OID[choice.prf]), derNull());
  const kdf = derSequence(derOctetString(salt), derInteger(iterations), prf);
  const algorithm = derSequence(
    derOid(KEY_OID.pbes2),
    derSequence(derSequence(derOid(KEY_OID.pbkdf2), kdf), derSequence(derOid(cipherOid), derOctetString(iv))),
  );
  return { algorithm, ciphertext: cipher.encrypt(plaintext) };
}
