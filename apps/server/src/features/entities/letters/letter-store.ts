import type { Selectable } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { type EntityTables, entityTables } from '../tables.ts';

export type LetterRow = Selectable<EntityTables['library_letter']>;

export async function insertLetter(tx: Tx, row: LetterRow): Promise<void> {
  await entityTables(tx).insertInto('library_letter').values(row).execute();
}

/** The newest first. */
export const lettersOf = (executor: Executor, entityId: string): Promise<LetterRow[]> =>
  entityTables(executor)
    .selectFrom('library_letter')
    .selectAll()
    .where('entity_id', '=', entityId)
    .orderBy('opened_at', 'desc')
    .orderBy('id')
    .limit(50)
    .execute();

/** @returns the letter, unless the task is none or was completed before */
export const signLetter = (
  tx: Tx,
  { taskId, sha256, at }: { taskId: string; sha256: string; at: Date },
): Promise<LetterRow | undefined> =>
  entityTables(tx)
    .updateTable('library_letter')
    .set({ signed_at: at, document_sha256: sha256 })
    .where('task_id', '=', taskId)
    .where('signed_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
