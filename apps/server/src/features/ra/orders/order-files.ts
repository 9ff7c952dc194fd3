import type { RaSlot } from '@hufu/contracts';
import { toBase64Url } from '@hufu/kernel';
import { imageSize } from '../../../infra/attachments/image-size.ts';
import { type Executor, type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { ReceivedFile } from '../../../infra/http/receive-file.ts';
import type { RaDeps } from '../deps.ts';
import { MOST_FILES, materialsOf } from '../domain/materials.ts';
import { raError } from '../errors.ts';
import { nextState } from './change-order.ts';
import { deleteFiles, type FileRow, filesOf, insertFile, type OrderRow, updateOrder } from './order-store.ts';

/** Below this, print of the usual size can no longer be read with certainty: advice, the counter decides (CA-023). */
const SHARP_PIXELS = 800;

function warningsOf(bytes: Uint8Array, mediaType: string): string[] {
  if (mediaType === 'application/pdf') return [];
  const size = imageSize(bytes);
  if (size === undefined) return ['UNREADABLE'];
  return Math.max(size.width, size.height) < SHARP_PIXELS ? ['LOW_RESOLUTION'] : [];
}

export type Attaching = {
  readonly slot: RaSlot;
  readonly file: ReceivedFile | undefined;
  /** Finds the order and holds it, if the caller may change it. */
  lock(tx: Tx): Promise<OrderRow>;
};

/**
 * Takes a picture or form into an application, judged by its content. A slot of one file has it replaced.
 * @throws RA_FILE_MISSING, RA_MATERIAL for a slot that the application has not, RA_FILES_MANY, RA_STATE, FILE_*
 */
export async function attachFile(deps: RaDeps, { slot, file, lock }: Attaching): Promise<OrderRow> {
  if (file === undefined) throw raError('RA_FILE_MISSING');
  // Before the content is looked at: who may not change the order has no work done.
  await withTransaction(deps.database, async (tx) => void nextState(await lock(tx), 'edit'));
  const taken = await deps.takeFile({ name: file.name, bytes: file.bytes });
  return withTransaction(deps.database, async (tx) => {
    const row = await lock(tx);
    nextState(row, 'edit');
    const rule = materialsOf(row).find((one) => one.slot === slot);
    if (rule === undefined) throw raError('RA_MATERIAL');
    const present = (await filesOf(tx, row.id)).filter((one) => one.slot === slot);
    if (rule.several && present.length >= MOST_FILES) throw raError('RA_FILES_MANY');
    if (!rule.several)
      await deleteFiles(
        tx,
        present.map((one) => one.id),
      );
    const now = new Date(deps.clock.now());
    await insertFile(tx, {
      id: toBase64Url(deps.random(16)),
      order_id: row.id,
      slot,
      sha256: taken.sha256,
      name: file.name || 'file',
      size: taken.size,
      media_type: taken.mediaType,
      warnings: JSON.stringify(warningsOf(file.bytes, taken.mediaType)),
      uploaded_at: now,
    });
    return updateOrder(tx, row, { updated_at: now });
  });
}

export type Detaching = { readonly fileId: string; lock(tx: Tx): Promise<OrderRow> };

/** @throws RA_FILE_UNKNOWN, RA_STATE */
export async function detachFile(deps: RaDeps, { fileId, lock }: Detaching): Promise<OrderRow> {
  return withTransaction(deps.database, async (tx) => {
    const row = await lock(tx);
    nextState(row, 'edit');
    await fileOf(tx, row.id, fileId);
    await deleteFiles(tx, [fileId]);
    return updateOrder(tx, row, { updated_at: new Date(deps.clock.now()) });
  });
}

/** @throws RA_FILE_UNKNOWN */
export async function fileOf(executor: Executor, orderId: string, fileId: string): Promise<FileRow> {
  const found = (await filesOf(executor, orderId)).find((one) => one.id === fileId);
  if (found === undefined) throw raError('RA_FILE_UNKNOWN');
  return found;
}
