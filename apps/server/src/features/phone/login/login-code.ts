import type { PhoneCodeSent } from '@hufu/contracts';
import { drawRandom, maskPhone } from '@hufu/kernel';
import { sql } from 'kysely';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { FieldCipher } from '../../../infra/privacy/field-cipher.ts';
import { SMS_QUEUE } from '../../../infra/sms/sms.ts';
import { nowOf, type PhoneDeps } from '../deps.ts';
import { phoneError } from '../errors.ts';
import { phoneTables } from '../tables.ts';
import { phoneHash } from '../users.ts';

const LIFE_MS = 5 * 60_000;
const AGAIN_MS = 60_000;
const DAY_MS = 86_400_000;
const MOST_A_DAY = 10;
const MOST_TRIES = 5;
const DIGITS = 6;

const codeHash = (cipher: FieldCipher, id: string, code: string) =>
  cipher.index(`${id}:${code}`, 'phone_login_code.code');

/** Each of a million codes is as likely as another. */
function drawCode(deps: Pick<PhoneDeps, 'random'>): string {
  const most = 10 ** DIGITS;
  const fair = Math.floor(2 ** 32 / most) * most;
  for (;;) {
    const [a = 0, b = 0, c = 0, d = 0] = drawRandom(deps.random, 4);
    const drawn = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
    if (drawn < fair) return String(drawn % most).padStart(DIGITS, '0');
  }
}

/** Requests for the same number wait for each other: the limits below hold however many come at once. */
async function lockPhone(tx: Tx, hash: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`phone-login:${hash}`}, 0))`.execute(tx);
}

/**
 * Sends a code (MOB-002): one a minute and ten a day to a number. Whether the number has an account is not told.
 * @throws PHONE_SMS_OFF, PHONE_CODE_TOO_SOON with `retryAfter` in seconds, PHONE_CODE_TOO_MANY
 */
export async function sendLoginCode(deps: PhoneDeps, mobile: string): Promise<PhoneCodeSent> {
  if (deps.smsWays.transport === undefined) throw phoneError('PHONE_SMS_OFF');
  const hash = phoneHash(deps.cipher, mobile);
  const sent = await withTransaction(deps.database, async (tx) => {
    await lockPhone(tx, hash);
    const at = nowOf(deps);
    const recent = await phoneTables(tx)
      .selectFrom('phone_login_code')
      .select('sent_at')
      .where('phone_hash', '=', hash)
      .where('sent_at', '>', new Date(at.getTime() - DAY_MS))
      .orderBy('sent_at', 'desc')
      .execute();
    const wait = (recent[0]?.sent_at.getTime() ?? Number.NEGATIVE_INFINITY) + AGAIN_MS - at.getTime();
    if (wait > 0) throw phoneError('PHONE_CODE_TOO_SOON', { retryAfter: Math.ceil(wait / 1000) });
    if (recent.length >= MOST_A_DAY) throw phoneError('PHONE_CODE_TOO_MANY');
    const id = deps.newId();
    const code = drawCode(deps);
    const expires = new Date(at.getTime() + LIFE_MS);
    await phoneTables(tx)
      .insertInto('phone_login_code')
      .values({
        id,
        phone_hash: hash,
        code_hash: codeHash(deps.cipher, id, code),
        sent_at: at,
        expires_at: expires,
      })
      .execute();
    await deps.sms.send(tx, {
      to: mobile,
      template: 'login-code',
      facts: { code, minutes: String(LIFE_MS / 60_000) },
      text: `【标证通】验证码${code}，${LIFE_MS / 60_000}分钟内有效，请勿告知他人。`,
    });
    return { at, expires };
  });
  deps.outbox.poke(SMS_QUEUE);
  return {
    mobileMasked: maskPhone(mobile),
    expiresAt: sent.expires.toISOString(),
    againAt: new Date(sent.at.getTime() + AGAIN_MS).toISOString(),
  };
}

/**
 * Spends the newest code of the number; every try counts, whatever becomes of it.
 * @throws PHONE_CODE_WRONG
 */
export async function spendLoginCode(
  deps: PhoneDeps,
  { mobile, code }: { readonly mobile: string; readonly code: string },
): Promise<void> {
  const hash = phoneHash(deps.cipher, mobile);
  const isRight = await withTransaction(deps.database, async (tx) => {
    await lockPhone(tx, hash);
    const at = nowOf(deps);
    const newest = await phoneTables(tx)
      .selectFrom('phone_login_code')
      .selectAll()
      .where('phone_hash', '=', hash)
      .orderBy('sent_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (newest === undefined || newest.used_at !== null || newest.expires_at <= at) return false;
    if (newest.tries >= MOST_TRIES) return false;
    // Keyed digests are compared: how long it takes says nothing about the code.
    const matches = newest.code_hash === codeHash(deps.cipher, newest.id, code);
    await phoneTables(tx)
      .updateTable('phone_login_code')
      .set({ tries: newest.tries + 1, ...(matches ? { used_at: at } : {}) })
      .where('id', '=', newest.id)
      .execute();
    return matches;
  });
  if (!isRight) throw phoneError('PHONE_CODE_WRONG');
}

export async function purgeLoginCodes(deps: PhoneDeps): Promise<void> {
  await phoneTables(deps.database.db)
    .deleteFrom('phone_login_code')
    .where('sent_at', '<', new Date(deps.clock.now() - 2 * DAY_MS))
    .execute();
}
