import { bytesToHex } from 'viem';
import { publicKeyToAddress } from 'viem/accounts';
import type { KeyVault } from '../../../infra/vault/key-vault.ts';

/** The key's purpose in the vault. */
export const ANCHOR_PURPOSE = 'ledger-anchor';

/** The account that anchors. */
export type ChainSigner = {
  readonly address: `0x${string}`;
  /** Over the Keccak-256 of the payload: r (32), s (32), recovery bit (1). */
  sign(payload: Uint8Array): Promise<Uint8Array>;
};

const POINT_BYTES = 65;

/** The vault's anchoring key; made when there is none. */
export async function openChainSigner(vault: KeyVault): Promise<ChainSigner> {
  const { id } = await vault.ensure(ANCHOR_PURPOSE, 'SECP256K1');
  const point = vault.publicKey(id).slice(-POINT_BYTES);
  return { address: publicKeyToAddress(bytesToHex(point)), sign: (payload) => vault.sign(id, payload) };
}

/** Retires the key and makes the next one; the contract's owner has to admit its account. */
export async function replaceChainSigner(vault: KeyVault): Promise<ChainSigner> {
  await vault.rotate(ANCHOR_PURPOSE, 'SECP256K1');
  return openChainSigner(vault);
}
