import type { AskChain, ChainAnswer } from '@hufu/ledger';
import { readStamp, stampCall } from './contract-call.ts';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER = 64 * 1024;

/** One JSON-RPC call; undefined when the node gives no result. */
async function call(node: URL, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(node, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
    redirect: 'error',
  });
  const text = await response.text();
  if (!response.ok || text.length > MAX_ANSWER) return undefined;
  return (JSON.parse(text) as { readonly result?: unknown }).result;
}

/** Asks an EVM node what the contract holds. @param node address of its JSON-RPC, chosen by the verifier */
export function nodeAt(node: URL): AskChain {
  return async ({ chainId, contract, origin, head }): Promise<ChainAnswer> => {
    if (origin === undefined || head === undefined) return 'unknown';
    try {
      if (Number(await call(node, 'eth_chainId', [])) !== chainId) return 'unknown';
      const question = { to: contract, data: stampCall(origin, head.size) };
      const answer = await call(node, 'eth_call', [question, 'latest']);
      const stamp = typeof answer === 'string' ? readStamp(answer) : undefined;
      if (stamp === undefined) return 'unknown';
      return stamp.blockNumber === 0 ? 'absent' : stamp;
    } catch {
      // Unreachable, too slow, or no JSON: the node has told nothing.
      return 'unknown';
    }
  };
}
