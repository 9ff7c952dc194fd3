import { createHash } from 'node:crypto';
import type { StartDigest } from '../cms/document-digest.ts';

/** Digests of documents by Node's OpenSSL. */
export const nodeStartDigest: StartDigest = (algorithm) => createHash(algorithm);
