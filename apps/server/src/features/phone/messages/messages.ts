import type { PhoneMessage } from '@hufu/contracts';
import { sql } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { nowOf, type PhoneDeps } from '../deps.ts';
import type { Notification } from '../face.ts';
import { administratorOf } from '../people/person-store.ts';
import { phoneTables } from '../tables.ts';

/** In the transaction of what happened. An enterprise without an administrator is told nothing. */
export async function notify(
  deps: Pick<PhoneDeps, 'clock' | 'newId'>,
  tx: Tx,
  { kind, facts, to, once }: Notification,
): Promise<void> {
  const userId = 'userId' in to ? to.userId : (await administratorOf(tx, to.administratorOf))?.user_id;
  if (userId === undefined) return;
  const id = deps.newId();
  await phoneTables(tx)
    .insertInto('phone_message')
    .values({
      id,
      user_id: userId,
      kind,
      once: once ?? id,
      facts: JSON.stringify(facts),
      at: nowOf(deps),
    })
    .onConflict((conflict) => conflict.columns(['user_id', 'kind', 'once']).doNothing())
    .execute();
}

export async function unreadOf(executor: Executor, userId: string): Promise<number> {
  const { unread } = await phoneTables(executor)
    .selectFrom('phone_message')
    .select(sql<number>`count(*)::int`.as('unread'))
    .where('user_id', '=', userId)
    .where('read_at', 'is', null)
    .executeTakeFirstOrThrow();
  return unread;
}

type Page = { readonly page: number; readonly pageSize: number };

export async function listMessages(executor: Executor, userId: string, { page, pageSize }: Page) {
  const rows = await phoneTables(executor)
    .selectFrom('phone_message')
    .selectAll()
    .select(sql<number>`count(*) over ()::int`.as('total'))
    .where('user_id', '=', userId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  const items: PhoneMessage[] = rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    facts: row.facts,
    at: row.at.toISOString(),
    read: row.read_at !== null,
  }));
  return { items, total: rows[0]?.total ?? 0, page, pageSize };
}

/** @param ids absent: all */
export async function readMessages(
  deps: PhoneDeps,
  userId: string,
  ids: readonly string[] | undefined,
): Promise<void> {
  await phoneTables(deps.database.db)
    .updateTable('phone_message')
    .set({ read_at: nowOf(deps) })
    .where('user_id', '=', userId)
    .where('read_at', 'is', null)
    .$if(ids !== undefined, (query) => query.where('id', 'in', ids?.length ? [...ids] : ['']))
    .execute();
}
