import type { CodedError } from '@hufu/kernel';
import { isRefusal, type Sequencer } from './sequencer.ts';

/**
 * - `standby`: another server leads, or the witnesses could not be asked yet
 * - `leading`: this one integrates, signs and publishes
 * - `refused`: the database is not what has been seen of it outside; nothing is signed until somebody has looked
 */
export type SequencerState =
  | { readonly state: 'standby' | 'leading' }
  | { readonly state: 'refused'; readonly error: CodedError };

export type RunOptions = {
  /** How often the queue is looked at: while something happens, and otherwise. */
  readonly busyMs?: number;
  readonly idleMs?: number;
  readonly standbyMs?: number;
  readonly keepMs: number;
  readonly onFailure: (error: unknown) => void;
};

export type RunningSequencer = {
  state(): SequencerState;
  /** Finishes the round, gives the lead to another server. */
  stop(): Promise<void>;
};

/** How long after the last leaf the queue is looked at often. */
const BUSY_FOR_MS = 5_000;

export function runSequencer(sequencer: Sequencer, options: RunOptions): RunningSequencer {
  const { busyMs = 120, idleMs = 200, standbyMs = 1_000, keepMs, onFailure } = options;
  let state: SequencerState = { state: 'standby' };
  let stopping = false;
  let wake = () => {};
  let [busyUntil, keepAt] = [0, 0];

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** @returns milliseconds until the next round */
  async function round(): Promise<number> {
    if (state.state === 'standby') {
      if (!(await sequencer.lead())) {
        await sequencer.follow();
        return standbyMs;
      }
      state = { state: 'leading' };
      keepAt = performance.now() + keepMs;
    }
    const begun = performance.now();
    if (await sequencer.work()) busyUntil = performance.now() + BUSY_FOR_MS;
    const now = performance.now();
    if (now >= keepAt) {
      await sequencer.keep();
      keepAt = now + keepMs;
    }
    return now < busyUntil ? Math.max(0, busyMs - (now - begun)) : idleMs;
  }

  async function run(): Promise<void> {
    while (!stopping && state.state !== 'refused') {
      let wait = standbyMs;
      try {
        wait = await round();
      } catch (error) {
        state = isRefusal(error) ? { state: 'refused', error } : { state: 'standby' };
        onFailure(error);
      }
      if (!stopping) await pause(wait);
    }
  }

  const running = run();
  return {
    state: () => state,
    async stop() {
      stopping = true;
      wake();
      await running;
      await sequencer.leave().catch(onFailure);
    },
  };
}
