import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import type { Database } from '../../src/infra/database/database.ts';
import { openInMemory, openPostgresql } from '../../src/infra/database/open.ts';
import { databaseUrl, templateDatabase, templateFile } from './template.ts';

/** Whether this run is on PostgreSQL: tests of concurrency prove nothing on PGlite's one session. */
export const onPostgresql = process.env['TEST_DATABASE_URL'] !== undefined;

/** A private, migrated database on the engine of this run. Close it in `afterAll`. */
export async function testDatabase(): Promise<Database> {
  const server = process.env['TEST_DATABASE_URL'];
  return server ? privatePostgresql(server) : privatePglite();
}

async function privatePglite(): Promise<Database> {
  const template = new Blob([fs.readFileSync(templateFile())]);
  return openInMemory(await PGlite.create({ loadDataDir: template }));
}

async function privatePostgresql(server: string): Promise<Database> {
  const name = `hufu_test_${randomBytes(6).toString('hex')}`;
  await asAdmin(server, `create database ${name} template ${templateDatabase()}`);
  const database = await openPostgresql({ url: databaseUrl(server, name) });
  return {
    ...database,
    async close() {
      await database.close();
      await asAdmin(server, `drop database ${name} with (force)`);
    },
  };
}

async function asAdmin(server: string, sql: string): Promise<void> {
  const admin = new pg.Client(server);
  await admin.connect();
  try {
    await admin.query(sql);
  } finally {
    await admin.end();
  }
}
