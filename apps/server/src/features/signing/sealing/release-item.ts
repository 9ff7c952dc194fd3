import { CodedError } from '@hufu/kernel';
import type { Tx } from '../../../infra/database/database.ts';
import { lockTask, signerById, updateSigner } from '../tasks/task-store.ts';
import { type ItemRow, updateItem } from './preparation-store.ts';

type Fields = ItemRow['fields'];
export type Failure = { readonly code: string; readonly fields: Fields };

/** A job is tried so often; after that its documents are given back instead of being held for ever. */
export const MOST_TRIES = 8;

/** What a person is told of a failure. Anything unforeseen is tried again, except for the last time. */
export function failureOf(error: unknown, attempt: number): Failure {
  if (!(error instanceof CodedError)) {
    if (attempt < MOST_TRIES) throw error;
    return { code: 'INTERNAL', fields: {} };
  }
  const fields: Record<string, string | number | boolean | readonly string[]> = {};
  for (const [name, value] of Object.entries(error.fields)) {
    if (['string', 'number', 'boolean'].includes(typeof value)) fields[name] = value as string;
  }
  return { code: error.code, fields };
}

/** Gives a document up: it failed with its code, and its signer can place and prepare again. */
export async function releaseItem(tx: Tx, item: ItemRow, failure: Failure): Promise<void> {
  await lockTask(tx, item.task_id);
  const signer = await signerById(tx, item.signer_id);
  if (signer?.state === 'PREPARED' && signer.preparation_id === item.preparation_id) {
    await updateSigner(tx, signer.id, { state: 'PLACED', preparation_id: null });
  }
  await updateItem(tx, item, {
    state: 'FAILED',
    prepared: null,
    code: failure.code,
    fields: JSON.stringify(failure.fields),
  });
}
