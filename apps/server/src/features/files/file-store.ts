import type { LibraryFile } from '@hufu/contracts';
import { type Selectable, sql } from 'kysely';
import type { Executor, Tx } from '../../infra/database/database.ts';
import type { Usage } from './domain/quota.ts';
import { type FilesTables, filesTables } from './tables.ts';

export type FileRow = Selectable<FilesTables['library_file']>;
type Whose = { readonly entityId: string; readonly sha256: string };

export const fileOf = (executor: Executor, { entityId, sha256 }: Whose): Promise<FileRow | undefined> =>
  filesTables(executor)
    .selectFrom('library_file')
    .selectAll()
    .where('entity_id', '=', entityId)
    .where('sha256', '=', sha256)
    .executeTakeFirst();

export const fileView = (row: FileRow): LibraryFile => ({
  sha256: row.sha256,
  name: row.name,
  size: row.size,
  mediaType: row.media_type,
  sm3: row.sm3,
  pages: row.pages,
  scan: row.scan,
  uploadedAt: row.uploaded_at.toISOString(),
});

/** Files, and uploads under way at the size that they declared. */
export async function usageOf(executor: Executor, entityId: string, now: Date): Promise<Usage> {
  const { rows } = await sql<{ bytes: string; files: string }>`
    select coalesce(sum(size), 0)::text as bytes, count(*)::text as files from (
      select size from library_file where entity_id = ${entityId}
      union all
      select size from library_upload
       where entity_id = ${entityId} and expires_at > ${now} and file_sha256 is null
    ) as taken`.execute(executor);
  const [row] = rows;
  return { bytes: Number(row?.bytes ?? 0), files: Number(row?.files ?? 0) };
}

/** Uploads of one entity are counted one after the other. */
export async function holdRoom(tx: Tx, entityId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`library-files ${entityId}`}, 0))`.execute(tx);
}

/** The same content again is the same file: under its latest name, and new for the clean-up. */
export async function writeFile(tx: Tx, row: Omit<FileRow, 'used_at'>): Promise<FileRow> {
  const { name, pages, scan, scanned_at, uploaded_at } = row;
  return filesTables(tx)
    .insertInto('library_file')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['entity_id', 'sha256']).doUpdateSet({ name, pages, scan, scanned_at, uploaded_at }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Contents that some entity has uploaded. */
export async function contentsAmong(executor: Executor, sha256: readonly string[]): Promise<string[]> {
  if (sha256.length === 0) return [];
  const rows = await filesTables(executor)
    .selectFrom('library_file')
    .select('sha256')
    .distinct()
    .where('sha256', 'in', sha256)
    .execute();
  return rows.map((row) => row.sha256);
}

/**
 * Which of the contents the entity has. In a transaction they are locked and marked as used: from then on the clean-up
 * either has taken them, and they are not found, or waits and leaves them.
 */
export async function ownFiles(
  executor: Executor,
  entityId: string,
  sha256s: readonly string[],
): Promise<ReadonlySet<string>> {
  if (sha256s.length === 0) return new Set();
  const files = filesTables(executor);
  const among = [...new Set(sha256s)].sort();
  const query = files
    .selectFrom('library_file')
    .select(['sha256', 'used_at'])
    .where('entity_id', '=', entityId)
    .where('sha256', 'in', among)
    .orderBy('sha256');
  if (!executor.isTransaction) return new Set((await query.execute()).map((row) => row.sha256));
  const rows = await query.forShare().execute();
  const unused = rows.filter((row) => row.used_at === null).map((row) => row.sha256);
  if (unused.length > 0) {
    await files
      .updateTable('library_file')
      .set({ used_at: sql`now()` })
      .where('entity_id', '=', entityId)
      .where('sha256', 'in', unused)
      .where('used_at', 'is', null)
      .execute();
  }
  return new Set(rows.map((row) => row.sha256));
}
