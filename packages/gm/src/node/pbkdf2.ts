import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import type { Pbkdf2 } from '../keys/hashes.ts';

const derive = promisify(pbkdf2);

/** PBKDF2 on OpenSSL, off the main thread. */
export const nodePbkdf2: Pbkdf2 = async ({ hash, password, salt, iterations, length }) =>
  new Uint8Array(await derive(password, salt, iterations, length, hash));
