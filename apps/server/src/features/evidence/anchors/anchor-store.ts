import type { Selectable } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';
import { ANCHOR_TRANSITIONS, type AnchorEvent, type AnchorState, nextState } from './anchor-states.ts';
import type { ConfirmedCheckpoint } from './checkpoint-source.ts';
import type { ChainIdentity, SignedTransaction } from './driver.ts';
import { anchorError } from './errors.ts';
import { type AnchorTables, anchorTables } from './tables.ts';

/** The anchors of one log at one contract. */
export type AnchorPlace = { readonly chain: ChainIdentity; readonly origin: string };

export type KnownBlock = { readonly number: number; readonly hash: string; readonly time: number };

export type Anchor = {
  readonly id: string;
  readonly chain: Pick<ChainIdentity, 'id' | 'name' | 'contract'>;
  readonly checkpoint: ConfirmedCheckpoint;
  readonly state: AnchorState;
  readonly transaction: SignedTransaction | undefined;
  readonly block: KnownBlock | undefined;
  readonly failures: number;
  readonly problem: string | undefined;
  /** Milliseconds since the epoch: when it was enlisted, and when it got its state. */
  readonly createdAt: number;
  readonly changedAt: number;
};

/** What an event changes beside the state; null clears. */
export type AnchorChanges = {
  readonly transaction?: SignedTransaction | null;
  readonly block?: KnownBlock | null;
};

const at = (executor: Executor, { chain, origin }: AnchorPlace) =>
  anchorTables(executor)
    .selectFrom('ledger_anchor')
    .selectAll()
    .where('chain_id', '=', String(chain.id))
    .where('contract', '=', chain.contract)
    .where('origin', '=', origin);

/** The one on its way, if any. */
export const anchorOnItsWay = async (executor: Executor, place: AnchorPlace): Promise<Anchor | undefined> =>
  read(await at(executor, place).where('state', 'in', ['signed', 'mined']).executeTakeFirst());

export const waitingAnchor = async (executor: Executor, place: AnchorPlace): Promise<Anchor | undefined> =>
  read(await at(executor, place).where('state', '=', 'pending').executeTakeFirst());

/** Final ones, the largest first. */
export async function finalAnchors(executor: Executor, place: AnchorPlace, limit: number): Promise<Anchor[]> {
  const rows = await at(executor, place)
    .where('state', '=', 'final')
    .orderBy('size', 'desc')
    .limit(limit)
    .execute();
  return rows.map(fromRow);
}

/** When the newest was enlisted, whatever became of it; milliseconds since the epoch. */
export async function lastEnlistedAt(executor: Executor, place: AnchorPlace): Promise<number | undefined> {
  const row = await at(executor, place).orderBy('created_at', 'desc').limit(1).executeTakeFirst();
  return row?.created_at.getTime();
}

/** The first final anchor that covers a leaf, the given chain's before those of chains that were left. */
export async function finalAnchorCovering(
  executor: Executor,
  origin: string,
  options: { readonly index: number; readonly chain: ChainIdentity | undefined },
): Promise<Anchor | undefined> {
  const { index, chain } = options;
  const covering = anchorTables(executor)
    .selectFrom('ledger_anchor')
    .selectAll()
    .where('origin', '=', origin)
    .where('state', '=', 'final')
    .where('size', '>', String(index))
    .orderBy('size', 'asc')
    .limit(1);
  const here =
    chain &&
    (await covering
      .where('chain_id', '=', String(chain.id))
      .where('contract', '=', chain.contract)
      .executeTakeFirst());
  return read(here ?? (await covering.executeTakeFirst()));
}

/** Enlists a checkpoint; one that was superseded before is taken up again. */
export async function enlistAnchor(
  executor: Executor,
  place: AnchorPlace,
  { checkpoint, now }: { readonly checkpoint: ConfirmedCheckpoint; readonly now: number },
): Promise<Anchor> {
  const { chain, origin } = place;
  const time = new Date(now);
  const known = await at(executor, place).where('size', '=', String(checkpoint.size)).executeTakeFirst();
  if (known) {
    const blank = { transaction: null, block: null };
    return moveAnchor(executor, fromRow(known), { event: 'revive', now, changes: blank });
  }
  const row = await anchorTables(executor)
    .insertInto('ledger_anchor')
    .values({
      chain_id: chain.id,
      chain_name: chain.name,
      contract: chain.contract,
      origin,
      size: checkpoint.size,
      root: Buffer.from(checkpoint.root),
      note: checkpoint.note,
      state: 'pending',
      failures: 0,
      created_at: time,
      changed_at: time,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) throw anchorError('ANCHOR_RACED', { state: 'pending' });
  return fromRow(row);
}

/**
 * Moves an anchor by a declared transition, if it is still as it was read.
 * @throws ANCHOR_RACED when it is not, or when the event is none of its state
 */
export async function moveAnchor(
  executor: Executor,
  anchor: Anchor,
  move: { readonly event: AnchorEvent; readonly now: number; readonly changes?: AnchorChanges },
): Promise<Anchor> {
  const { event, now, changes = {} } = move;
  const next = nextState(anchor.state, event);
  if (next === undefined) throw anchorError('ANCHOR_RACED', { state: anchor.state, event });
  const { transaction, block } = changes;
  const row = await anchorTables(executor)
    .updateTable('ledger_anchor')
    .set({
      state: next,
      changed_at: new Date(now),
      failures: 0,
      problem: null,
      ...(transaction === undefined ? {} : transactionColumns(transaction)),
      ...(block === undefined ? {} : blockColumns(block)),
    })
    .where('id', '=', anchor.id)
    .where('state', '=', anchor.state)
    .returningAll()
    .executeTakeFirst()
    .catch(raced);
  if (!row) throw anchorError('ANCHOR_RACED', { state: anchor.state, event });
  return fromRow(row);
}

/** Marks the final anchors of trees larger than what the chain still holds, up to a size. @returns their sizes, ascending */
export async function vanishBeyond(
  executor: Executor,
  { chain, origin }: AnchorPlace,
  { size, upTo, now }: { readonly size: number; readonly upTo: number; readonly now: number },
): Promise<number[]> {
  const rows = await anchorTables(executor)
    .updateTable('ledger_anchor')
    .set({ state: ANCHOR_TRANSITIONS.final.vanish, changed_at: new Date(now) })
    .where('chain_id', '=', String(chain.id))
    .where('contract', '=', chain.contract)
    .where('origin', '=', origin)
    .where('state', '=', 'final')
    .where('size', '>', String(size))
    .where('size', '<=', String(upTo))
    .returning('size')
    .execute();
  return rows.map((row) => Number(row.size)).sort((a, b) => a - b);
}

/** Notes why an anchor does not get on. */
export async function noteProblem(executor: Executor, anchor: Anchor, code: string): Promise<void> {
  await anchorTables(executor)
    .updateTable('ledger_anchor')
    .set((value) => ({ failures: value('failures', '+', 1), problem: code }))
    .where('id', '=', anchor.id)
    .execute();
}

const UNIQUE_VIOLATION = '23505';

/** One waits and one is on its way: the database holds to it, whoever comes second. */
function raced(error: unknown): undefined {
  if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) return undefined;
  throw error;
}

const transactionColumns = (transaction: SignedTransaction | null) => ({
  nonce: transaction?.nonce ?? null,
  transaction: transaction ? Buffer.from(transaction.bytes) : null,
  transaction_hash: transaction?.hash ?? null,
});

const blockColumns = (block: KnownBlock | null) => ({
  block_number: block?.number ?? null,
  block_hash: block?.hash ?? null,
  block_time: block ? new Date(block.time) : null,
});

type Row = Selectable<AnchorTables['ledger_anchor']>;

const read = (row: Row | undefined): Anchor | undefined => row && fromRow(row);

function fromRow(row: Row): Anchor {
  const { nonce, transaction, transaction_hash: hash, block_number, block_hash, block_time } = row;
  return {
    id: row.id,
    chain: { id: Number(row.chain_id), name: row.chain_name, contract: row.contract },
    checkpoint: { size: Number(row.size), root: new Uint8Array(row.root), note: row.note },
    state: row.state,
    transaction:
      nonce !== null && transaction !== null && hash !== null
        ? { nonce: Number(nonce), bytes: new Uint8Array(transaction), hash }
        : undefined,
    block:
      block_number !== null && block_hash !== null && block_time !== null
        ? { number: Number(block_number), hash: block_hash, time: block_time.getTime() }
        : undefined,
    failures: row.failures,
    problem: row.problem ?? undefined,
    createdAt: row.created_at.getTime(),
    changedAt: row.changed_at.getTime(),
  };
}
