import { concatBytes, equalBytes, utf8 } from '@hufu/kernel';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Ed25519Signer, LedgerCrypto } from '../crypto/model.ts';
import { ledgerError } from '../errors.ts';
import type { Sha256 } from '../tree/hasher.ts';

/** What stands in the log (Sigsum v1 tree leaf): digests and a signature, nothing of the statement itself. */
export type Leaf = {
  /** SHA-256(SHA-256(statement)). */
  readonly checksum: Uint8Array;
  /** Ed25519 over `sigsum.org/v1/tree-leaf\0` ‖ checksum. */
  readonly signature: Uint8Array;
  /** SHA-256 of the submitter's public key. */
  readonly keyHash: Uint8Array;
};

export const LEAF_BYTES = 128;

const NAMESPACE = utf8('sigsum.org/v1/tree-leaf\0');

const signedMessage = (checksum: Uint8Array): Uint8Array => concatBytes(NAMESPACE, checksum);

/** @param statement the statement's bytes @param hash Node's or the portable SHA-256 */
export const leafChecksum = (statement: Uint8Array, hash: Sha256 = sha256): Uint8Array =>
  hash(hash(statement));

export const submitterKeyHash = (publicKey: Uint8Array): Uint8Array => sha256(publicKey);

/** The 128 bytes that the log takes for a statement. */
export async function signLeaf(statement: Uint8Array, submitter: Ed25519Signer): Promise<Uint8Array> {
  const checksum = leafChecksum(statement);
  const signature = await submitter.sign(signedMessage(checksum));
  return concatBytes(checksum, signature, submitterKeyHash(submitter.publicKey));
}

/** @throws LEDGER_LEAF */
export function parseLeaf(bytes: Uint8Array): Leaf {
  if (bytes.length !== LEAF_BYTES) throw ledgerError('LEDGER_LEAF');
  return { checksum: bytes.slice(0, 32), signature: bytes.slice(32, 96), keyHash: bytes.slice(96) };
}

export const formatLeaf = ({ checksum, signature, keyHash }: Leaf): Uint8Array =>
  concatBytes(checksum, signature, keyHash);

/** Whether the submitter's key signed the leaf. False when the leaf names another key. */
export async function isLeafSignedBy(
  leaf: Leaf,
  publicKey: Uint8Array,
  crypto: LedgerCrypto,
): Promise<boolean> {
  if (!equalBytes(leaf.keyHash, submitterKeyHash(publicKey))) return false;
  const { signature } = leaf;
  return crypto.verifyEd25519({ publicKey, message: signedMessage(leaf.checksum), signature });
}
