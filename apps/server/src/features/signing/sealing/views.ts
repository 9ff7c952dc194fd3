import { type Preparation, REQUEST_ERRORS } from '@hufu/contracts';
import { type ErrorRegister, toBase64, toHex } from '@hufu/kernel';
import { preparedFromJson } from '@hufu/seal';
import type { Language } from '../../../infra/http/language.ts';
import type { SigningDeps } from '../deps.ts';
import { SIGNING_ERRORS } from '../errors.ts';
import { taskById } from '../tasks/task-store.ts';
import { type ItemRow, itemsOf, type PreparationRow } from './preparation-store.ts';
import { askedItems } from './submit-signatures.ts';

async function documentOf(
  { database }: SigningDeps,
  item: ItemRow,
): Promise<Preparation['documents'][number]> {
  const task = await taskById(database.db, item.task_id);
  const { documentDigest, digestAlgorithm, message } = preparedFromJson(item.prepared);
  return {
    taskId: item.task_id,
    title: task?.title ?? '',
    digest: toHex(documentDigest),
    digestAlgorithm,
    message: toBase64(message),
  };
}

const WORDS: ErrorRegister = { ...REQUEST_ERRORS, ...SIGNING_ERRORS };

function resultOf(item: ItemRow, language: Language): Preparation['results'][number] {
  const known = WORDS[item.code ?? ''];
  const state = item.state === 'SEALED' || item.state === 'FAILED' ? item.state : 'WAITING';
  const message = known === undefined ? item.code : language === 'en' ? known.en : known.zh;
  return { taskId: item.task_id, state, code: item.code, message };
}

/** Documents that the present step is done with. */
const DONE: Readonly<Record<'PREPARING' | 'other', readonly ItemRow['state'][]>> = {
  PREPARING: ['PREPARED', 'FAILED'],
  other: ['SEALED', 'FAILED'],
};

export async function preparationView(
  deps: SigningDeps,
  row: PreparationRow,
  language: Language,
): Promise<Preparation> {
  const items = await itemsOf(deps.database.db, row.id);
  const done = DONE[row.state === 'PREPARING' ? 'PREPARING' : 'other'];
  return {
    id: row.id,
    state: row.state,
    done: items.filter(({ state }) => done.includes(state)).length,
    total: items.length,
    documents:
      row.state === 'READY' ? await Promise.all(askedItems(items).map((item) => documentOf(deps, item))) : [],
    results: items.map((item) => resultOf(item, language)),
    expiresAt: row.expires_at.toISOString(),
  };
}
