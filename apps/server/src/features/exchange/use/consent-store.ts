import type { Executor, Tx } from '../../../infra/database/database.ts';
import { exchangeTables } from '../tables.ts';

export type Consent = { readonly entityId: string; readonly platformCode: string };

export async function hasConsent(executor: Executor, { entityId, platformCode }: Consent): Promise<boolean> {
  const row = await exchangeTables(executor)
    .selectFrom('exchange_consent')
    .select('entity_id')
    .where('entity_id', '=', entityId)
    .where('platform_code', '=', platformCode)
    .executeTakeFirst();
  return row !== undefined;
}

export async function consentsOf(executor: Executor, entityId: string): Promise<Set<string>> {
  const rows = await exchangeTables(executor)
    .selectFrom('exchange_consent')
    .select('platform_code')
    .where('entity_id', '=', entityId)
    .execute();
  return new Set(rows.map((row) => row.platform_code));
}

/** @returns whether that is new */
export async function giveConsent(
  tx: Tx,
  { entityId, platformCode, at }: Consent & { readonly at: Date },
): Promise<boolean> {
  const row = await exchangeTables(tx)
    .insertInto('exchange_consent')
    .values({ entity_id: entityId, platform_code: platformCode, given_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('entity_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** @returns whether there was one */
export async function takeConsent(tx: Tx, { entityId, platformCode }: Consent): Promise<boolean> {
  const { numDeletedRows } = await exchangeTables(tx)
    .deleteFrom('exchange_consent')
    .where('entity_id', '=', entityId)
    .where('platform_code', '=', platformCode)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
