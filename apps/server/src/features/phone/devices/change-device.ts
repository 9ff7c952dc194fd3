import type { PhoneDevice } from '@hufu/contracts';
import type { AuditOrigin } from '../../../infra/audit/audit.ts';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { PhoneUser } from '../../access/index.ts';
import { personActor } from '../context.ts';
import { nowOf, type PhoneDeps } from '../deps.ts';
import { phoneError } from '../errors.ts';
import {
  destroyHalves,
  HALF_QUEUE,
  halvesOfDevice,
  holdHalves,
  releaseHalves,
} from '../halves/half-store.ts';
import { endOffersOfDevice } from '../halves/offer-store.ts';
import { notify } from '../messages/messages.ts';
import { endSessions, type LiveSession } from '../sessions/phone-sessions.ts';
import { phoneTables } from '../tables.ts';
import { type DeviceRow, deviceById, devicesOf, ownDevice } from './device-store.ts';

const viewOf = async (
  deps: PhoneDeps,
  row: DeviceRow,
  currentId: string | null | undefined,
): Promise<PhoneDevice> => {
  const halves = await halvesOfDevice(deps.database.db, row.id);
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    current: row.id === currentId,
    certificates: new Set(halves.flatMap((half) => half.certificate_id ?? [])).size,
    registeredAt: row.registered_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    frozenAt: row.frozen_at?.toISOString() ?? null,
  };
};

export const listDevices = async (deps: PhoneDeps, live: LiveSession): Promise<PhoneDevice[]> =>
  Promise.all(
    (await devicesOf(deps.database.db, live.userId)).map((row) => viewOf(deps, row, live.device?.id)),
  );

export type DeviceStep = {
  readonly id: string;
  readonly user: PhoneUser;
  readonly from: AuditOrigin;
};

/** Locks the device, lets `change` do its part, writes it down, and answers what the device is now. */
async function changeDevice(
  deps: PhoneDeps,
  { id, user, from }: DeviceStep,
  { action, change }: { action: string; change: (tx: Tx, row: DeviceRow) => Promise<string | undefined> },
): Promise<PhoneDevice> {
  await withTransaction(deps.database, async (tx) => {
    const row = await ownDevice(tx, { id, userId: user.userId });
    const reason = await change(tx, row);
    await deps.audit.record(tx, {
      actor: personActor(user),
      action,
      subject: { kind: 'phone-device', id },
      before: { state: row.state },
      ...(reason === undefined ? {} : { reason }),
      origin: from,
    });
  });
  deps.outbox.poke(HALF_QUEUE);
  const changed = await deviceById(deps.database.db, id);
  return viewOf(deps, changed!, user.deviceId);
}

/** @throws PHONE_UNKNOWN */
export async function nameDevice(
  deps: PhoneDeps,
  { id, user, name }: Omit<DeviceStep, 'from'> & { readonly name: string },
): Promise<PhoneDevice> {
  await withTransaction(deps.database, async (tx) => {
    await ownDevice(tx, { id, userId: user.userId });
    await phoneTables(tx).updateTable('phone_device').set({ name }).where('id', '=', id).execute();
  });
  return viewOf(deps, (await deviceById(deps.database.db, id))!, user.deviceId);
}

/** A lost device: nothing is done with it any more from this moment on. @throws PHONE_UNKNOWN, PHONE_DEVICE_STATE */
export const freezeDevice = (
  deps: PhoneDeps,
  step: DeviceStep & { readonly reason: string },
): Promise<PhoneDevice> =>
  changeDevice(deps, step, {
    action: 'phone.freeze-device',
    change: async (tx, row) => {
      if (row.state !== 'ACTIVE') throw phoneError('PHONE_DEVICE_STATE');
      await phoneTables(tx)
        .updateTable('phone_device')
        .set({ state: 'FROZEN', frozen_at: nowOf(deps), frozen_reason: step.reason })
        .where('id', '=', row.id)
        .execute();
      const halves = await halvesOfDevice(tx, row.id);
      await holdHalves(deps, tx, { ids: halves.map(({ id }) => id), why: 'DEVICE' });
      await endSessions(tx, { by: 'device_id', value: row.id, at: nowOf(deps) });
      await notify(deps, tx, {
        kind: 'DEVICE_FROZEN',
        to: { userId: row.user_id },
        facts: { deviceId: row.id, deviceName: row.name },
      });
      return step.reason;
    },
  });

/** A name that was proved so long ago says who was there then. */
const FRESH_MS = 10 * 60_000;
const isFresh = ({ clock }: PhoneDeps, { realNameAt }: LiveSession): boolean =>
  realNameAt !== null && clock.now() - realNameAt.getTime() <= FRESH_MS;

/**
 * Found again. Whoever has the device in hand must not be able to release it: it takes another device of the user, or
 * a real name that was proved in this session just now.
 * @throws PHONE_UNKNOWN, PHONE_DEVICE_STATE, PHONE_DEVICE_THAW
 */
export const thawDevice = (
  deps: PhoneDeps,
  step: DeviceStep & { readonly live: LiveSession },
): Promise<PhoneDevice> =>
  changeDevice(deps, step, {
    action: 'phone.thaw-device',
    change: async (tx, row) => {
      if (row.state !== 'FROZEN') throw phoneError('PHONE_DEVICE_STATE');
      const isElsewhere = step.user.deviceId !== null && step.user.deviceId !== row.id;
      if (!isElsewhere && !isFresh(deps, step.live)) throw phoneError('PHONE_DEVICE_THAW');
      await phoneTables(tx)
        .updateTable('phone_device')
        .set({ state: 'ACTIVE', frozen_at: null, frozen_reason: null })
        .where('id', '=', row.id)
        .execute();
      const halves = await halvesOfDevice(tx, row.id);
      await releaseHalves(deps, tx, { ids: halves.map(({ id }) => id), why: 'DEVICE' });
      await notify(deps, tx, {
        kind: 'DEVICE_THAWED',
        to: { userId: row.user_id },
        facts: { deviceId: row.id, deviceName: row.name },
      });
      return undefined;
    },
  });

/**
 * Its halves are gone for ever; what only they could open is lost, and the page has said so. An SMS alone does not
 * get that far: it takes a device in use, or a real name that was proved just now.
 * @throws PHONE_UNKNOWN, PHONE_DEVICE_REQUIRED
 */
export async function removeDevice(
  deps: PhoneDeps,
  step: DeviceStep & { readonly live: LiveSession },
): Promise<void> {
  if (step.user.deviceId === null && !isFresh(deps, step.live)) throw phoneError('PHONE_DEVICE_REQUIRED');
  await changeDevice(deps, step, {
    action: 'phone.remove-device',
    change: async (tx, row) => {
      const at = nowOf(deps);
      await phoneTables(tx)
        .updateTable('phone_device')
        .set({ state: 'REMOVED', removed_at: at, frozen_at: null, frozen_reason: null })
        .where('id', '=', row.id)
        .execute();
      await endOffersOfDevice(deps, tx, row.id);
      const halves = await halvesOfDevice(tx, row.id);
      await destroyHalves(
        deps,
        tx,
        halves.map(({ id }) => id),
      );
      await endSessions(tx, { by: 'device_id', value: row.id, at });
      return undefined;
    },
  });
}
