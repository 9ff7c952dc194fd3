import { CodedError, equalBytes } from '@hufu/kernel';
import { isWithin } from '../bundle/steps/covered.ts';
import { parseCheckpoint, type SignedCheckpoint, verifyNote } from '../checkpoint/checkpoint.ts';
import { verifyCosignature } from '../checkpoint/cosignature.ts';
import type { LedgerCrypto } from '../crypto/model.ts';
import type { LogPolicy } from '../policy/model.ts';
import { treeHasher } from '../tree/hasher.ts';
import { createProver, type TileReader } from '../tree/prover.ts';
import { type TreeHead, verifyConsistency } from '../tree/verify.ts';
import { type Alarm, type AlarmCode, alarm } from './alarm.ts';

/** A checkpoint that a monitor believes, and how old its quorum is. */
export type FollowedCheckpoint = SignedCheckpoint & {
  /** Milliseconds since the epoch: when the witness that made the quorum full cosigned; undefined without a quorum. */
  readonly confirmedAt: number | undefined;
};

export type FollowQuestion = {
  /** The newest head of the same log that the monitor believed before; undefined on its first visit. */
  readonly previous: TreeHead | undefined;
  /** The published checkpoint, as it was fetched. */
  readonly note: string;
  readonly policy: LogPolicy;
  /** Reads the published tiles, which are not trusted. */
  readonly reader: TileReader;
};

export type FollowAnswer = {
  /** Undefined when it must not replace the previous one. */
  readonly checkpoint: FollowedCheckpoint | undefined;
  readonly alarms: readonly Alarm[];
};

const refused = (code: AlarmCode, fields: Alarm['fields'] = {}): FollowAnswer => ({
  checkpoint: undefined,
  alarms: [alarm(code, fields)],
});

function readCheckpoint(note: string): SignedCheckpoint | undefined {
  try {
    return parseCheckpoint(note);
  } catch (error) {
    if (error instanceof CodedError) return undefined;
    throw error;
  }
}

/** When each witness of the policy cosigned, oldest first; ms. */
async function cosigningTimes(
  { note }: SignedCheckpoint,
  policy: LogPolicy,
  crypto: LedgerCrypto,
): Promise<number[]> {
  const verdicts = await Promise.all(policy.witnesses.map(({ key }) => verifyCosignature(note, key, crypto)));
  const times = verdicts.flatMap((one) => (one.state === 'valid' ? one.cosignature.time * 1000 : []));
  return times.sort((a, b) => a - b);
}

/** Whether the tiles prove that the newer head continues the older one. */
async function continuation(
  [from, to]: readonly [TreeHead, TreeHead],
  reader: TileReader,
  crypto: LedgerCrypto,
): Promise<Alarm | undefined> {
  const sizes = { from: from.size, to: to.size };
  if (to.size < from.size) return alarm('MONITOR_ROLLBACK', sizes);
  if (to.size === from.size) return equalBytes(to.root, from.root) ? undefined : alarm('MONITOR_FORK', sizes);
  const hasher = treeHasher(crypto.sha256);
  try {
    const proof = await createProver(reader, { hasher }).consistency(from.size, to.size);
    return verifyConsistency({ from, to, proof }, hasher) ? undefined : alarm('MONITOR_INCONSISTENT', sizes);
  } catch (error) {
    if (error instanceof CodedError) return alarm('MONITOR_TILE', sizes);
    throw error;
  }
}

/**
 * One visit of a monitor: is the checkpoint signed by a log of the policy, does it continue what was believed before,
 * and have enough witnesses seen it? Without a quorum the checkpoint is followed with an alarm; anything else refuses it.
 */
export async function followLog(question: FollowQuestion, crypto: LedgerCrypto): Promise<FollowAnswer> {
  const { previous, note, policy, reader } = question;
  const checkpoint = readCheckpoint(note);
  if (checkpoint === undefined) return refused('MONITOR_CHECKPOINT_MALFORMED');
  const { size } = checkpoint;
  const log = policy.logs.find(({ key }) => key.name === checkpoint.origin);
  if (log === undefined) return refused('MONITOR_LOG_UNKNOWN', { size });
  if (!isWithin(log, checkpoint)) return refused('MONITOR_LOG_RETIRED', { size });
  const { state } = await verifyNote(checkpoint.note, log.key, crypto);
  if (state !== 'valid') return refused('MONITOR_LOG_SIGNATURE', { size });
  const empty = { size: 0, root: treeHasher(crypto.sha256).empty };
  const broken = await continuation([previous ?? empty, checkpoint], reader, crypto);
  if (broken !== undefined) return { checkpoint: undefined, alarms: [broken] };
  const times = await cosigningTimes(checkpoint, policy, crypto);
  const confirmedAt = policy.quorum === 0 ? undefined : times[policy.quorum - 1];
  const alarms = confirmedAt === undefined ? [alarm('MONITOR_QUORUM', { size, cosigned: times.length })] : [];
  return { checkpoint: { ...checkpoint, confirmedAt }, alarms };
}

/** Alarm when the newest quorum is older than is allowed. All in ms; `now` by the monitor's own clock. */
export function staleness(confirmedAt: number | undefined, now: number, allowed: number): Alarm | undefined {
  const age = now - (confirmedAt ?? 0);
  return age > allowed ? alarm('MONITOR_STALE', { ageSeconds: Math.round(age / 1000) }) : undefined;
}
