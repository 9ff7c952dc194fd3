import { EXCHANGE_SCOPES, type ExchangeScope } from '@hufu/contracts';
import { sql } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { exchangeTables } from '../tables.ts';

/** How a platform takes part. */
export type Registration = {
  readonly webhookUrl: string | null;
  readonly keys: readonly Record<string, unknown>[];
  readonly scopes: readonly ExchangeScope[];
  readonly recognises: readonly string[];
  readonly version: number;
};

/** A platform that joins may call; it signs nothing and recognises nobody until the desk has said so. */
const INITIAL: Registration = {
  webhookUrl: null,
  keys: [],
  scopes: EXCHANGE_SCOPES,
  recognises: [],
  version: 1,
};

export async function registrationOf(executor: Executor, platformCode: string): Promise<Registration> {
  const row = await exchangeTables(executor)
    .selectFrom('exchange_platform')
    .selectAll()
    .where('platform_code', '=', platformCode)
    .executeTakeFirst();
  if (row === undefined) return INITIAL;
  const { webhook_url: webhookUrl, keys, scopes, recognises, version } = row;
  return { webhookUrl, keys, scopes, recognises, version };
}

const columns = ({ webhookUrl, keys, scopes, recognises }: Omit<Registration, 'version'>) => ({
  webhook_url: webhookUrl,
  keys: JSON.stringify(keys),
  scopes: JSON.stringify(scopes),
  recognises: JSON.stringify(recognises),
});

type Row = { readonly platformCode: string; readonly at: Date };

/** Makes sure that there is a row to lock. */
export async function keepRegistration(tx: Tx, { platformCode, at }: Row): Promise<void> {
  await exchangeTables(tx)
    .insertInto('exchange_platform')
    .values({ platform_code: platformCode, ...columns(INITIAL), updated_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** @param to `version`: the one that the caller saw @returns false when it is another one now */
export async function updateRegistration(tx: Tx, row: Row, to: Registration): Promise<boolean> {
  await keepRegistration(tx, row);
  const { numUpdatedRows } = await exchangeTables(tx)
    .updateTable('exchange_platform')
    .set({ ...columns(to), version: to.version + 1, updated_at: row.at })
    .where('platform_code', '=', row.platformCode)
    .where('version', '=', to.version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Number of the platform's next notice: consecutive, since others wait until this transaction has ended. */
export async function nextNotice(tx: Tx, row: Row): Promise<number> {
  await keepRegistration(tx, row);
  const { last_notice } = await exchangeTables(tx)
    .updateTable('exchange_platform')
    .set({ last_notice: sql`last_notice + 1` })
    .where('platform_code', '=', row.platformCode)
    .returning('last_notice')
    .executeTakeFirstOrThrow();
  return Number(last_notice);
}
