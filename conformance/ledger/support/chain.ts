import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LEDGER_WITNESS_BYTECODE } from '@hufu/contracts-evm';
import { toHex } from '@hufu/kernel';
import { freePort, pause } from '../../support/programs.ts';

const ARCHITECTURE = process.arch === 'x64' ? 'amd64' : process.arch;
const ANVIL = fileURLToPath(
  new URL(
    `../../../node_modules/@foundry-rs/anvil-${process.platform}-${ARCHITECTURE}/bin/anvil`,
    import.meta.url,
  ),
);

/** Whether this machine has a node of a chain to test against. */
export const hasChain = existsSync(ANVIL);

export const CHAIN_ID = 20_261_121;

type Receipt = {
  readonly contractAddress: string | null;
  readonly status: string;
  readonly blockNumber: string;
};

const word = (value: string | number): string =>
  (typeof value === 'number' ? value.toString(16) : value.replace('0x', '')).padStart(64, '0');

/** A node with the witness contract on it, spoken to in JSON-RPC and hand-made calls: no library of ours or others. */
export async function startChain() {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const flags = [
    '--gas-price',
    '0',
    '--block-base-fee-per-gas',
    '0',
    '--disable-min-priority-fee',
    '--silent',
  ];
  const child = spawn(ANVIL, [
    '--port',
    String(port),
    '--chain-id',
    String(CHAIN_ID),
    '--hardfork',
    'london',
    ...flags,
  ]);

  async function rpc<T>(method: string, ...params: readonly unknown[]): Promise<T> {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const { result, error } = (await answer.json()) as { result?: T; error?: { message: string } };
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result as T;
  }
  while (!(await rpc('eth_chainId').then(Boolean, () => false))) await pause(25);

  const [from = ''] = await rpc<string[]>('eth_accounts');
  async function send(transaction: Readonly<Record<string, string>>) {
    const hash = await rpc<string>('eth_sendTransaction', {
      from,
      gas: '0x7a1200',
      gasPrice: '0x0',
      ...transaction,
    });
    const found = () => rpc<Receipt | null>('eth_getTransactionReceipt', hash);
    let receipt = await found();
    // A node mines when it gets to it.
    for (; receipt === null; receipt = await found()) await pause(25);
    if (receipt.status !== '0x1') throw new Error('reverted');
    return { hash, ...receipt };
  }

  const deployed = await send({ data: `${LEDGER_WITNESS_BYTECODE}${word(from)}${word(from)}` });
  const contract = deployed.contractAddress ?? '';

  /** The first anchor of a log: it needs no proof. Hashes as 32 bytes. */
  async function anchor(head: { origin: Uint8Array; size: number; root: Uint8Array; noteHash: Uint8Array }) {
    const signature = Buffer.from('anchor(bytes32,uint64,bytes32,bytes32,bytes32[])').toString('hex');
    const selector = (await rpc<string>('web3_sha3', `0x${signature}`)).slice(0, 10);
    const words = [toHex(head.origin), head.size, toHex(head.root), toHex(head.noteHash), 0xa0, 0];
    const { hash, blockNumber } = await send({ to: contract, data: selector + words.map(word).join('') });
    const block = await rpc<{ hash: string; timestamp: string }>('eth_getBlockByNumber', blockNumber, false);
    return {
      transaction: hash,
      blockNumber: Number(blockNumber),
      blockHash: block.hash,
      blockTime: Number(block.timestamp) * 1000,
    };
  }

  async function stop(): Promise<void> {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  return { url, contract, anchor, stop };
}
