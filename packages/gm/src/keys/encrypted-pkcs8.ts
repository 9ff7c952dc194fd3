import { CodedError, type RandomBytes } from '@hufu/kernel';
import { readDer } from '../der/reader.ts';
import { TAG } from '../der/tags.ts';
import { derOctetString, derSequence } from '../der/writer.ts';
import { gmError } from '../errors.ts';
import { type Pbkdf2, portablePbkdf2 } from './hashes.ts';
import { KEY_OID } from './oids.ts';
import {
  type PasswordContext,
  type Pbes2Choice,
  type Pbes2Parameters,
  pbes2Decrypt,
  pbes2Encrypt,
  readPbes2,
} from './pbes2.ts';
import { decodePkcs8, type PrivateKeyFile } from './pkcs8.ts';

export type EncryptPkcs8Options = Partial<Pbes2Choice> & {
  readonly password: string;
  readonly random: RandomBytes;
  readonly pbkdf2?: Pbkdf2;
};

/** OWASP's figure of 2023 for PBKDF2-HMAC-SHA256. */
const DEFAULT_ITERATIONS = 600_000;

/**
 * EncryptedPrivateKeyInfo (RFC 5958 §3) with PBES2: AES-256-CBC and HMAC-SHA256 unless chosen otherwise, which is
 * what `openssl pkcs8` reads (OpenSSL 3.0 reads SM4-CBC too, but not HMAC-SM3). @throws GM_KEY_WORK, RANDOM_SOURCE
 */
export async function encryptPkcs8(pkcs8: Uint8Array, options: EncryptPkcs8Options): Promise<Uint8Array> {
  const choice: Pbes2Choice = {
    cipher: options.cipher ?? 'aes-256-cbc',
    prf: options.prf ?? 'sha256',
    iterations: options.iterations ?? DEFAULT_ITERATIONS,
  };
  const { password, random, pbkdf2 = portablePbkdf2 } = options;
  const { algorithm, ciphertext } = await pbes2Encrypt(pkcs8, choice, { password, random, pbkdf2 });
  return derSequence(algorithm, derOctetString(ciphertext));
}

/** What a wrong password decrypts to is noise: its decoding error says nothing that the user could use. */
export async function openKeyBag(
  parameters: Pbes2Parameters,
  ciphertext: Uint8Array,
  context: PasswordContext,
): Promise<PrivateKeyFile> {
  const plaintext = await pbes2Decrypt(parameters, ciphertext, context);
  try {
    return decodePkcs8(plaintext);
  } catch (error) {
    if (error instanceof CodedError && !error.code.startsWith('DER_')) throw error;
    throw gmError('GM_KEY_PASSWORD', {}, error);
  }
}

/** Reads EncryptedPrivateKeyInfo. @throws GM_KEY_PASSWORD, GM_KEY_UNSUPPORTED, GM_KEY_WORK, GM_KEY_MISMATCH, DER_* */
export async function decryptPkcs8(
  der: Uint8Array,
  password: string,
  pbkdf2: Pbkdf2 = portablePbkdf2,
): Promise<PrivateKeyFile> {
  const { parameters, ciphertext } = readDer(der, (reader) =>
    reader.within(TAG.sequence, (fields) => ({
      parameters: fields.within(TAG.sequence, (algorithm) => {
        const oid = algorithm.oid();
        if (oid !== KEY_OID.pbes2) throw gmError('GM_KEY_UNSUPPORTED', { oid });
        return readPbes2(algorithm);
      }),
      ciphertext: fields.octetString(),
    })),
  );
  return openKeyBag(parameters, ciphertext, { password, pbkdf2 });
}
