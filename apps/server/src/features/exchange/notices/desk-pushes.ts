import type { Push } from '@hufu/contracts';
import { withTransaction } from '../../../infra/database/database.ts';
import type { DeskBy, ExchangeDeps } from '../deps.ts';
import { exchangeError } from '../errors.ts';
import {
  listPushes,
  type NoticeRow,
  noticeById,
  noticeView,
  type PushFilter,
  revive,
} from './notice-store.ts';
import { enqueuePush, PUSH_QUEUE } from './send-notices.ts';

/** What was sent, what waits and what was given up. */
export async function showPushes(
  deps: ExchangeDeps,
  filter: PushFilter,
): Promise<{ readonly items: Push[]; readonly total: number }> {
  const { rows, total } = await listPushes(deps.database.db, filter);
  const names = new Map((await deps.platforms.all()).map(({ code, name }) => [code, name]));
  return { items: rows.map((row) => pushView(row, names)), total };
}

/** @throws EXCHANGE_UNKNOWN, EXCHANGE_PUSH_STATE */
export async function retryPush(
  deps: ExchangeDeps,
  { id, by }: { readonly id: string; readonly by: DeskBy },
): Promise<Push> {
  const row = await withTransaction(deps.database, async (tx) => {
    const notice = await noticeById(tx, id);
    if (notice === undefined) throw exchangeError('EXCHANGE_UNKNOWN');
    if (!(await revive(tx, id))) throw exchangeError('EXCHANGE_PUSH_STATE');
    await enqueuePush(deps, tx, { id, platformCode: notice.platform_code });
    await deps.audit.record(tx, {
      actor: by.actor,
      action: 'exchange.retry-push',
      subject: { kind: 'exchange-notice', id },
      ...(by.from ? { origin: by.from } : {}),
    });
    return { ...notice, state: 'PENDING' as const };
  });
  deps.outbox.poke(PUSH_QUEUE);
  const platform = await deps.platforms.byCode(row.platform_code);
  return pushView(row, new Map(platform ? [[platform.code, platform.name]] : []));
}

export const pushView = (row: NoticeRow, names: ReadonlyMap<string, string>): Push => ({
  ...noticeView(row),
  id: row.id,
  platform: row.platform_code,
  platformName: names.get(row.platform_code) ?? row.platform_code,
  state: row.state,
  attempts: row.attempts,
  lastError: row.last_error,
  lastTriedAt: row.last_tried_at?.toISOString() ?? null,
  acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
});
