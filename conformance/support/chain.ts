import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { builtFile, freePort, pause, startProgram } from './programs.ts';

/**
 * Selectors of the contract's calls (first four bytes of Keccak-256 of `setPublisher(address,bool)`, `headOf(bytes32)`
 * and `stampOf(bytes32,uint64)`): who reads the chain with a tool of another kind needs no more than these.
 */
const SELECTOR = { setPublisher: '618bb079', headOf: '65c7d79d', stampOf: '78c97a83' };
/** The development node's own account. */
const OWNER = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266';

export type Head = { readonly size: number; readonly root: string };

export type Chain = {
  /** Settings of a server that anchors here. */
  readonly settings: Readonly<Record<string, string>>;
  /** The owner's decision on a publisher. */
  admit(account: string): Promise<void>;
  /** Newest head of the log with this origin, as any `eth_call` tells it: size and root in base64. */
  head(origin: string): Promise<Head>;
  /** Root and SHA-256 of the note that the contract holds for a size, hexadecimal. */
  stamp(origin: string, size: number): Promise<{ readonly root: string; readonly noteHash: string }>;
  checkContract(): Promise<string>;
  close(): Promise<void>;
};

/** The demo's chain as built, with the contract deployed by a key that is nobody's afterwards. */
export async function startChain(): Promise<Chain> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hufu-chain-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const rpc = (method: string, ...params: readonly unknown[]) => ask(url, method, params);
  await mkdir(path.join(folder, 'node'));
  const node = await startProgram({
    command: process.execPath,
    args: [builtFile('launcher', 'chain.cli.js'), String(port), path.join(folder, 'node')],
    env: {},
    ready: url,
    anyAnswer: true,
  });
  const command = async (...args: readonly string[]): Promise<string> => {
    const { PATH = '' } = process.env;
    const env = {
      PATH,
      HUFU_MODE: 'demo',
      HUFU_DATA: path.join(folder, 'deployer'),
      HUFU_CHAIN_RPC_URL: url,
    };
    const file = builtFile('server', 'anchor-contract.cli.js');
    return (await promisify(execFile)(process.execPath, [file, ...args], { env })).stdout;
  };
  const { contract, chainId } = JSON.parse(await command('deploy', OWNER)) as {
    readonly contract: string;
    readonly chainId: number;
  };
  const call = async (selector: string, ...words: readonly string[]): Promise<string[]> => {
    const data = `0x${selector}${words.join('')}`;
    const answer = (await rpc('eth_call', { to: contract, data }, 'latest')) as string;
    return answer.slice(2).match(/.{64}/g) ?? [];
  };
  return {
    settings: {
      HUFU_CHAIN_RPC_URL: url,
      HUFU_CHAIN_ID: String(chainId),
      HUFU_CHAIN_CONTRACT: contract,
      HUFU_CHAIN_NAME: '测试链',
      HUFU_ANCHOR_SECONDS: '1',
    },
    async admit(account) {
      const data = `0x${SELECTOR.setPublisher}${word(account.slice(2))}${word('1')}`;
      const order = { from: OWNER, to: contract, data, gas: '0x30000', gasPrice: '0x0' };
      const hash = await rpc('eth_sendTransaction', order);
      // A node mines when it gets to it.
      while (!(await rpc('eth_getTransactionReceipt', hash))) await pause(25);
    },
    async head(origin) {
      const [size = '0', , root = ''] = await call(SELECTOR.headOf, sha256(origin));
      return { size: Number(`0x${size}`), root: Buffer.from(root, 'hex').toString('base64') };
    },
    async stamp(origin, size) {
      const [root = '', noteHash = ''] = await call(
        SELECTOR.stampOf,
        sha256(origin),
        word(size.toString(16)),
      );
      return { root, noteHash };
    },
    checkContract: () => command('check', contract),
    async close() {
      await node.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const word = (hex: string): string => hex.toLowerCase().padStart(64, '0');

async function ask(url: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { result, error } = (await response.json()) as { result?: unknown; error?: { message: string } };
  if (error) throw new Error(`${method}: ${error.message}`);
  return result;
}
