import type { Executor, Tx } from '../../../infra/database/database.ts';
import { exchangeError } from '../errors.ts';
import { exchangeTables } from '../tables.ts';

/** OD-16: so many wrong codes in a row, and a user waits. */
const MOST_WRONG = 5;
const LOCK_MS = 15 * 60_000;

/** One person at one platform who enters codes. */
export type CodeUser = { readonly platformCode: string; readonly userRef: string };

/** @throws EXCHANGE_SYNC_LOCKED with `retryAfter`, seconds */
export async function refuseLocked(
  executor: Executor,
  { platformCode, userRef }: CodeUser,
  now: number,
): Promise<void> {
  const row = await exchangeTables(executor)
    .selectFrom('exchange_code_trial')
    .select('locked_until')
    .where('platform_code', '=', platformCode)
    .where('user_ref', '=', userRef)
    .executeTakeFirst();
  const until = row?.locked_until?.getTime() ?? 0;
  if (until > now) {
    throw exchangeError('EXCHANGE_SYNC_LOCKED', { retryAfter: Math.ceil((until - now) / 1000) });
  }
}

/** Counts a wrong code; a lock that is over begins a new count. @returns whether the user is locked out now */
export async function noteWrongCode(
  tx: Tx,
  { platformCode, userRef }: CodeUser,
  now: number,
): Promise<boolean> {
  const at = new Date(now);
  const { wrong } = await exchangeTables(tx)
    .insertInto('exchange_code_trial')
    .values({ platform_code: platformCode, user_ref: userRef, wrong: 1, last_at: at, locked_until: null })
    .onConflict((conflict) =>
      conflict.columns(['platform_code', 'user_ref']).doUpdateSet((eb) => ({
        wrong: eb
          .case()
          .when('exchange_code_trial.locked_until', '<=', at)
          .then(1)
          .else(eb('exchange_code_trial.wrong', '+', 1))
          .end(),
        last_at: at,
      })),
    )
    .returning('wrong')
    .executeTakeFirstOrThrow();
  const locked = wrong >= MOST_WRONG;
  await exchangeTables(tx)
    .updateTable('exchange_code_trial')
    .set({ locked_until: locked ? new Date(now + LOCK_MS) : null })
    .where('platform_code', '=', platformCode)
    .where('user_ref', '=', userRef)
    .execute();
  return locked;
}

export async function forgetWrongCodes(tx: Tx, { platformCode, userRef }: CodeUser): Promise<void> {
  await exchangeTables(tx)
    .deleteFrom('exchange_code_trial')
    .where('platform_code', '=', platformCode)
    .where('user_ref', '=', userRef)
    .execute();
}
