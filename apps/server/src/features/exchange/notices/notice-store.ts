import type { PlatformNotice, PlatformNoticeKind, PushState } from '@hufu/contracts';
import type { Selectable } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { type ExchangeTables, exchangeTables } from '../tables.ts';

export type NoticeRow = Selectable<ExchangeTables['exchange_notice']>;

export const noticeView = (row: NoticeRow): PlatformNotice => ({
  seq: Number(row.seq),
  kind: row.kind,
  entity: row.entity_id,
  record: row.record_id,
  facts: row.facts,
  at: row.at.toISOString(),
});

export type NewNotice = {
  readonly id: string;
  readonly platformCode: string;
  readonly seq: number;
  readonly kind: PlatformNoticeKind;
  readonly entityId: string;
  readonly recordId: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly at: Date;
};

export async function insertNotice(tx: Tx, notice: NewNotice): Promise<void> {
  await exchangeTables(tx)
    .insertInto('exchange_notice')
    .values({
      id: notice.id,
      platform_code: notice.platformCode,
      seq: notice.seq,
      kind: notice.kind,
      entity_id: notice.entityId,
      record_id: notice.recordId,
      facts: JSON.stringify(notice.facts),
      at: notice.at,
      state: 'PENDING',
      last_tried_at: null,
      acknowledged_at: null,
    })
    .execute();
}

export const noticeById = (executor: Executor, id: string): Promise<NoticeRow | undefined> =>
  exchangeTables(executor).selectFrom('exchange_notice').selectAll().where('id', '=', id).executeTakeFirst();

type After = { readonly platformCode: string; readonly after: number; readonly limit: number };

export const noticesAfter = (
  executor: Executor,
  { platformCode, after, limit }: After,
): Promise<NoticeRow[]> =>
  exchangeTables(executor)
    .selectFrom('exchange_notice')
    .selectAll()
    .where('platform_code', '=', platformCode)
    .where('seq', '>', String(after))
    .orderBy('seq')
    .limit(limit)
    .execute();

/** Up to here all is acknowledged. */
export async function acknowledgedUpTo(executor: Executor, platformCode: string): Promise<number> {
  const row = await exchangeTables(executor)
    .selectFrom('exchange_notice')
    .select((eb) => [
      eb.fn.max('seq').as('last'),
      eb.fn.min('seq').filterWhere('state', '!=', 'ACKNOWLEDGED').as('open'),
    ])
    .where('platform_code', '=', platformCode)
    .executeTakeFirst();
  if (row?.open != null) return Number(row.open) - 1;
  return Number(row?.last ?? 0);
}

type Acknowledgement = {
  readonly platformCode: string;
  readonly upTo: number;
  /** This one alone, not those before it. */
  readonly only?: boolean;
  readonly at: Date;
};

export async function acknowledge(
  executor: Executor,
  { platformCode, upTo, only = false, at }: Acknowledgement,
): Promise<void> {
  await exchangeTables(executor)
    .updateTable('exchange_notice')
    .set({ state: 'ACKNOWLEDGED', acknowledged_at: at })
    .where('platform_code', '=', platformCode)
    .where('seq', only ? '=' : '<=', String(upTo))
    .where('state', '!=', 'ACKNOWLEDGED')
    .execute();
}

type Failure = { readonly id: string; readonly error: string; readonly dead: boolean; readonly at: Date };

export async function noteFailure(executor: Executor, { id, error, dead, at }: Failure): Promise<void> {
  await exchangeTables(executor)
    .updateTable('exchange_notice')
    .set((eb) => ({
      attempts: eb('attempts', '+', 1),
      last_error: error,
      last_tried_at: at,
      state: dead ? 'DEAD' : 'PENDING',
    }))
    .where('id', '=', id)
    .where('state', '=', 'PENDING')
    .execute();
}

/** @returns whether it had been given up */
export async function revive(tx: Tx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await exchangeTables(tx)
    .updateTable('exchange_notice')
    .set({ state: 'PENDING' })
    .where('id', '=', id)
    .where('state', '=', 'DEAD')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export const pendingOf = (executor: Executor, platformCode: string): Promise<{ id: string }[]> =>
  exchangeTables(executor)
    .selectFrom('exchange_notice')
    .select('id')
    .where('platform_code', '=', platformCode)
    .where('state', '=', 'PENDING')
    .orderBy('seq')
    .execute();

/** What platforms have not acknowledged of an entity, the newest first. */
export const undeliveredOf = (
  executor: Executor,
  { entityId, limit }: { readonly entityId: string; readonly limit: number },
): Promise<NoticeRow[]> =>
  exchangeTables(executor)
    .selectFrom('exchange_notice')
    .selectAll()
    .where('entity_id', '=', entityId)
    .where('state', '!=', 'ACKNOWLEDGED')
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();

export type PushFilter = {
  readonly platform?: string | undefined;
  readonly state?: PushState | undefined;
  readonly limit: number;
  readonly offset: number;
};

export async function listPushes(
  executor: Executor,
  { platform, state, limit, offset }: PushFilter,
): Promise<{ rows: NoticeRow[]; total: number }> {
  const found = exchangeTables(executor)
    .selectFrom('exchange_notice')
    .$if(platform !== undefined, (query) => query.where('platform_code', '=', platform!))
    .$if(state !== undefined, (query) => query.where('state', '=', state!));
  const rows = await found
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  const { total } = await found
    .select((eb) => eb.fn.countAll<string>().as('total'))
    .executeTakeFirstOrThrow();
  return { rows, total: Number(total) };
}
