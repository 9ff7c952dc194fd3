import {
  BaseError,
  ContractFunctionRevertedError,
  ContractFunctionZeroDataError,
  RpcRequestError,
} from 'viem';
import { type AnchorErrorCode, anchorError } from './errors.ts';

const REFUSALS: Readonly<Record<string, AnchorErrorCode>> = {
  Rollback: 'ANCHOR_ROLLBACK',
  Fork: 'ANCHOR_FORK',
  Inconsistent: 'ANCHOR_INCONSISTENT',
  NotAllowed: 'ANCHOR_NOT_ALLOWED',
};

/** What the contract or the node said, as one of our codes. */
function codeOfFailure(error: unknown): AnchorErrorCode {
  if (!(error instanceof BaseError)) throw error;
  const reverted = error.walk((one) => one instanceof ContractFunctionRevertedError);
  if (reverted instanceof ContractFunctionRevertedError) {
    return REFUSALS[reverted.data?.errorName ?? ''] ?? 'ANCHOR_REVERTED';
  }
  if (error.walk((one) => one instanceof ContractFunctionZeroDataError)) return 'ANCHOR_WRONG_CONTRACT';
  // The node answered and said no; everything else is that it did not answer.
  if (error.walk((one) => one instanceof RpcRequestError)) return 'ANCHOR_NODE_REFUSED';
  return 'ANCHOR_NODE_UNREACHABLE';
}

const LONGEST_SAYING = 200;

/** The library's messages hold the node's address, in which there may be a key: only what the other side said goes on. */
function sayingOf(error: unknown): string {
  // Some of its errors have none, whatever their type says.
  const details: string | undefined = error instanceof BaseError ? error.details : undefined;
  return (details ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, LONGEST_SAYING);
}

/** Runs a call to the node; a failure becomes one of ours, with the node's own words beside it. */
export async function asking<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw anchorError(codeOfFailure(error), { said: sayingOf(error) });
  }
}
