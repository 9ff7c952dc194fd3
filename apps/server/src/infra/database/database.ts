import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type pg from 'pg';
import type { InfraTables } from './tables.ts';
import { insideTransaction } from './transaction-scope.ts';

/** Outside a transaction. */
export type Db = Kysely<InfraTables>;
/** Inside one. What must be atomic takes a `Tx`, so that it cannot be called outside. */
export type Tx = Transaction<InfraTables>;
/** Reads take either. */
export type Executor = Db | Tx;

export type Database = {
  readonly engine: 'postgresql' | 'pglite';
  readonly pool: pg.Pool;
  readonly db: Db;
  /** Resolves when a query is answered. @throws DATABASE_UNAVAILABLE */
  ping(): Promise<void>;
  close(): Promise<void>;
};

/**
 * One unit of work: the change, its audit entry and its outbox rows, or none of them. Inside, only the given
 * transaction may be used: asking the pool for a second connection is refused with DATABASE_NESTED.
 *
 * Whoever loses a collision with another transaction was rolled back whole, and is run again: `work` must leave nothing
 * behind outside the transaction that a second run would not overwrite.
 */
export async function withTransaction<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let run = 1; ; run += 1) {
    try {
      return await database.db
        .transaction()
        .execute((tx) => insideTransaction(database.pool, () => work(tx)));
    } catch (error) {
      if (run === MOST_RUNS || !isCollision(error)) throw error;
      // At once, it would overtake the winner, who is only just being woken, and collide with it again.
      await delay(run * FIRST_PAUSE_MS * (1 + Math.random()));
    }
  }
}

const MOST_RUNS = 3;
const FIRST_PAUSE_MS = 25;

/** serialization_failure and deadlock_detected (PostgreSQL, appendix A). */
const isCollision = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01');

/** Shows a feature its own tables beside the ground's: `tablesOf<HubTables>(tx).selectFrom('binding')`. */
export function tablesOf<T extends Record<string, Record<string, unknown>>>(
  executor: Executor,
): Kysely<InfraTables & T> {
  return executor as unknown as Kysely<InfraTables & T>;
}
