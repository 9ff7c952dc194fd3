import type { DemoSms, PhoneSession } from '@hufu/contracts';
import type { z } from 'zod';
import { keepRealName } from '../../../src/features/phone/users.ts';
import { withTransaction } from '../../../src/infra/database/database.ts';
import type { Browser } from '../hub/browser.ts';
import type { World } from '../hub/hub-world.ts';
import { eventually } from './eventually.ts';

const messagesTo = async (browser: Browser, mobile: string) =>
  (await browser.call<z.infer<typeof DemoSms>[]>('/api/v1/demo/sms')).body.filter(({ to }) => to === mobile);

/** The newest code, once more than `known` have arrived. */
export async function codeFor(browser: Browser, mobile: string, known = 0): Promise<string> {
  const arrived = await eventually(
    () => messagesTo(browser, mobile),
    ({ length }) => length > known,
  );
  return /\d{6}/.exec(arrived[0]!.text)![0];
}

/** MOB-002, by the code of the demo's inbox. */
export async function logInByCode(browser: Browser, mobile: string): Promise<PhoneSession> {
  const known = (await messagesTo(browser, mobile)).length;
  const asked = await browser.call('/api/v1/phone/login-codes', { body: { mobile } });
  if (asked.status !== 202) throw new Error(JSON.stringify(asked.body));
  const { status, body } = await browser.call<PhoneSession>('/api/v1/phone/logins', {
    body: { mobile, code: await codeFor(browser, mobile, known) },
  });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
}

export async function userOfSession({ infra }: Pick<World, 'infra'>, sessionId: string): Promise<string> {
  const { rows } = await infra.database.pool.query<{ user_id: string }>(
    'select user_id from phone_session where id = $1',
    [sessionId],
  );
  return rows[0]!.user_id;
}

/** As if the identity provider had said so. */
export async function verified(
  world: Pick<World, 'infra'>,
  sessionId: string,
  person: { readonly name: string; readonly idNo: string },
): Promise<void> {
  const { database, cipher, clock } = world.infra;
  const id = await userOfSession(world, sessionId);
  await withTransaction(database, (tx) =>
    keepRealName(tx, cipher, { id, ...person, at: new Date(clock.now()) }),
  );
}
