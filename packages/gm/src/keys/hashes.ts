import { sha1 } from '@noble/hashes/legacy.js';
import { pbkdf2Async } from '@noble/hashes/pbkdf2.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import type { CHash } from '@noble/hashes/utils.js';
import { sm3 } from '../sm3.ts';

export type HashName = 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'sm3';

/** SHA-1 is here because HMAC-SHA1 is the default of PBKDF2 (RFC 8018 §A.2) and of old PKCS#12 MACs. */
export const HASHES: Readonly<Record<HashName, CHash>> = { sha1, sha256, sha384, sha512, sm3 };

export type Pbkdf2Request = {
  readonly hash: HashName;
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
  /** Bytes. */
  readonly length: number;
};

/** PBKDF2 (RFC 8018 §5.2). Node has a faster one in `@hufu/gm/node`. */
export type Pbkdf2 = (request: Pbkdf2Request) => Promise<Uint8Array>;

export const portablePbkdf2: Pbkdf2 = ({ hash, password, salt, iterations, length }) =>
  pbkdf2Async(HASHES[hash], password, salt, { c: iterations, dkLen: length });
