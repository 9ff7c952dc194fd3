import { DAY_MS } from '@hufu/kernel';
import { sql } from 'kysely';
import { withTransaction } from '../../infra/database/database.ts';
import { endUpload } from './complete-upload.ts';
import type { FilesDeps } from './deps.ts';
import { filesTables } from './tables.ts';

/** A form may stay open for a day before its files are used. */
const UNUSED_FOR = DAY_MS;
const BATCH = 500;

/** Uploads that have run out, and files that no record came to use. Their contents go with the purge of the store. */
export async function cleanUp(deps: FilesDeps): Promise<void> {
  const now = deps.clock.now();
  const expired = await filesTables(deps.database.db)
    .selectFrom('library_upload')
    .select('id')
    .where('expires_at', '<=', new Date(now))
    .limit(BATCH)
    .execute();
  for (const { id } of expired) await endUpload(deps, id);
  const before = new Date(now - UNUSED_FOR);
  // A row that is being used at this moment is waited for, and then is used.
  await withTransaction(deps.database, (tx) =>
    sql`delete from library_file
         where (entity_id, sha256) in (
                 select entity_id, sha256 from library_file
                  where used_at is null and uploaded_at < ${before}
                  limit ${BATCH})
           and used_at is null and uploaded_at < ${before}`.execute(tx),
  );
}
