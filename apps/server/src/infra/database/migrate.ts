import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { infraError } from '../errors.ts';
import type { Database } from './database.ts';

export type Migration = {
  /** Four digits: the order. */
  readonly version: string;
  readonly file: string;
  readonly sql: string;
  readonly checksum: string;
};

const FILE_NAME = /^(\d{4})_[a-z0-9_]+\.sql$/;
/** One number for all of our servers, so that two that start together do not both migrate. */
const LOCK = 4_801_550_000;

/** The migrations of a directory in their order. @throws MIGRATION_FAILED on two with one number */
export function readMigrations(directory: string): Migration[] {
  const found: Migration[] = [];
  for (const file of fs.readdirSync(directory).sort()) {
    const version = FILE_NAME.exec(file)?.[1];
    if (!version) continue;
    if (found.at(-1)?.version === version) throw infraError('MIGRATION_FAILED', { file, why: 'same number' });
    const sql = fs.readFileSync(path.join(directory, file), 'utf8');
    found.push({ version, file, sql, checksum: createHash('sha256').update(sql).digest('hex') });
  }
  return found;
}

/**
 * Brings the schema forward: each file in a transaction of its own, once, in order.
 * @returns the files that were applied now
 * @throws MIGRATION_EDITED, MIGRATION_MISSING, MIGRATION_FAILED
 */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<string[]> {
  const client = await database.pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(
      `create table if not exists schema_migration (
         version text primary key,
         checksum text not null,
         applied_at timestamptz not null default now()
       )`,
    );
    const applied = await appliedChecksums(client);
    const missing = [...applied.keys()].find((version) => !migrations.some((one) => one.version === version));
    if (missing !== undefined) throw infraError('MIGRATION_MISSING', { version: missing });
    const done: string[] = [];
    for (const migration of migrations) {
      const before = applied.get(migration.version);
      if (before === migration.checksum) continue;
      if (before !== undefined) throw infraError('MIGRATION_EDITED', { file: migration.file });
      await apply(client, migration);
      done.push(migration.file);
    }
    return done;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => {});
    client.release();
  }
}

async function appliedChecksums(client: pg.PoolClient): Promise<Map<string, string>> {
  const { rows } = await client.query<{ version: string; checksum: string }>(
    'select version, checksum from schema_migration',
  );
  return new Map(rows.map((row) => [row.version, row.checksum]));
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into schema_migration (version, checksum) values ($1, $2)', [
      migration.version,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw infraError('MIGRATION_FAILED', { file: migration.file }, error);
  }
}
