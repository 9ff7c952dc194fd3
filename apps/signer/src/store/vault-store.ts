import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '@hufu/kernel';
import { openLineJournal } from '@hufu/kernel/node';
import { signerError } from '../errors.ts';
import type { Dated, VaultEvent } from './events.ts';
import { beginSegment, openSegment, type Segment, segmentName } from './segment.ts';
import { readSnapshot, writeSnapshot } from './snapshot-file.ts';
import { VaultState } from './vault-state.ts';

export type VaultStore = {
  /** As of every event that was committed, on the disk or on its way there. */
  readonly state: VaultState;
  readonly clock: Clock;
  /**
   * Changes the state at once, so that whatever is decided next knows of it, and resolves when the event is on the
   * disk: only then may anybody be answered. After a failed write the vault serves no more.
   *
   * @throws SIGNER_STOPPED
   */
  commit(event: VaultEvent): Promise<void>;
  close(): Promise<void>;
};

export type VaultStoreOptions = {
  readonly folder: string;
  readonly masterKey: Uint8Array;
  readonly clock: Clock;
  /** Events after which a new segment begins, with a snapshot of the state before it. */
  readonly segmentLength: number;
};

/** @throws SIGNER_JOURNAL */
export async function openVaultStore(options: VaultStoreOptions): Promise<VaultStore> {
  const { folder, masterKey, clock, segmentLength } = options;
  const state = new VaultState();
  let segment = await replay(options, state);
  let failed = false;
  let rolling: Promise<void> | undefined;

  /** The next file is made first; then, in one step, the state is taken and the segments change places. */
  async function roll(): Promise<void> {
    const number = segment.number + 1;
    const { journal } = await openLineJournal(join(folder, segmentName(number)));
    const previous = segment.tag();
    const after = segment.close();
    segment = beginSegment(journal, { number, masterKey, previous, after });
    const snapshot = state.snapshot();
    await after;
    await writeSnapshot(folder, masterKey, { number, previous, snapshot });
  }

  return {
    state,
    clock,
    async commit(event) {
      if (failed) throw signerError('SIGNER_STOPPED');
      const dated: Dated = { ...event, at: clock.now() };
      state.apply(dated);
      try {
        await segment.append(dated);
      } catch (cause) {
        failed = true;
        throw signerError('SIGNER_STOPPED', {}, cause);
      }
      if (segment.length() < segmentLength || rolling !== undefined) return;
      rolling = roll()
        .catch(() => {
          failed = true;
        })
        .finally(() => {
          rolling = undefined;
        });
    },
    async close() {
      await rolling;
      await segment.close();
    },
  };
}

/** Brings the state up to date from the latest snapshot on. @returns the segment that goes on growing */
async function replay({ folder, masterKey }: VaultStoreOptions, state: VaultState): Promise<Segment> {
  let { number, snapshot, previous } = await readSnapshot(folder, masterKey);
  if (snapshot !== undefined) state.restore(snapshot);
  for (;;) {
    const { segment, events } = await openSegment({ folder, number, masterKey, previous });
    for (const event of events) state.apply(event);
    if (!existsSync(join(folder, segmentName(number + 1)))) return segment;
    previous = segment.tag();
    await segment.close();
    number++;
  }
}
