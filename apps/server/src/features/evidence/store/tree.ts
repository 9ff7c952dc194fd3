import { HASH_BYTES, LEAF_BYTES, TILE_WIDTH, type Tile, type TileReader } from '@hufu/ledger';
import { sql } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';

export type TreeRow = {
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
};

type StoredTree = { size: string; root: Uint8Array; epoch: string };

/** Who may move the tree: the epoch is raised at each change of hands, and every later write names it. */
export type Tenure = { readonly epoch: string };

const bytes = (value: Uint8Array): Uint8Array => new Uint8Array(value);

export async function treeHead(executor: Executor): Promise<TreeRow> {
  const { rows } = await sql<StoredTree>`select size, root from ledger_tree`.execute(executor);
  return { size: Number(rows[0]!.size), root: bytes(rows[0]!.root) };
}

/** Takes the lease when it is free. @returns undefined while somebody else holds it */
export async function takeTree(
  executor: Executor,
  { holder, seconds }: { readonly holder: string; readonly seconds: number },
): Promise<(Tenure & TreeRow) | undefined> {
  const { rows } = await sql<StoredTree>`
    update ledger_tree
       set epoch = epoch + 1, holder = ${holder}, lease_until = clock_timestamp() + make_interval(secs => ${seconds})
     where lease_until is null or lease_until < clock_timestamp()
    returning size, root, epoch`.execute(executor);
  const row = rows[0];
  return row && { epoch: row.epoch, size: Number(row.size), root: bytes(row.root) };
}

/** @returns whether the lease is still held */
export async function keepTree(executor: Executor, { epoch }: Tenure, seconds: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update ledger_tree set lease_until = clock_timestamp() + make_interval(secs => ${seconds})
     where epoch = ${epoch}::bigint`.execute(executor);
  return numAffectedRows === 1n;
}

/** Lets another server take over at once. */
export async function leaveTree(executor: Executor, { epoch }: Tenure): Promise<void> {
  await sql`update ledger_tree set lease_until = null where epoch = ${epoch}::bigint`.execute(executor);
}

export type Move = {
  readonly from: number;
  readonly to: TreeRow;
  readonly tenure: Tenure;
  readonly leaseSeconds: number;
};

/** The one write that makes a batch part of the tree. @returns false when the tree has moved or changed hands */
export async function moveTree(tx: Tx, { from, to, tenure, leaseSeconds }: Move): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update ledger_tree
       set size = ${to.size}, root = ${Buffer.from(to.root)},
           lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
     where size = ${from} and epoch = ${tenure.epoch}::bigint`.execute(tx);
  return numAffectedRows === 1n;
}

/**
 * Takes the oldest waiting leaves and gives them their indexes. What another transaction holds is skipped, never waited
 * for; what commits later with a lower id is taken later: there is no high-water mark that could pass it by. Rows are
 * found by where they lie, since the queue's statistics are always those of another moment.
 */
export async function takeLeaves(
  tx: Tx,
  { from, limit }: { readonly from: number; readonly limit: number },
): Promise<Uint8Array[]> {
  const { rows } = await sql<{ leaves: Uint8Array | null }>`
    with taken as (
      delete from ledger_outbox
       where ctid = any (array(select ctid from ledger_outbox order by id limit ${limit} for update skip locked))
      returning id, statement_id, leaf
    ), placed as (
      insert into ledger_leaf (idx, statement_id, leaf)
      select ${from}::bigint + row_number() over (order by id) - 1, statement_id, leaf from taken
      returning idx, leaf
    )
    select string_agg(leaf, ''::bytea order by idx) as leaves from placed`.execute(tx);
  return cut(rows[0]?.leaves ?? new Uint8Array());
}

/** Leaves come as one value: thousands of rows cost more than thousands of leaves. */
function cut(leaves: Uint8Array): Uint8Array[] {
  const all = bytes(leaves);
  return Array.from({ length: all.length / LEAF_BYTES }, (_, at) =>
    all.subarray(at * LEAF_BYTES, (at + 1) * LEAF_BYTES),
  );
}

/** Tiles only ever grow wider: a narrower one than what is stored is left out. */
export async function storeTiles(tx: Tx, tiles: readonly Tile[]): Promise<void> {
  const hex = tiles.map(({ hashes }) => Buffer.from(hashes).toString('hex'));
  await sql`
    insert into ledger_tile (level, n, width, data)
    select level, n, width, decode(data, 'hex')
      from unnest(${tiles.map(({ level }) => level)}::smallint[], ${tiles.map(({ index }) => index)}::bigint[],
                  ${tiles.map(({ width }) => width)}::smallint[], ${hex}::text[]) as t (level, n, width, data)
    on conflict (level, n) do update set width = excluded.width, data = excluded.data
     where ledger_tile.width < excluded.width`.execute(tx);
}

export type TileAddress = { readonly level: number; readonly index: number };

/** As wide as they are by now. Missing ones are left out. */
export async function readTiles(executor: Executor, wanted: readonly TileAddress[]): Promise<Tile[]> {
  if (wanted.length === 0) return [];
  const { rows } = await sql<{ level: number; n: string; width: number; data: Uint8Array }>`
    select t.level, t.n, t.width, t.data
      from unnest(${wanted.map(({ level }) => level)}::smallint[], ${wanted.map(({ index }) => index)}::bigint[])
             as w (level, n)
      join ledger_tile t on t.level = w.level and t.n = w.n`.execute(executor);
  return rows.map(({ level, n, width, data }) => ({ level, index: Number(n), width, hashes: bytes(data) }));
}

/** For proofs. */
export const tileReader =
  (executor: Executor): TileReader =>
  async (level, index, width) => {
    const [tile] = await readTiles(executor, [{ level, index }]);
    return tile?.hashes.subarray(0, Math.max(width, 0) * HASH_BYTES) ?? new Uint8Array();
  };

/** The leaves of one tile of entries, at most 256. */
export async function readLeaves(
  executor: Executor,
  { index, width }: { readonly index: number; readonly width: number },
): Promise<Uint8Array[]> {
  const first = index * TILE_WIDTH;
  const { rows } = await sql<{ leaves: Uint8Array | null }>`
    select string_agg(leaf, ''::bytea order by idx) as leaves from ledger_leaf
     where idx >= ${first} and idx < ${first + width}`.execute(executor);
  return cut(rows[0]?.leaves ?? new Uint8Array());
}

export async function hasWaitingLeaves(executor: Executor): Promise<boolean> {
  const { rows } = await sql<{ waiting: boolean }>`
    select exists (select from ledger_outbox) as waiting`.execute(executor);
  return rows[0]!.waiting;
}
