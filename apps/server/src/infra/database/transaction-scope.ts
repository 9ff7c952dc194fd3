import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { infraError } from '../errors.ts';

type Scope = { readonly pool: object; open: boolean };
const scopes = new AsyncLocalStorage<Scope>();

/** Runs a unit of work during which no second connection of the pool may be asked for. */
export async function insideTransaction<T>(pool: object, work: () => Promise<T>): Promise<T> {
  const scope: Scope = { pool, open: true };
  try {
    return await scopes.run(scope, work);
  } finally {
    scope.open = false;
  }
}

/**
 * A pool that refuses to hand out a second connection inside a transaction. On PGlite that would wait for
 * ever (there is one session); on PostgreSQL it would read and write outside the transaction unnoticed.
 */
export class GuardedPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(
    callback: (
      error: Error | undefined,
      client: pg.PoolClient | undefined,
      done: (release?: unknown) => void,
    ) => void,
  ): void;
  override connect(
    callback?: (
      error: Error | undefined,
      client: pg.PoolClient | undefined,
      done: (release?: unknown) => void,
    ) => void,
  ): Promise<pg.PoolClient> | undefined {
    const scope = scopes.getStore();
    if (scope?.open && scope.pool === this) {
      const refusal = infraError('DATABASE_NESTED');
      if (!callback) return Promise.reject(refusal);
      callback(refusal, undefined, () => {});
      return;
    }
    if (!callback) return super.connect();
    super.connect(callback);
    return;
  }
}
