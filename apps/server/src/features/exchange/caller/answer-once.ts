import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from '@hufu/kernel';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { ExchangeDeps } from '../deps.ts';
import { exchangeError } from '../errors.ts';
import { exchangeTables } from '../tables.ts';

export type OnceAsked = {
  readonly platform: string;
  /** The header `Idempotency-Key`. */
  readonly key: string | readonly string[] | undefined;
  readonly operation: string;
  readonly request: unknown;
};

const KEY = /^[\x21-\x7e]{8,200}$/;
const LIFE_MS = 2 * 86_400_000;

/**
 * Does something once under a platform's key: the answer is kept with the change, and a repeated request is given it
 * again. Two at the same time: the second waits for the first. A refusal leaves nothing behind and may be tried again.
 * @throws EXCHANGE_KEY_REQUIRED, EXCHANGE_KEY_REUSED for another request under the same key
 */
export async function answerOnce<T>(
  deps: Pick<ExchangeDeps, 'database' | 'cipher' | 'clock'>,
  { platform, key, operation, request }: OnceAsked,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  if (typeof key !== 'string' || !KEY.test(key)) throw exchangeError('EXCHANGE_KEY_REQUIRED');
  const place = `exchange_answer.answer:${platform}:${key}`;
  const asked = createHash('sha256')
    .update(`${operation}\n${canonicalJson(request as JsonValue)}`)
    .digest('hex');
  return withTransaction(deps.database, async (tx) => {
    const row = { platform_code: platform, key };
    const begun = await exchangeTables(tx)
      .insertInto('exchange_answer')
      .values({
        ...row,
        operation,
        request_sha256: asked,
        answer_sealed: null,
        at: new Date(deps.clock.now()),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('key')
      .executeTakeFirst();
    if (begun === undefined) {
      const kept = await exchangeTables(tx)
        .selectFrom('exchange_answer')
        .selectAll()
        .where('platform_code', '=', platform)
        .where('key', '=', key)
        .executeTakeFirstOrThrow();
      if (kept.request_sha256 !== asked) throw exchangeError('EXCHANGE_KEY_REUSED');
      return JSON.parse(deps.cipher.open(kept.answer_sealed ?? '', place)) as T;
    }
    const answer = await work(tx);
    await exchangeTables(tx)
      .updateTable('exchange_answer')
      .set({ answer_sealed: deps.cipher.seal(JSON.stringify(answer), place) })
      .where('platform_code', '=', platform)
      .where('key', '=', key)
      .execute();
    return answer;
  });
}

/** Answers are repeated for two days. */
export async function forgetAnswers({
  database,
  clock,
}: Pick<ExchangeDeps, 'database' | 'clock'>): Promise<void> {
  await exchangeTables(database.db)
    .deleteFrom('exchange_answer')
    .where('at', '<', new Date(clock.now() - LIFE_MS))
    .execute();
}
