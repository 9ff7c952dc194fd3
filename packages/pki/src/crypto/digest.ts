import { sm3 } from '@hufu/gm';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import type { DigestAlgorithm } from '../crypto-engine.ts';

const DIGESTS: Readonly<Record<DigestAlgorithm, (message: Uint8Array) => Uint8Array>> = {
  sha1,
  sha256,
  sha384,
  sha512,
  sm3,
};

/** Digest without an engine: for identifiers and fingerprints, and where no engine is at hand. */
export const digest = (algorithm: DigestAlgorithm, message: Uint8Array): Uint8Array =>
  DIGESTS[algorithm](message);
