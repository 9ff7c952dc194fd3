import { LEDGER_WITNESS_ABI, LEDGER_WITNESS_VERSION } from '@hufu/contracts-evm';
import {
  BaseError,
  bytesToHex,
  createPublicClient,
  encodeFunctionData,
  getAddress,
  type Hex,
  hexToBytes,
  http,
  RpcRequestError,
  sha256,
  stringToHex,
  TransactionReceiptNotFoundError,
  zeroHash,
} from 'viem';
import type { ChainSigner } from './chain-signer.ts';
import type {
  AnchorDriver,
  AnchorOrder,
  BlockReference,
  ChainIdentity,
  SignedTransaction,
  TransactionStatus,
} from './driver.ts';
import { anchorError } from './errors.ts';
import { asking } from './evm-failure.ts';
import { readLegacy, senderOf, signLegacy } from './evm-transaction.ts';

export type EvmDriverOptions = {
  readonly rpcUrl: string;
  readonly chain: ChainIdentity;
  readonly signer: ChainSigner;
  /** Longest wait for one answer of the node, in milliseconds. Default 5000. */
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 5_000;
/** The estimate is for today's proof in today's state; what is left over is not spent. */
const GAS_MARGIN_PERCENT = 125n;

/** The node has it already, or has done with its number: which of the two, the status will tell. */
const SENT_BEFORE =
  /already known|already imported|known transaction|alreadyknown|already in|duplicate|nonce/i;

/** How the contract names a log: SHA-256 of its origin line. */
export const originHash = (origin: string): Hex => sha256(stringToHex(origin));

/**
 * Any chain that speaks Ethereum's JSON-RPC: Besu, Quorum, geth, FISCO BCOS from 3.9.0 with its Web3 service on.
 * It keeps to what all of them have: legacy transactions, receipts, `eth_call`. It never searches logs, because
 * FISCO BCOS silently searches ten blocks only; and it takes times from the node's blocks, never from the contract,
 * because FISCO BCOS gives contracts milliseconds where others give seconds.
 */
export function createEvmDriver(options: EvmDriverOptions): AnchorDriver {
  const { rpcUrl, chain, signer } = options;
  const address = getAddress(chain.contract);
  const client = createPublicClient({
    transport: http(rpcUrl, { timeout: options.timeoutMs ?? TIMEOUT_MS, retryCount: 0 }),
    cacheTime: 0,
  });
  const contract = { address, abi: LEDGER_WITNESS_ABI } as const;
  let recognised = false;

  /** Once per process: is this the chain, and is that our contract? */
  const recognise = async (): Promise<void> => {
    if (recognised) return;
    if ((await client.getChainId()) !== chain.id) throw anchorError('ANCHOR_WRONG_CHAIN');
    const version = await client.readContract({ ...contract, functionName: 'VERSION' });
    if (version !== LEDGER_WITNESS_VERSION) throw anchorError('ANCHOR_WRONG_CONTRACT');
    recognised = true;
  };
  const ask = async <T>(call: () => Promise<T>): Promise<T> => {
    await asking(recognise);
    return asking(call);
  };

  const blockReference = async (number: bigint): Promise<BlockReference> => {
    const block = await client.getBlock({ blockNumber: number });
    const newest = await client.getBlockNumber();
    return {
      number: Number(number),
      hash: block.hash,
      time: Number(block.timestamp) * 1000,
      confirmations: Math.max(0, Number(newest - number)),
    };
  };

  const receiptOf = async (hash: string) => {
    try {
      return await client.getTransactionReceipt({ hash: hash as Hex });
    } catch (error) {
      if (error instanceof TransactionReceiptNotFoundError) return undefined;
      throw error;
    }
  };

  const argumentsOf = (order: AnchorOrder) =>
    [
      originHash(order.origin),
      BigInt(order.size),
      bytesToHex(order.root),
      bytesToHex(order.noteHash),
      order.proof.map((node) => bytesToHex(node)),
    ] as const;

  return {
    chain,
    readHead: (origin) =>
      ask(async () => {
        const head = await client.readContract({
          ...contract,
          functionName: 'headOf',
          args: [originHash(origin)],
        });
        return head.size === 0n ? undefined : { size: Number(head.size), root: hexToBytes(head.root) };
      }),

    readStamp: (origin, size) =>
      ask(async () => {
        const stamp = await client.readContract({
          ...contract,
          functionName: 'stampOf',
          args: [originHash(origin), BigInt(size)],
        });
        if (stamp.blockNumber === 0n) return undefined;
        return { root: hexToBytes(stamp.root), block: await blockReference(stamp.blockNumber) };
      }),

    findTransaction: ({ origin, size, block }) =>
      ask(async () => {
        const { transactions } = await client.getBlock({
          blockNumber: BigInt(block),
          includeTransactions: true,
        });
        const wanted = encodeFunctionPrefix(origin, size);
        const found = transactions.find(
          ({ to, input }) => to?.toLowerCase() === chain.contract && input.startsWith(wanted),
        );
        return found && readLegacy(found, chain.id);
      }),

    sign: (order) =>
      ask(async () => {
        const args = argumentsOf(order);
        const call = { ...contract, functionName: 'anchor', args } as const;
        const estimate = await client.estimateContractGas({ ...call, account: signer.address });
        const [nonce, gasPrice] = await Promise.all([
          client.getTransactionCount({ address: signer.address, blockTag: 'pending' }),
          client.getGasPrice(),
        ]);
        const gas = (estimate * GAS_MARGIN_PERCENT) / 100n;
        const data = encodeFunctionData(call);
        return signLegacy({ chainId: chain.id, to: address, data, nonce, gas, gasPrice, value: 0n }, signer);
      }),

    submit: ({ bytes }) =>
      ask(async () => {
        try {
          await client.sendRawTransaction({ serializedTransaction: bytesToHex(bytes) });
        } catch (error) {
          if (!wasSentBefore(error)) throw error;
        }
      }),

    status: ({ hash, nonce, bytes }: SignedTransaction) =>
      ask(async (): Promise<TransactionStatus> => {
        // Its own sender's: the key may have been replaced since.
        const address = await senderOf(bytes);
        // The count before the receipt: otherwise a block between the two would make ours look displaced.
        const used = await client.getTransactionCount({ address, blockTag: 'latest' });
        const receipt = await receiptOf(hash);
        if (receipt === undefined) return { kind: used > nonce ? 'displaced' : 'absent' };
        if (receipt.status !== 'success') return { kind: 'reverted' };
        return { kind: 'mined', block: await blockReference(receipt.blockNumber) };
      }),
  };
}

/** The beginning of the call's data, up to the size: selector, origin, size. */
function encodeFunctionPrefix(origin: string, size: number): Hex {
  const args = [originHash(origin), BigInt(size), zeroHash, zeroHash, []] as const;
  const data = encodeFunctionData({ abi: LEDGER_WITNESS_ABI, functionName: 'anchor', args });
  return data.slice(0, 2 + 2 * (4 + 32 + 32)) as Hex;
}

function wasSentBefore(error: unknown): boolean {
  if (!(error instanceof BaseError)) return false;
  const said = error.walk((one) => one instanceof RpcRequestError);
  return said instanceof RpcRequestError && SENT_BEFORE.test(said.details);
}
