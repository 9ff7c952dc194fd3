import type { PreparationState } from '@hufu/contracts';
import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { type SigningTables, signingTables } from '../tables.ts';
import type { SignerRow } from '../tasks/task-store.ts';

export type PreparationRow = Selectable<SigningTables['signing_preparation']>;
export type ItemRow = Selectable<SigningTables['signing_preparation_item']>;

export async function insertPreparation(
  tx: Tx,
  row: Insertable<SigningTables['signing_preparation']>,
  items: readonly Insertable<SigningTables['signing_preparation_item']>[],
): Promise<void> {
  await signingTables(tx).insertInto('signing_preparation').values(row).execute();
  await signingTables(tx).insertInto('signing_preparation_item').values(items).execute();
}

export async function preparationById(executor: Executor, id: string): Promise<PreparationRow | undefined> {
  return signingTables(executor)
    .selectFrom('signing_preparation')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function lockPreparation(tx: Tx, id: string): Promise<PreparationRow | undefined> {
  return signingTables(tx)
    .selectFrom('signing_preparation')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function setPreparationState(
  tx: Tx,
  { id, state, at }: { readonly id: string; readonly state: PreparationState; readonly at: Date },
): Promise<void> {
  await signingTables(tx)
    .updateTable('signing_preparation')
    .set({ state, updated_at: at })
    .where('id', '=', id)
    .execute();
}

export async function itemsOf(executor: Executor, preparationId: string): Promise<ItemRow[]> {
  return signingTables(executor)
    .selectFrom('signing_preparation_item')
    .selectAll()
    .where('preparation_id', '=', preparationId)
    .orderBy('position')
    .execute();
}

export type ItemKey = Pick<ItemRow, 'preparation_id' | 'position'>;

export async function updateItem(
  tx: Tx,
  { preparation_id, position }: ItemKey,
  change: Updateable<SigningTables['signing_preparation_item']>,
): Promise<void> {
  await signingTables(tx)
    .updateTable('signing_preparation_item')
    .set(change)
    .where('preparation_id', '=', preparation_id)
    .where('position', '=', position)
    .execute();
}

/** Whether the key has signed for this signer and the seal is being made: nothing may change underneath. */
export async function isSealing(
  executor: Executor,
  { id, preparation_id }: Pick<SignerRow, 'id' | 'preparation_id'>,
): Promise<boolean> {
  if (preparation_id === null) return false;
  const found = await signingTables(executor)
    .selectFrom('signing_preparation_item')
    .select('position')
    .where('preparation_id', '=', preparation_id)
    .where('signer_id', '=', id)
    .where('state', '=', 'SIGNED')
    .executeTakeFirst();
  return found !== undefined;
}

export async function endedPreparations(executor: Executor, at: Date): Promise<PreparationRow[]> {
  return signingTables(executor)
    .selectFrom('signing_preparation')
    .selectAll()
    .where('state', 'in', ['PREPARING', 'READY'])
    .where('expires_at', '<=', at)
    .limit(200)
    .execute();
}
