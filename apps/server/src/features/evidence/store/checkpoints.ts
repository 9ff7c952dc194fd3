import type { Executor } from '../../../infra/database/database.ts';
import { evidenceTables } from '../tables.ts';

export type StoredCheckpoint = {
  readonly size: number;
  /** 32 bytes, SHA-256. */
  readonly root: Uint8Array;
  /** The signed note with every cosignature that it has got. */
  readonly note: string;
};

/** The newest checkpoint that a quorum of witnesses has cosigned: what may be anchored elsewhere. */
export function newestConfirmedCheckpoint(executor: Executor): Promise<StoredCheckpoint | undefined> {
  return pick(executor, (query) => query.where('confirmed_at', 'is not', null).orderBy('size', 'desc'));
}

/** The newest that was signed, cosigned or not. */
export function newestCheckpoint(executor: Executor): Promise<StoredCheckpoint | undefined> {
  return pick(executor, (query) => query.orderBy('size', 'desc'));
}

/** The first confirmed one that covers a leaf. */
export function confirmedCheckpointAfter(
  executor: Executor,
  index: number,
): Promise<StoredCheckpoint | undefined> {
  return pick(executor, (query) =>
    query.where('confirmed_at', 'is not', null).where('size', '>', String(index)).orderBy('size', 'asc'),
  );
}

type Query = ReturnType<typeof checkpoints>;
const checkpoints = (executor: Executor) =>
  evidenceTables(executor).selectFrom('ledger_checkpoint').select(['size', 'root', 'note']);

async function pick(
  executor: Executor,
  narrow: (query: Query) => Query,
): Promise<StoredCheckpoint | undefined> {
  const row = await narrow(checkpoints(executor)).limit(1).executeTakeFirst();
  if (row === undefined) return undefined;
  const cosignatures = await evidenceTables(executor)
    .selectFrom('ledger_cosignature')
    .select('line')
    .where('size', '=', row.size)
    .orderBy('witness')
    .execute();
  return {
    size: Number(row.size),
    root: new Uint8Array(row.root),
    note: row.note + cosignatures.map(({ line }) => line).join(''),
  };
}
