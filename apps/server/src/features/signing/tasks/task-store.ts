import type { SignerState, TaskState } from '@hufu/contracts';
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { type SigningTables, signingTables } from '../tables.ts';

export type TaskRow = Selectable<SigningTables['signing_task']>;
export type SignerRow = Selectable<SigningTables['signing_signer']>;
export type DocumentRow = Selectable<SigningTables['signing_document']>;

export async function insertTask(tx: Tx, row: Insertable<SigningTables['signing_task']>): Promise<void> {
  await signingTables(tx).insertInto('signing_task').values(row).execute();
}

export async function taskById(executor: Executor, id: string): Promise<TaskRow | undefined> {
  return signingTables(executor)
    .selectFrom('signing_task')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Held until the transaction ends: all that changes a document or its signers follows each other. */
export async function lockTask(tx: Tx, id: string): Promise<TaskRow | undefined> {
  return signingTables(tx)
    .selectFrom('signing_task')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export type TaskChange = {
  readonly id: string;
  readonly at: Date;
  readonly change?: Pick<Updateable<SigningTables['signing_task']>, 'state' | 'document_sha256' | 'headline'>;
};

export async function updateTask(tx: Tx, { id, at, change }: TaskChange): Promise<TaskRow> {
  return signingTables(tx)
    .updateTable('signing_task')
    .set((eb) => ({ ...change, updated_at: at, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function signersOf(executor: Executor, taskIds: readonly string[]): Promise<SignerRow[]> {
  if (taskIds.length === 0) return [];
  return signingTables(executor)
    .selectFrom('signing_signer')
    .selectAll()
    .where('task_id', 'in', taskIds)
    .orderBy('place')
    .orderBy('id')
    .execute();
}

export async function signerById(executor: Executor, id: string): Promise<SignerRow | undefined> {
  return signingTables(executor)
    .selectFrom('signing_signer')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function insertSigners(
  tx: Tx,
  rows: readonly Insertable<SigningTables['signing_signer']>[],
): Promise<void> {
  await signingTables(tx).insertInto('signing_signer').values(rows).execute();
}

/** Only while none of them has done anything that is kept. */
export async function deleteSigners(tx: Tx, taskId: string): Promise<void> {
  await signingTables(tx).deleteFrom('signing_signer').where('task_id', '=', taskId).execute();
}

export async function updateSigner(
  tx: Tx,
  id: string,
  change: Updateable<SigningTables['signing_signer']>,
): Promise<void> {
  await signingTables(tx).updateTable('signing_signer').set(change).where('id', '=', id).execute();
}

export type NewVersion = Omit<Insertable<SigningTables['signing_document']>, 'seq'>;

export async function addVersion(tx: Tx, row: NewVersion): Promise<void> {
  await signingTables(tx)
    .insertInto('signing_document')
    .values((eb) => ({
      ...row,
      seq: eb
        .selectFrom('signing_document')
        .select(sql<number>`coalesce(max(seq), 0) + 1`.as('next'))
        .where('task_id', '=', row.task_id),
    }))
    .execute();
}

export async function versionOf(
  executor: Executor,
  taskId: string,
  sha256: string,
): Promise<DocumentRow | undefined> {
  return signingTables(executor)
    .selectFrom('signing_document')
    .selectAll()
    .where('task_id', '=', taskId)
    .where('sha256', '=', sha256)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Those among the digests that are versions of documents. */
export async function documentsAmong(executor: Executor, sha256: readonly string[]): Promise<string[]> {
  const rows = await signingTables(executor)
    .selectFrom('signing_document')
    .select('sha256')
    .distinct()
    .where('sha256', 'in', sha256)
    .execute();
  return rows.map((row) => row.sha256);
}

/** States in which the caller can do something now. */
const TURN: readonly SignerState[] = ['OPENED', 'PLACED', 'PREPARED', 'SEALED'];

export type TasksWanted = {
  readonly enterpriseId: string;
  readonly uscc: string;
  readonly show: 'turn' | 'sent' | 'received' | 'done' | 'all';
  readonly text?: string;
  readonly limit: number;
  readonly offset: number;
};

/** What the enterprise sent, or is named to sign; the newest change first. */
export async function pageOfTasks(executor: Executor, wanted: TasksWanted) {
  const { enterpriseId, uscc, show, text } = wanted;
  const own = signingTables(executor).selectFrom('signing_signer').select('task_id').where('uscc', '=', uscc);
  const chosen = signingTables(executor)
    .selectFrom('signing_task')
    .where((eb) => {
      const sent = eb('enterprise_id', '=', enterpriseId);
      const named = eb('id', 'in', own);
      const open = eb('state', '=', 'OPEN' satisfies TaskState);
      switch (show) {
        case 'turn':
          return eb.and([open, eb('id', 'in', own.where('state', 'in', TURN))]);
        case 'sent':
          return sent;
        case 'received':
          return eb.and([named, eb('enterprise_id', '<>', enterpriseId)]);
        case 'done':
          return eb.and([eb.or([sent, named]), eb('state', '=', 'COMPLETED')]);
        case 'all':
          return eb.or([sent, named]);
      }
    })
    .$if(text !== undefined && text !== '', (query) =>
      query.where('title', 'like', `%${(text ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`),
    );
  const [items, { total }] = await Promise.all([
    chosen
      .selectAll()
      .orderBy('updated_at', 'desc')
      .orderBy('id')
      .limit(wanted.limit)
      .offset(wanted.offset)
      .execute(),
    chosen.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ]);
  return { items, total: Number(total) };
}

export type LetterAsked = { readonly uscc: string; readonly template: string };

/** Letters of a template that this enterprise has sealed, the newest first (OD-33). */
export async function sealedLetters(executor: Executor, { uscc, template }: LetterAsked) {
  return signingTables(executor)
    .selectFrom('signing_task')
    .innerJoin('signing_signer', 'signing_signer.task_id', 'signing_task.id')
    .select(['signing_task.id', 'signing_task.template_version'])
    .where('signing_task.template_code', '=', template)
    .where('signing_signer.uscc', '=', uscc)
    .where('signing_signer.state', '=', 'FINISHED')
    .where('signing_task.state', 'in', ['OPEN', 'COMPLETED'])
    .orderBy('signing_signer.finished_at', 'desc')
    .limit(50)
    .execute();
}
