import type { Readable } from 'node:stream';
import { toHex } from '@hufu/kernel';
import { withTransaction } from '../../infra/database/database.ts';
import type { FilesDeps } from './deps.ts';
import { filesError } from './errors.ts';
import { addPiece, type UploadAsked, uploadOf } from './upload-store.ts';

export type Append = UploadAsked & {
  /** Where the bytes begin. */
  readonly offset: number;
  readonly content: Readable;
};

/** So much is put away at a time: what arrived before a connection broke need not be sent again. */
const PIECE = 1024 * 1024;

/**
 * Takes the next bytes of an upload. Of two that send the same bytes at once one is told where to go on.
 * @returns bytes received in all
 * @throws FILE_UPLOAD_UNKNOWN, FILE_OFFSET, FILE_LONGER
 */
export async function appendUpload(deps: FilesDeps, append: Append): Promise<number> {
  const upload = await uploadOf(deps.database.db, append, new Date(deps.clock.now()));
  if (append.offset !== upload.received) throw filesError('FILE_OFFSET', { received: upload.received });
  let received = upload.received;
  let waiting: Buffer[] = [];
  let size = 0;

  const flush = async () => {
    if (size === 0) return;
    const piece = { upload_id: upload.id, start: received, size, key: pieceKey(deps, upload.id) };
    await deps.attachments.pieces.put(piece.key, Buffer.concat(waiting));
    if (!(await withTransaction(deps.database, (tx) => addPiece(tx, piece)))) {
      await deps.attachments.pieces.drop([piece.key]);
      const now = await uploadOf(deps.database.db, append, new Date(deps.clock.now()));
      throw filesError('FILE_OFFSET', { received: now.received });
    }
    received += size;
    waiting = [];
    size = 0;
  };

  let broken: unknown;
  try {
    // A refusal must still be answered, on the connection that the bytes come by.
    for await (const chunk of append.content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      if (received + size + chunk.length > upload.size)
        throw filesError('FILE_LONGER', { size: upload.size });
      waiting.push(chunk);
      size += chunk.length;
      if (size >= PIECE) await flush();
    }
  } catch (error) {
    if (append.content.errored === null && !append.content.readableAborted) throw error;
    broken = error;
  }
  await flush();
  if (broken !== undefined) throw broken;
  return received;
}

const pieceKey = (deps: FilesDeps, uploadId: string) => `${uploadId}-${toHex(deps.random(8))}`;
