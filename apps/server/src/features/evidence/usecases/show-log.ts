import type { EvidenceLog } from '@hufu/contracts';
import type { EvidenceDeps } from '../deps.ts';
import { newestCheckpoint } from '../store/checkpoints.ts';
import { checkpointView, witnessViews } from './show-stamp.ts';

/** The log as a whole: what somebody needs who wants to check it from outside. */
export async function showLog(deps: EvidenceDeps): Promise<EvidenceLog> {
  const { keys, quorum, anchoring, database } = deps;
  const newest = await newestCheckpoint(database.db);
  const { chain } = anchoring;
  return {
    origin: keys.origin,
    checkpoint: newest === undefined ? null : checkpointView(newest),
    witnesses: await witnessViews(deps, newest?.size),
    quorum,
    chain: chain === undefined ? null : { id: chain.id, name: chain.name, contract: chain.contract },
    timeStamped: anchoring.stampsTime,
  };
}
