import type { UseForm, UseLogEntry } from '@hufu/contracts';
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { type ExchangeTables, exchangeTables } from '../tables.ts';

type UseRow = Selectable<ExchangeTables['exchange_use']>;

export const useById = (
  executor: Executor,
  { platformCode, callbackId }: { readonly platformCode: string; readonly callbackId: string },
): Promise<UseRow | undefined> =>
  exchangeTables(executor)
    .selectFrom('exchange_use')
    .selectAll()
    .where('platform_code', '=', platformCode)
    .where('callback_id', '=', callbackId)
    .executeTakeFirst();

type NewUse = {
  readonly platformCode: string;
  readonly entityId: string;
  readonly useCount: number;
  readonly at: Date;
  readonly form: z.output<typeof UseForm>;
};

export async function insertUse(
  tx: Tx,
  { platformCode, entityId, useCount, at, form }: NewUse,
): Promise<void> {
  await exchangeTables(tx)
    .insertInto('exchange_use')
    .values({
      platform_code: platformCode,
      callback_id: form.callbackId,
      entity_id: entityId,
      performance_id: form.performanceId,
      tender_no: form.tenderNo,
      use_status: form.useStatus,
      used_at: new Date(form.usedAt),
      use_count: useCount,
      received_at: at,
    })
    .execute();
}

const LONGEST_LOG = 500;

/** 使用记录, the newest first. */
export async function usesOf(
  executor: Executor,
  of: { readonly entityId: string; readonly performanceId: string },
): Promise<(Omit<UseLogEntry, 'platform'> & { readonly platformCode: string })[]> {
  const rows = await exchangeTables(executor)
    .selectFrom('exchange_use')
    .selectAll()
    .where('performance_id', '=', of.performanceId)
    .where('entity_id', '=', of.entityId)
    .orderBy('used_at', 'desc')
    .limit(LONGEST_LOG)
    .execute();
  return rows.map((row) => ({
    platformCode: row.platform_code,
    tenderNo: row.tender_no,
    useStatus: row.use_status,
    usedAt: row.used_at.toISOString(),
  }));
}
