import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { readMigrations } from '../../src/infra/database/migrate.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations/', import.meta.url));

export const migrations = () => readMigrations(MIGRATIONS);

/** Names the schema by its content: a template of other migrations is never taken for it. */
export function templateKey(): string {
  const hash = createHash('sha256');
  for (const one of migrations()) hash.update(`${one.file}\0${one.checksum}\0`);
  return hash.digest('hex').slice(0, 16);
}

export const templateFile = () =>
  fileURLToPath(new URL(`../../../../.cache/pglite-${templateKey()}.tar`, import.meta.url));

export const templateDatabase = () => `hufu_template_${templateKey()}`;

/** The address of another database of the same server. */
export function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
