import type { Selectable } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';
import { type AnchorTables, anchorTables } from './tables.ts';
import type { TimeStamp } from './tsa-driver.ts';

export type StampedCheckpoint = TimeStamp & {
  readonly size: number;
  readonly root: Uint8Array;
  /** The stamped text: the checkpoint without its signatures. */
  readonly content: string;
  /** Milliseconds since the epoch, by our clock. */
  readonly obtainedAt: number;
};

const of = (executor: Executor, origin: string) =>
  anchorTables(executor).selectFrom('ledger_timestamp').selectAll().where('origin', '=', origin);

export async function newestTimeStamp(
  executor: Executor,
  origin: string,
): Promise<StampedCheckpoint | undefined> {
  return read(await of(executor, origin).orderBy('id', 'desc').limit(1).executeTakeFirst());
}

/** The earliest time-stamp that covers a leaf: the one that says most. */
export async function timeStampCovering(
  executor: Executor,
  origin: string,
  index: number,
): Promise<StampedCheckpoint | undefined> {
  return read(
    await of(executor, origin)
      .where('size', '>', String(index))
      .orderBy('size', 'asc')
      .orderBy('id', 'asc')
      .limit(1)
      .executeTakeFirst(),
  );
}

export async function storeTimeStamp(
  executor: Executor,
  origin: string,
  stamp: StampedCheckpoint,
): Promise<void> {
  await anchorTables(executor)
    .insertInto('ledger_timestamp')
    .values({
      origin,
      size: stamp.size,
      root: Buffer.from(stamp.root),
      content: stamp.content,
      token: Buffer.from(stamp.token),
      serial: stamp.serial,
      policy: stamp.policy,
      stamped_at: new Date(stamp.time),
      signer_until: new Date(stamp.signerUntil),
      obtained_at: new Date(stamp.obtainedAt),
    })
    .execute();
}

function read(row: Selectable<AnchorTables['ledger_timestamp']> | undefined): StampedCheckpoint | undefined {
  return (
    row && {
      size: Number(row.size),
      root: new Uint8Array(row.root),
      content: row.content,
      token: new Uint8Array(row.token),
      time: row.stamped_at.getTime(),
      serial: row.serial,
      policy: row.policy,
      signerUntil: row.signer_until.getTime(),
      obtainedAt: row.obtained_at.getTime(),
    }
  );
}
