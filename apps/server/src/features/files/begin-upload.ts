import type { UploadForm, UploadSession } from '@hufu/contracts';
import { DAY_MS } from '@hufu/kernel';
import type { z } from 'zod';
import { withTransaction } from '../../infra/database/database.ts';
import { infraError } from '../../infra/errors.ts';
import { cleanName } from '../../infra/http/receive-file.ts';
import { judgeName } from './content/judge-content.ts';
import type { FilesDeps } from './deps.ts';
import { mustHaveRoom } from './domain/quota.ts';
import { filesError } from './errors.ts';
import { fileOf, fileView, holdRoom, usageOf } from './file-store.ts';
import { filesTables } from './tables.ts';
import type { UploadRow } from './upload-store.ts';

export type NewUpload = z.output<typeof UploadForm> & { readonly entityId: string };

/**
 * Room for a file that is to come; it counts at once.
 * @throws FILE_EMPTY, FILE_TOO_LARGE, FILE_QUOTA, and what the name alone forbids
 */
export async function reserveUpload(deps: FilesDeps, upload: NewUpload): Promise<UploadRow> {
  const { entityId, size, sha256 = null } = upload;
  const { files } = deps.config;
  const name = cleanName(upload.name);
  if (size === 0) throw infraError('FILE_EMPTY');
  if (size > files.largest) throw infraError('FILE_TOO_LARGE', { largest: files.largest });
  const refusal = judgeName(name);
  if (refusal !== undefined) throw filesError(refusal);
  const now = new Date(deps.clock.now());
  return withTransaction(deps.database, async (tx) => {
    await holdRoom(tx, entityId);
    mustHaveRoom(files, await usageOf(tx, entityId, now), size);
    return filesTables(tx)
      .insertInto('library_upload')
      .values({
        id: deps.newId(),
        entity_id: entityId,
        name,
        size,
        sha256,
        file_sha256: null,
        created_at: now,
        expires_at: new Date(now.getTime() + DAY_MS),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

/** Nothing needs to be sent of a file that the entity has already. */
export async function beginUpload(deps: FilesDeps, upload: NewUpload): Promise<UploadSession> {
  const { entityId, sha256 } = upload;
  const known = sha256 && (await fileOf(deps.database.db, { entityId, sha256 }));
  if (known && known.size === upload.size) {
    return {
      id: deps.newId(),
      name: known.name,
      size: known.size,
      received: known.size,
      expiresAt: new Date(deps.clock.now()).toISOString(),
      file: fileView(known),
    };
  }
  return uploadView(deps, await reserveUpload(deps, upload));
}

export async function uploadView(deps: FilesDeps, row: UploadRow): Promise<UploadSession> {
  const { file_sha256: sha256, entity_id: entityId } = row;
  const file = sha256 === null ? undefined : await fileOf(deps.database.db, { entityId, sha256 });
  return {
    id: row.id,
    name: row.name,
    size: row.size,
    received: row.received,
    expiresAt: row.expires_at.toISOString(),
    file: file ? fileView(file) : null,
  };
}
