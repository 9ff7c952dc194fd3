import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { openPdf, pagesOf } from '@hufu/seal';
import { type Tx, withTransaction } from '../../infra/database/database.ts';
import { judgeContent } from './content/judge-content.ts';
import type { FilesDeps } from './deps.ts';
import { filesError } from './errors.ts';
import { type FileRow, writeFile } from './file-store.ts';
import { filesTables } from './tables.ts';
import type { UploadRow } from './upload-store.ts';

/** @throws FILE_INFECTED, FILE_SCANNER_SILENT */
async function scan(deps: FilesDeps, bytes: Uint8Array): Promise<FileRow['scan']> {
  if (deps.scanner === undefined) return 'NOT_SCANNED';
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const infected = () =>
    filesTables(deps.database.db)
      .selectFrom('library_infected_file')
      .select('finding')
      .where('sha256', '=', sha256)
      .executeTakeFirst();
  if ((await infected()) !== undefined) throw filesError('FILE_INFECTED');
  const verdict = await deps.scanner.scan(bytes);
  if (verdict.status === 'clean') return 'CLEAN';
  if (verdict.status === 'indeterminate') {
    deps.log.warn({ reason: verdict.reason }, 'the scanner gave no verdict');
    throw filesError('FILE_SCANNER_SILENT');
  }
  const at = new Date(deps.clock.now());
  await withTransaction(deps.database, (tx) =>
    filesTables(tx)
      .insertInto('library_infected_file')
      .values({ sha256, finding: verdict.finding, at })
      .onConflict((conflict) => conflict.column('sha256').doNothing())
      .execute(),
  );
  throw filesError('FILE_INFECTED');
}

/** Null: it is damaged, or locked by a password, and can only be downloaded. */
function countPages(bytes: Uint8Array): number | null {
  try {
    return pagesOf(openPdf(bytes).latest).length || null;
  } catch {
    return null;
  }
}

type Named = { readonly entityId: string; readonly name: string };
type Unowned = { readonly name: string; readonly bytes: Uint8Array };

/** Looked at, and stored, whoever's it will be. @throws as `keepFile` */
export async function judgeFile(deps: FilesDeps, { name, bytes }: Unowned) {
  const judged = judgeContent(bytes, name);
  if (!judged.ok) throw filesError(judged.code);
  const scanned = await scan(deps, bytes);
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return { ...(await deps.attachments.store(Readable.from([content]))), scanned };
}

/** What is then written of it. */
async function taken(deps: FilesDeps, { entityId, name }: Named, bytes: Uint8Array) {
  const { sha256, sm3, size, mediaType, scanned } = await judgeFile(deps, { name, bytes });
  const at = new Date(deps.clock.now());
  return {
    entity_id: entityId,
    sha256,
    sm3,
    size,
    media_type: mediaType,
    name,
    pages: mediaType === 'application/pdf' ? countPages(bytes) : null,
    scan: scanned,
    scanned_at: scanned === 'CLEAN' ? at : null,
    uploaded_at: at,
  };
}

/**
 * The end of an upload: looked at, stored, and the entity's own from now on.
 * @throws FILE_EXECUTABLE, FILE_ARCHIVE, FILE_OFFICE, FILE_TYPE, FILE_DISGUISED, FILE_DAMAGED, FILE_INFECTED,
 * FILE_SCANNER_SILENT
 */
export async function keepFile(deps: FilesDeps, upload: UploadRow, bytes: Uint8Array): Promise<FileRow> {
  const file = await taken(deps, { entityId: upload.entity_id, name: upload.name }, bytes);
  return withTransaction(deps.database, async (tx) => {
    const row = await writeFile(tx, file);
    // It stays until it runs out: who lost the answer asks again and is told the same.
    await filesTables(tx)
      .updateTable('library_upload')
      .set({ file_sha256: file.sha256, received: upload.size })
      .where('id', '=', upload.id)
      .execute();
    await filesTables(tx).deleteFrom('library_upload_piece').where('upload_id', '=', upload.id).execute();
    return row;
  });
}

/**
 * A file that came for an entity by another way than its own upload. Its content is stored even where the transaction
 * fails, and then goes with what nobody holds. @throws as `keepFile`
 */
export async function adoptFile(
  deps: FilesDeps,
  tx: Tx,
  { entityId, name, bytes }: Named & { readonly bytes: Uint8Array },
): Promise<FileRow> {
  return writeFile(tx, await taken(deps, { entityId, name }, bytes));
}
