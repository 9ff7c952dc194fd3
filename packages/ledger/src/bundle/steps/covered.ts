import { CodedError, equalBytes } from '@hufu/kernel';
import { type SignedCheckpoint, verifyNote } from '../../checkpoint/checkpoint.ts';
import type { LedgerCrypto } from '../../crypto/model.ts';
import type { LogPolicy, PolicyLog } from '../../policy/model.ts';
import { treeHasher } from '../../tree/hasher.ts';
import { type TreeHead, verifyInclusion } from '../../tree/verify.ts';
import type { EvidenceReason } from '../reasons.ts';
import { parseTlogProof, type TlogProof } from '../tlog-proof.ts';

export type ReadProof = TlogProof & { readonly checkpoint: SignedCheckpoint };

/** Undefined for text that is no proof: it comes from the bundle, and anything may stand there. */
export function readProof(text: string): ReadProof | undefined {
  try {
    return parseTlogProof(text);
  } catch (error) {
    if (error instanceof CodedError) return undefined;
    throw error;
  }
}

export const logOf = (policy: LogPolicy, checkpoint: SignedCheckpoint | undefined): PolicyLog | undefined =>
  policy.logs.find(({ key }) => key.name === checkpoint?.origin);

/** Whether a retired log's checkpoint is none that its key signed after its end. */
export const isWithin = ({ final }: PolicyLog, { size, root }: TreeHead): boolean =>
  final === undefined || size < final.size || (size === final.size && equalBytes(root, final.root));

/** Undefined when the log of the policy signed the checkpoint. */
export async function checkpointObstacle(
  checkpoint: SignedCheckpoint,
  policy: LogPolicy,
  crypto: LedgerCrypto,
): Promise<EvidenceReason | undefined> {
  const log = logOf(policy, checkpoint);
  if (log === undefined) return 'LOG_UNKNOWN';
  if (!isWithin(log, checkpoint)) return 'LOG_RETIRED';
  const { state } = await verifyNote(checkpoint.note, log.key, crypto);
  if (state === 'absent') return 'LOG_SIGNATURE_ABSENT';
  return state === 'wrong' ? 'LOG_SIGNATURE' : undefined;
}

export function isIncluded(
  { index, hashes, checkpoint }: ReadProof,
  leaf: Uint8Array,
  crypto: LedgerCrypto,
): boolean {
  const hasher = treeHasher(crypto.sha256);
  return verifyInclusion({ index, leafHash: hasher.leaf(leaf), proof: hashes, head: checkpoint }, hasher);
}

export type CoverQuestion = {
  readonly proof: ReadProof | undefined;
  readonly leaf: Uint8Array;
  readonly policy: LogPolicy;
};

/** Why a proof does not show that a log of the policy holds the leaf; undefined when it does. */
export async function coverObstacle(
  { proof, leaf, policy }: CoverQuestion,
  crypto: LedgerCrypto,
): Promise<EvidenceReason | undefined> {
  if (proof === undefined) return 'PROOF_MALFORMED';
  const obstacle = await checkpointObstacle(proof.checkpoint, policy, crypto);
  return obstacle ?? (isIncluded(proof, leaf, crypto) ? undefined : 'INCLUSION');
}
