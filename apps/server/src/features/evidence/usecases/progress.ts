import type { EvidenceState } from '@hufu/contracts';
import type { EvidenceDeps } from '../deps.ts';
import { newestConfirmedCheckpoint } from '../store/checkpoints.ts';

type ProgressDeps = Pick<EvidenceDeps, 'database' | 'anchoring' | 'quorum'>;

/** How far leaves have come; undefined for a statement that still waits. Never ahead of what can be proved. */
export async function progressOf(
  { database, anchoring, quorum }: ProgressDeps,
  indexes: readonly (number | undefined)[],
): Promise<EvidenceState[]> {
  const known = indexes.filter((index) => index !== undefined);
  const confirmed = known.length === 0 ? undefined : await newestConfirmedCheckpoint(database.db);
  const witnessed = quorum === 0 ? 0 : (confirmed?.size ?? 0);
  const anchored = await anchoredSize(anchoring, known);
  return indexes.map((index) => {
    if (index === undefined) return 'WAITING';
    if (index < anchored) return 'ANCHORED';
    return index < witnessed ? 'WITNESSED' : 'LOGGED';
  });
}

/** Leaves below this are under a final anchor. From the largest index down: the first that is covered covers the rest. */
async function anchoredSize(
  anchoring: EvidenceDeps['anchoring'],
  indexes: readonly number[],
): Promise<number> {
  if (anchoring.chain === undefined) return 0;
  for (const index of [...indexes].sort((a, b) => b - a)) {
    if ((await anchoring.anchorCovering(index)) !== undefined) return index + 1;
  }
  return 0;
}
