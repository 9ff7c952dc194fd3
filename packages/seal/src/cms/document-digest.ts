/** Digests of documents: SHA-256, and SM3 for SM2 keys. */
export type DocumentDigest = 'sha256' | 'sm3';

/** A digest that takes its input in parts; Node's `createHash` is one. */
export type DigestStream = {
  update(part: Uint8Array): unknown;
  digest(): Uint8Array;
  /** The state so far, to go on from twice: spares hashing the same bytes for every signature. */
  copy?(): DigestStream;
};

/** Starts a digest. Documents are too large to be joined in memory, so this stands beside `CryptoEngine.digest`. */
export type StartDigest = (algorithm: DocumentDigest) => DigestStream;

const CHUNK = 1 << 20;

/** Digest of parts in order, fed in chunks. */
export function digestParts(
  start: StartDigest,
  algorithm: DocumentDigest,
  parts: readonly Uint8Array[],
): Uint8Array {
  const stream = start(algorithm);
  for (const part of parts) {
    for (let at = 0; at < part.length; at += CHUNK) stream.update(part.subarray(at, at + CHUNK));
  }
  return new Uint8Array(stream.digest());
}
