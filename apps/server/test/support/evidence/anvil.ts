import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { freePort } from '../free-port.ts';

const ARCHITECTURE = process.arch === 'x64' ? 'amd64' : process.arch;
const BINARY = fileURLToPath(
  new URL(
    `../../../../../node_modules/@foundry-rs/anvil-${process.platform}-${ARCHITECTURE}/bin/anvil`,
    import.meta.url,
  ),
);

/** Whether this machine has a node to test against: its package exists for Linux, macOS and Windows. */
export const hasAnvil = fs.existsSync(BINARY);

export type Anvil = {
  readonly rpcUrl: string;
  readonly chainId: number;
  /** Any method of the node, its own `anvil_…` and `evm_…` ones too. */
  rpc<T = unknown>(method: string, ...params: readonly unknown[]): Promise<T>;
  /** Has a transaction sent by an account of the node's own, and waits for its block: a node mines when it gets to it. */
  transact(transaction: Readonly<Record<string, string>>): Promise<void>;
  /** Waits until a transaction is in a block. */
  mined(hash: string): Promise<void>;
  /** SIGKILL: what it had not written is gone. */
  kill(): Promise<void>;
  /** SIGTERM, with its state written. */
  stop(): Promise<void>;
  start(): Promise<void>;
};

/** A node of a chain without fees, as permissioned chains are, at the same port whenever it is started. */
export async function startAnvil(options: { readonly stateFile?: string } = {}): Promise<Anvil> {
  const port = await freePort();
  const chainId = 20_261_120;
  const rpcUrl = `http://127.0.0.1:${port}`;
  const state =
    options.stateFile === undefined ? [] : ['--state', options.stateFile, '--state-interval', '1'];
  let child: ChildProcess | undefined;
  let id = 0;

  async function rpc<T>(method: string, ...params: readonly unknown[]): Promise<T> {
    id += 1;
    const response = await fetch(rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id, method, params }),
    });
    const answer = (await response.json()) as { result?: T; error?: { message: string } };
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result as T;
  }

  async function mined(hash: string): Promise<void> {
    for (let tries = 0; tries < 1_000; tries++) {
      const receipt = await rpc<{ status: string } | null>('eth_getTransactionReceipt', hash);
      if (receipt?.status === '0x1') return;
      if (receipt) throw new Error(`${hash} failed in its block`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`${hash} is in no block`);
  }

  async function start(): Promise<void> {
    const fees = ['--gas-price', '0', '--block-base-fee-per-gas', '0', '--disable-min-priority-fee'];
    const place = ['--host', '127.0.0.1', '--port', String(port), '--chain-id', String(chainId)];
    child = spawn(BINARY, [...place, ...fees, '--hardfork', 'london', '--silent', ...state], {
      stdio: 'ignore',
    });
    for (let tries = 0; tries < 2_400; tries++) {
      if (await rpc('eth_chainId').then(Boolean, () => false)) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('anvil did not start');
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    await gone;
  }

  await start();
  return {
    rpcUrl,
    chainId,
    rpc,
    mined,
    transact: async (transaction) =>
      mined(await rpc<string>('eth_sendTransaction', { gas: '0x100000', gasPrice: '0x0', ...transaction })),
    start,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}
