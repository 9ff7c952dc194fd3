import { createHash } from 'node:crypto';
import { CodedError } from '@hufu/kernel';
import { withTransaction } from '../../infra/database/database.ts';
import { infraError } from '../../infra/errors.ts';
import type { FilesDeps } from './deps.ts';
import { filesError } from './errors.ts';
import { type FileRow, fileOf } from './file-store.ts';
import { keepFile } from './keep-file.ts';
import { piecesOf, removeUpload, type UploadAsked, type UploadRow, uploadOf } from './upload-store.ts';

/** What can go well with the same bytes another time; any other refusal ends the upload. */
const PASSING = new Set(['FILE_SCANNER_SILENT', 'ATTACHMENT_STORE']);

/**
 * Puts the pieces together and keeps the file. Asking again after that gives the same answer.
 * @throws FILE_UPLOAD_UNKNOWN, FILE_INCOMPLETE, FILE_DIGEST, and what `keepFile` throws
 */
export async function completeUpload(deps: FilesDeps, asked: UploadAsked): Promise<FileRow> {
  const { db } = deps.database;
  const upload = await uploadOf(db, asked, new Date(deps.clock.now()));
  if (upload.file_sha256 !== null) {
    const file = await fileOf(db, { entityId: asked.entityId, sha256: upload.file_sha256 });
    if (file === undefined) throw filesError('FILE_UPLOAD_UNKNOWN');
    return file;
  }
  if (upload.received < upload.size) {
    throw filesError('FILE_INCOMPLETE', { received: upload.received, size: upload.size });
  }
  const pieces = await piecesOf(db, upload.id);
  const keys = pieces.map(({ key }) => key);
  try {
    const file = await keepFile(deps, upload, await joined(deps, upload, keys));
    await deps.attachments.pieces.drop(keys);
    return file;
  } catch (error) {
    if (error instanceof CodedError && !PASSING.has(error.code)) await endUpload(deps, upload.id);
    throw error;
  }
}

async function joined(deps: FilesDeps, upload: UploadRow, keys: readonly string[]): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (const key of keys) parts.push(await deps.attachments.pieces.read(key));
  const bytes = Buffer.concat(parts, upload.size);
  if (parts.reduce((sum, part) => sum + part.length, 0) !== upload.size) {
    throw infraError('ATTACHMENT_DAMAGED');
  }
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (upload.sha256 !== null && upload.sha256 !== digest) throw filesError('FILE_DIGEST');
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Gives an upload up, with its bytes. */
export async function endUpload(deps: FilesDeps, id: string): Promise<void> {
  const keys = (await piecesOf(deps.database.db, id)).map(({ key }) => key);
  await withTransaction(deps.database, (tx) => removeUpload(tx, id));
  await deps.attachments.pieces.drop(keys);
}
