import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MODULES } from '@hufu/library';
import { catalogueOf } from '../../src/features/records/catalogue.ts';
import { ensureStorage } from '../../src/features/records/storage/ensure-storage.ts';
import type { Database } from '../../src/infra/database/database.ts';
import { migrate, readMigrations } from '../../src/infra/database/migrate.ts';

const place = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const MIGRATIONS = place('../../migrations/');
const STORAGE = place('../../src/features/records/storage/ensure-storage.ts');

export const migrations = () => readMigrations(MIGRATIONS);
const catalogue = catalogueOf(MODULES);

/** The whole schema: the migrations, then the tables of the declarations, which a server makes when it starts. */
export async function buildTemplate(database: Database): Promise<void> {
  await migrate(database, migrations());
  await ensureStorage(database, catalogue, new Date());
}

/** Names the schema by its content: a template of other migrations or declarations is never taken for it. */
export function templateKey(): string {
  const hash = createHash('sha256');
  for (const one of migrations()) hash.update(`${one.file}\0${one.checksum}\0`);
  hash.update(JSON.stringify(catalogue.kinds.map(({ storage }) => storage)));
  hash.update(fs.readFileSync(STORAGE));
  return hash.digest('hex').slice(0, 16);
}

export const templateFile = () => place(`../../../../.cache/pglite-${templateKey()}.tar`);

export const templateDatabase = () => `hufu_template_${templateKey()}`;

/** The address of another database of the same server. */
export function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
