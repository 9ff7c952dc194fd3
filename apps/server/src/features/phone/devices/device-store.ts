import type { Selectable } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { phoneError } from '../errors.ts';
import { type PhoneTables, phoneTables } from '../tables.ts';

export type DeviceRow = Selectable<PhoneTables['phone_device']>;

export const deviceById = (executor: Executor, id: string): Promise<DeviceRow | undefined> =>
  phoneTables(executor).selectFrom('phone_device').selectAll().where('id', '=', id).executeTakeFirst();

export const deviceByKey = (executor: Executor, signingKey: Uint8Array): Promise<DeviceRow | undefined> =>
  phoneTables(executor)
    .selectFrom('phone_device')
    .selectAll()
    .where('signing_key', '=', Buffer.from(signingKey))
    .where('state', '<>', 'REMOVED')
    .executeTakeFirst();

/** Locked: freezing and using a device wait for each other. @throws PHONE_UNKNOWN */
export async function ownDevice(
  tx: Tx,
  { id, userId }: { readonly id: string; readonly userId: string },
): Promise<DeviceRow> {
  const row = await phoneTables(tx)
    .selectFrom('phone_device')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('state', '<>', 'REMOVED')
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw phoneError('PHONE_UNKNOWN');
  return row;
}

export const devicesOf = (executor: Executor, userId: string): Promise<DeviceRow[]> =>
  phoneTables(executor)
    .selectFrom('phone_device')
    .selectAll()
    .where('user_id', '=', userId)
    .where('state', '<>', 'REMOVED')
    .orderBy('registered_at')
    .orderBy('id')
    .execute();
