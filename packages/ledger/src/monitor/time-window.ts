import { type Alarm, alarm } from './alarm.ts';

/** A cosigned checkpoint. */
export type Sighting = {
  readonly size: number;
  /** Milliseconds since the epoch: when the quorum was full. */
  readonly time: number;
};

export type TimedLeaf = {
  readonly index: number;
  /** Milliseconds since the epoch: what the statement says. */
  readonly time: number;
};

export type TimeTolerance = {
  /** How long an honest statement may take into a cosigned checkpoint, ms: queues, witnesses that were away. */
  readonly delay: number;
  /** How far clocks may differ, ms. */
  readonly skew: number;
};

const inMinutes = (ms: number): number => Math.round(ms / 60_000);

/**
 * Holds a stated time against when others saw the log: the last checkpoint without the leaf and the first with it. A
 * statement made long before the former was dated back (or kept back); one made after the latter was dated forward.
 * @param sightings checkpoints in order of size; those around the leaf are enough
 */
export function timeAlarm(
  leaf: TimedLeaf,
  sightings: readonly Sighting[],
  { delay, skew }: TimeTolerance,
): Alarm | undefined {
  const before = sightings.findLast(({ size }) => size <= leaf.index);
  const after = sightings.find(({ size }) => size > leaf.index);
  const { index, time } = leaf;
  if (before !== undefined && time < before.time - delay - skew)
    return alarm('MONITOR_BACKDATED', { index, minutes: inMinutes(before.time - time) });
  if (after !== undefined && time > after.time + skew)
    return alarm('MONITOR_POSTDATED', { index, minutes: inMinutes(time - after.time) });
  return undefined;
}
