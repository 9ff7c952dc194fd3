import { utf8 } from '@hufu/kernel';
import type { LedgerCrypto } from '../../crypto/model.ts';
import type { LogPolicy } from '../../policy/model.ts';
import type { BundleAnchor } from '../model.ts';
import type { AnchorState } from '../verdict.ts';
import { coverObstacle, readProof } from './covered.ts';
import { stepOf } from './step.ts';

/**
 * One anchor, as far as it can be known offline: that its checkpoint is of the log and holds the leaf, and that the
 * policy knows the contract. That the chain really holds it, only a node can say: the best state here is indeterminate.
 */
export async function checkAnchor(
  anchor: BundleAnchor,
  [leaf, policy]: readonly [Uint8Array, LogPolicy],
  crypto: LedgerCrypto,
): Promise<AnchorState> {
  const { chainId, contract, transaction, blockNumber, blockTime } = anchor;
  const proof = readProof(anchor.proof);
  const chain = policy.chains.find((one) => one.chainId === chainId && one.contract === contract);
  const covered = await coverObstacle({ proof, leaf, policy }, crypto);
  const reason = covered ?? (chain === undefined ? 'ANCHOR_UNKNOWN_CHAIN' : 'ANCHOR_OFFLINE');
  return {
    ...stepOf('anchor', reason),
    ...{ chainId, chain: chain?.name, contract, transaction, blockNumber, blockTime },
    origin: proof?.checkpoint.origin,
    head: proof?.checkpoint,
    noteHash: crypto.sha256(utf8(proof?.note ?? '')),
  };
}
