import {
  type Address,
  bytesToHex,
  hexToBytes,
  keccak256,
  recoverTransactionAddress,
  serializeTransaction,
  type Transaction,
  type TransactionSerializableLegacy,
  type TransactionSerializedLegacy,
} from 'viem';
import type { ChainSigner } from './chain-signer.ts';
import type { SignedTransaction } from './driver.ts';

export type LegacyTransaction = Omit<TransactionSerializableLegacy, 'type' | 'nonce'> & {
  readonly nonce: number;
};

/**
 * Signs a transaction of the oldest kind, with the chain's number in it (EIP-155): FISCO BCOS has no fee market, and
 * every other chain still takes these.
 */
export async function signLegacy(
  transaction: LegacyTransaction,
  signer: ChainSigner,
): Promise<SignedTransaction> {
  const unsigned: TransactionSerializableLegacy = { ...transaction, type: 'legacy' };
  const signature = await signer.sign(hexToBytes(serializeTransaction(unsigned)));
  const serialised = serializeTransaction(unsigned, {
    r: bytesToHex(signature.subarray(0, 32)),
    s: bytesToHex(signature.subarray(32, 64)),
    // viem derives EIP-155's v from this and the chain's number.
    v: 27n + BigInt(signature[64] ?? 0),
  });
  return { nonce: transaction.nonce, hash: keccak256(serialised), bytes: hexToBytes(serialised) };
}

/** A transaction as a node tells it, as the bytes that were sent; undefined when they do not give its hash. */
export function readLegacy(transaction: Transaction, chainId: number): SignedTransaction | undefined {
  const { nonce, gas, gasPrice, to, value, input, r, s, v, hash } = transaction;
  if (transaction.type !== 'legacy' || gasPrice === undefined) return undefined;
  const serialised = serializeTransaction(
    { type: 'legacy', chainId, nonce, gas, gasPrice, to, value, data: input },
    { r, s, v },
  );
  if (keccak256(serialised) !== hash) return undefined;
  return { nonce, hash, bytes: hexToBytes(serialised) };
}

/** Who signed it. */
export const senderOf = (bytes: Uint8Array): Promise<Address> =>
  recoverTransactionAddress({ serializedTransaction: bytesToHex(bytes) as TransactionSerializedLegacy });
