import type { PhoneSession } from '@hufu/contracts';
import { waitingFor } from '../approvals.ts';
import type { PhoneContext } from '../context.ts';
import { unreadOf } from '../messages/messages.ts';
import { phoneTables } from '../tables.ts';
import { nameOf, userById } from '../users.ts';
import type { LiveSession } from './phone-sessions.ts';

export async function sessionView({ deps }: PhoneContext, live: LiveSession): Promise<PhoneSession> {
  const { db } = deps.database;
  const user = (await userById(db, live.userId))!;
  const device =
    live.device &&
    (await phoneTables(db)
      .selectFrom('phone_device')
      .select(['id', 'name', 'state'])
      .where('id', '=', live.device.id)
      .executeTakeFirstOrThrow());
  return {
    id: live.id,
    mobileMasked: user.phone_masked,
    verified: live.verified,
    name: nameOf(deps.cipher, user),
    idNumberMasked: user.id_no_masked,
    device,
    realName: deps.realNames?.label ?? null,
    vault: deps.halves !== undefined,
    unread: await unreadOf(db, live.userId),
    waiting: await waitingFor(deps, live.userId),
    expiresAt: live.expiresAt.toISOString(),
  };
}
