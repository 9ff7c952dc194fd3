import type { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { infraError } from '../errors.ts';
import type { Database } from './database.ts';
import { lockDirectory } from './directory-lock.ts';
import { PgliteConnection } from './pglite-connection.ts';
import { pgliteWorker, type WorkerOptions } from './pglite-worker.ts';
import type { RawBackend } from './raw-backend.ts';
import type { InfraTables } from './tables.ts';
import { GuardedPool } from './transaction-scope.ts';

const CONNECT_TIMEOUT = 15_000;
const OLDEST_POSTGRESQL = 150_000;

export type PostgresqlOptions = {
  readonly url: string;
  readonly poolSize?: number;
  /** Milliseconds; a longer statement is cancelled by the server. */
  readonly statementTimeout?: number;
};

/** @throws DATABASE_TOO_OLD, DATABASE_LOCALE */
export async function openPostgresql(options: PostgresqlOptions): Promise<Database> {
  const pool = new GuardedPool({
    connectionString: options.url,
    max: options.poolSize ?? 20,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    statement_timeout: options.statementTimeout ?? 30_000,
    application_name: 'hufu',
  });
  // A connection that breaks is replaced by the pool, and a query on it fails; unheard, the event would end the
  // process. The pool hears it while a connection is idle, nobody between two queries of a transaction.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return checked(assemble('postgresql', pool, () => pool.end()));
}

/** A durable database in a directory, held for this process alone. @throws DATABASE_IN_USE */
export async function openEmbedded(options: WorkerOptions): Promise<Database> {
  const release = await lockDirectory(options.directory);
  const backend = pgliteWorker(options);
  try {
    await backend.ready();
    const pool = pglitePool(backend);
    const close = async () => {
      await pool.end();
      await backend.close();
      await release();
    };
    return await checked(assemble('pglite', pool, close));
  } catch (error) {
    await release();
    throw error;
  }
}

/** A database in this thread's memory: for tests. */
export async function openInMemory(pglite: PGlite): Promise<Database> {
  const backend: RawBackend = {
    session: 1,
    ready: () => pglite.waitReady,
    exec: (bytes) => pglite.execProtocolRaw(bytes, { syncToFs: false }),
    close: () => pglite.close(),
  };
  const pool = pglitePool(backend);
  return checked(
    assemble('pglite', pool, async () => {
      await pool.end();
      await backend.close();
    }),
  );
}

/** PGlite is one session, so the pool has one client. */
function pglitePool(backend: RawBackend): pg.Pool {
  class PgliteClient extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      super({ ...config, connection: new PgliteConnection(backend) } as pg.ClientConfig);
    }
  }
  const pool = new GuardedPool({
    Client: PgliteClient,
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
  } as pg.PoolConfig);
  pool.on('error', () => {});
  return pool;
}

function assemble(engine: Database['engine'], pool: pg.Pool, close: () => Promise<void>): Database {
  const db = new Kysely<InfraTables>({ dialect: new PostgresDialect({ pool }) });
  return {
    engine,
    pool,
    db,
    close,
    async ping() {
      try {
        await pool.query('select 1');
      } catch (error) {
        throw infraError('DATABASE_UNAVAILABLE', {}, error);
      }
    },
  };
}

/**
 * Bigram search and case folding depend on the character type; with plain `C` they answer nothing, silently.
 */
async function checked(database: Database): Promise<Database> {
  try {
    const { rows } = await database.pool.query<{ version: string; encoding: string; folded: string }>(
      `select current_setting('server_version_num') as version,
              current_setting('server_encoding') as encoding,
              lower('Ä') as folded`,
    );
    const found = rows[0]!;
    if (Number(found.version) < OLDEST_POSTGRESQL) {
      throw infraError('DATABASE_TOO_OLD', { version: found.version });
    }
    if (found.encoding !== 'UTF8' || found.folded !== 'ä') throw infraError('DATABASE_LOCALE');
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
