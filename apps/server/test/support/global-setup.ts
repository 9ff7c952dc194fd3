import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { openInMemory, openPostgresql } from '../../src/infra/database/open.ts';
import { buildTemplate, databaseUrl, templateDatabase, templateFile } from './template.ts';

/** Migrates one template for all test files: a tar for PGlite, a template database on PostgreSQL. */
export default async function setup(): Promise<void> {
  const server = process.env['TEST_DATABASE_URL'];
  if (server) await makePostgresqlTemplate(server);
  else await makePgliteTemplate();
}

async function makePgliteTemplate(): Promise<void> {
  const file = templateFile();
  if (fs.existsSync(file)) return;
  const pglite = await PGlite.create();
  const database = await openInMemory(pglite);
  await buildTemplate(database);
  const dump = await pglite.dumpDataDir('none');
  await database.close();
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const aside = `${file}.${randomUUID()}`;
  fs.writeFileSync(aside, new Uint8Array(await dump.arrayBuffer()));
  fs.renameSync(aside, file);
}

async function makePostgresqlTemplate(server: string): Promise<void> {
  const admin = new pg.Client(server);
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock(4801550001)');
    const name = templateDatabase();
    const found = await admin.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount) return;
    const making = `${name}_making`;
    await admin.query(`drop database if exists ${making}`);
    await admin.query(
      `create database ${making} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'`,
    );
    const database = await openPostgresql({ url: databaseUrl(server, making) });
    await buildTemplate(database);
    await database.close();
    await admin.query(`alter database ${making} rename to ${name}`);
  } finally {
    await admin.end();
  }
}
