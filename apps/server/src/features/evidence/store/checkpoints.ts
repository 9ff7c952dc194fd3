import { sql } from 'kysely';
import type { Database, Executor } from '../../../infra/database/database.ts';
import { withTransaction } from '../../../infra/database/database.ts';
import { evidenceTables } from '../tables.ts';

export type StoredCheckpoint = {
  readonly size: number;
  /** 32 bytes, SHA-256. */
  readonly root: Uint8Array;
  /** The signed note with every cosignature that it has got. */
  readonly note: string;
  readonly signedAt: Date;
  readonly confirmedAt: Date | undefined;
};

type Row = {
  size: string;
  root: Uint8Array;
  note: string;
  signed_at: Date;
  confirmed_at: Date | null;
  lines: string;
};

const read = ({ size, root, note, signed_at, confirmed_at, lines }: Row): StoredCheckpoint => ({
  size: Number(size),
  root: new Uint8Array(root),
  note: note + lines,
  signedAt: signed_at,
  confirmedAt: confirmed_at ?? undefined,
});

const LINES = sql<string>`coalesce((
  select string_agg(line, '' order by witness) from ledger_cosignature x where x.size = c.size), '')`;

/** The newest checkpoint that a quorum of witnesses has cosigned: what may be anchored elsewhere. */
export async function newestConfirmedCheckpoint(executor: Executor): Promise<StoredCheckpoint | undefined> {
  const { rows } = await sql<Row>`
    select c.*, ${LINES} as lines from ledger_checkpoint c
     where confirmed_at is not null order by size desc limit 1`.execute(executor);
  return rows[0] && read(rows[0]);
}

/** The newest that was signed, cosigned or not. */
export async function newestCheckpoint(executor: Executor): Promise<StoredCheckpoint | undefined> {
  const { rows } = await sql<Row>`
    select c.*, ${LINES} as lines from ledger_checkpoint c order by size desc limit 1`.execute(executor);
  return rows[0] && read(rows[0]);
}

/** The first that covers a leaf, and was confirmed if that is asked for. */
export async function checkpointAfter(
  executor: Executor,
  { index, confirmed }: { readonly index: number; readonly confirmed: boolean },
): Promise<StoredCheckpoint | undefined> {
  const { rows } = await sql<Row>`
    select c.*, ${LINES} as lines from ledger_checkpoint c
     where size > ${index} and (not ${confirmed} or confirmed_at is not null) order by size limit 1`.execute(
    executor,
  );
  return rows[0] && read(rows[0]);
}

/** The first that covers a leaf and that a quorum of these witnesses has cosigned: those of today, whom the policy names. */
export async function provenCheckpointAfter(
  executor: Executor,
  {
    index,
    witnesses,
    quorum,
  }: { readonly index: number; readonly witnesses: readonly string[]; readonly quorum: number },
): Promise<StoredCheckpoint | undefined> {
  const { rows } = await sql<Row>`
    select c.*, ${LINES} as lines from ledger_checkpoint c
     where size > ${index} and confirmed_at is not null
       and (select count(*) from ledger_cosignature x
             where x.size = c.size and x.witness = any (${[...witnesses]}::text[])) >= ${quorum}
     order by size limit 1`.execute(executor);
  return rows[0] && read(rows[0]);
}

export type NewCheckpoint = {
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
  readonly signedAt: Date;
};

/** Durable before anybody is shown it: a witness must never know of a checkpoint that a crash could take from us. */
export function storeCheckpoint(database: Database, one: NewCheckpoint): Promise<void> {
  return withTransaction(database, async (tx) => {
    await sql`select set_config('synchronous_commit', 'on', true)`.execute(tx);
    await sql`
      insert into ledger_checkpoint (size, root, note, signed_at)
      values (${one.size}, ${Buffer.from(one.root)}, ${one.note}, ${one.signedAt})
      on conflict (size) do nothing`.execute(tx);
  });
}

export type Cosigning = {
  readonly size: number;
  /** `time` in seconds. */
  readonly cosigned: readonly { readonly witness: string; readonly line: string; readonly time: number }[];
  /** Of distinct witnesses. */
  readonly quorum: number;
  readonly at: Date;
};

/** Keeps what witnesses answered; the checkpoint is confirmed once enough of them did. */
export function storeCosignatures(
  database: Database,
  { size, cosigned, quorum, at }: Cosigning,
): Promise<void> {
  return withTransaction(database, async (tx) => {
    for (const { witness, line, time } of cosigned) {
      await evidenceTables(tx)
        .insertInto('ledger_cosignature')
        .values({ size, witness, line, at: new Date(time * 1000) })
        .onConflict((conflict) => conflict.columns(['size', 'witness']).doNothing())
        .execute();
    }
    await sql`
      update ledger_checkpoint set confirmed_at = ${at}
       where size = ${size} and confirmed_at is null
         and (select count(*) from ledger_cosignature where size = ${size}) >= ${quorum}`.execute(tx);
  });
}

export async function checkpointOfSize(
  executor: Executor,
  size: number,
): Promise<StoredCheckpoint | undefined> {
  const { rows } = await sql<Row>`
    select c.*, ${LINES} as lines from ledger_checkpoint c where size = ${size}`.execute(executor);
  return rows[0] && read(rows[0]);
}
