import {
  LEDGER_WITNESS_ABI,
  LEDGER_WITNESS_BYTECODE,
  LEDGER_WITNESS_DEPLOYED_BYTECODE,
} from '@hufu/contracts-evm';
import { type Address, bytesToHex, createPublicClient, encodeDeployData, getAddress, http } from 'viem';
import type { ChainSigner } from './chain-signer.ts';
import { anchorError } from './errors.ts';
import { asking } from './evm-failure.ts';
import { signLegacy } from './evm-transaction.ts';

export type Deployment = {
  readonly rpcUrl: string;
  /** Pays for the deployment and becomes the first publisher. */
  readonly signer: ChainSigner;
  /** Decides on publishers afterwards; a key that is kept elsewhere. */
  readonly owner: string;
};

export type Deployed = { readonly chainId: number; readonly contract: string; readonly blockNumber: number };

const MINED_WITHIN_MS = 120_000;
const POLL_MS = 500;
const GAS_MARGIN_PERCENT = 125n;

const clientOf = (rpcUrl: string) =>
  createPublicClient({ transport: http(rpcUrl, { retryCount: 0 }), cacheTime: 0, pollingInterval: POLL_MS });

/**
 * Puts the contract onto the chain and makes sure that what lies there are the bytes of this release.
 * @throws ANCHOR_NODE_UNREACHABLE, ANCHOR_NODE_REFUSED, ANCHOR_REVERTED, ANCHOR_WRONG_CONTRACT
 */
export function deployContract({ rpcUrl, signer, owner }: Deployment): Promise<Deployed> {
  const client = clientOf(rpcUrl);
  return asking(async () => {
    const data = encodeDeployData({
      abi: LEDGER_WITNESS_ABI,
      bytecode: LEDGER_WITNESS_BYTECODE,
      args: [getAddress(owner), signer.address],
    });
    const [chainId, nonce, gasPrice, estimate] = await Promise.all([
      client.getChainId(),
      client.getTransactionCount({ address: signer.address, blockTag: 'pending' }),
      client.getGasPrice(),
      client.estimateGas({ account: signer.address, data }),
    ]);
    const gas = (estimate * GAS_MARGIN_PERCENT) / 100n;
    const transaction = await signLegacy({ chainId, nonce, gasPrice, gas, data, value: 0n }, signer);
    const hash = await client.sendRawTransaction({ serializedTransaction: bytesToHex(transaction.bytes) });
    const receipt = await client.waitForTransactionReceipt({ hash, timeout: MINED_WITHIN_MS });
    const { contractAddress, status, blockNumber } = receipt;
    if (status !== 'success' || !contractAddress) throw anchorError('ANCHOR_REVERTED');
    if (!(await isOurContract(rpcUrl, contractAddress))) throw anchorError('ANCHOR_WRONG_CONTRACT');
    return { chainId, contract: contractAddress.toLowerCase(), blockNumber: Number(blockNumber) };
  });
}

/** Whether exactly the code of this release lies at an address. @throws ANCHOR_NODE_UNREACHABLE */
export const isOurContract = (rpcUrl: string, contract: string): Promise<boolean> =>
  asking(async () => {
    const code = await clientOf(rpcUrl).getCode({ address: contract as Address });
    return code?.toLowerCase() === LEDGER_WITNESS_DEPLOYED_BYTECODE;
  });
