import type { Selectable } from 'kysely';
import type { Executor, Tx } from '../../infra/database/database.ts';
import { filesError } from './errors.ts';
import { type FilesTables, filesTables } from './tables.ts';

export type UploadRow = Selectable<FilesTables['library_upload']>;
export type UploadAsked = { readonly id: string; readonly entityId: string };
export type Piece = Selectable<FilesTables['library_upload_piece']>;

/** @throws FILE_UPLOAD_UNKNOWN also for another entity's and for one that has run out */
export async function uploadOf(
  executor: Executor,
  { id, entityId }: UploadAsked,
  now: Date,
): Promise<UploadRow> {
  const row = await filesTables(executor)
    .selectFrom('library_upload')
    .selectAll()
    .where('id', '=', id)
    .where('entity_id', '=', entityId)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  if (row === undefined) throw filesError('FILE_UPLOAD_UNKNOWN');
  return row;
}

/** @returns false when the upload has gone on from elsewhere meanwhile, or is over */
export async function addPiece(tx: Tx, piece: Piece): Promise<boolean> {
  const { numUpdatedRows } = await filesTables(tx)
    .updateTable('library_upload')
    .set({ received: piece.start + piece.size })
    .where('id', '=', piece.upload_id)
    .where('received', '=', piece.start)
    .where('file_sha256', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return false;
  await filesTables(tx).insertInto('library_upload_piece').values(piece).execute();
  return true;
}

export const piecesOf = (executor: Executor, uploadId: string): Promise<Piece[]> =>
  filesTables(executor)
    .selectFrom('library_upload_piece')
    .selectAll()
    .where('upload_id', '=', uploadId)
    .orderBy('start')
    .execute();

export async function removeUpload(tx: Tx, id: string): Promise<void> {
  await filesTables(tx).deleteFrom('library_upload').where('id', '=', id).execute();
}
