import type { PhoneReceiver } from '@hufu/contracts';
import { toBase64 } from '@hufu/kernel';
import type { Executor } from '../../../infra/database/database.ts';
import type { PhoneUser } from '../../access/index.ts';
import { type CertificateRow, certificateBy, certificatesSeenBy } from '../certificates/certificate-store.ts';
import { standingOf } from '../certificates/standing.ts';
import { type DeviceRow, devicesOf } from '../devices/device-store.ts';
import { phoneError } from '../errors.ts';
import { livePeople } from '../people/person-store.ts';
import { phoneTables } from '../tables.ts';
import { shownAs, userById } from '../users.ts';

/** The certificate, as whoever has a half of it may see it. @throws PHONE_UNKNOWN */
export async function sharedCertificate(
  executor: Executor,
  { id, user }: { readonly id: string; readonly user: PhoneUser },
): Promise<CertificateRow> {
  const seen = await certificatesSeenBy(executor, user.userId);
  const found = seen.find((row) => row.id === id) ?? (await formerAdministrator(executor, { id, user }));
  if (found === undefined) throw phoneError('PHONE_UNKNOWN');
  return found;
}

/** Who handed the administration over still has a half, and must be able to hand that over, too. */
async function formerAdministrator(
  executor: Executor,
  { id, user }: { readonly id: string; readonly user: PhoneUser },
): Promise<CertificateRow | undefined> {
  const row = await certificateBy(executor, 'id', id);
  if (row?.entity_id == null) return undefined;
  const handedOver = await phoneTables(executor)
    .selectFrom('phone_transfer')
    .select('id')
    .where('entity_id', '=', row.entity_id)
    .where('from_user', '=', user.userId)
    .where('state', '=', 'ACCEPTED')
    .executeTakeFirst();
  return handedOver === undefined ? undefined : row;
}

type Receiver = PhoneReceiver & { readonly userId: string };

/**
 * Devices to which a half may be handed: one's other ones; those of people who may use the certificate; those of the
 * administrator-to-be. Whether they may use it is asked at every use again.
 */
export async function receiversOf(
  executor: Executor,
  { certificate, user }: { readonly certificate: CertificateRow; readonly user: PhoneUser },
): Promise<Receiver[]> {
  const view = (device: DeviceRow, person: { id: string | null; shown: string }): Receiver => ({
    deviceId: device.id,
    deviceName: device.name,
    personId: person.id,
    person: person.shown,
    own: device.user_id === user.userId,
    agreementKey: toBase64(new Uint8Array(device.agreement_key)),
    signingKey: toBase64(new Uint8Array(device.signing_key)),
    userId: device.user_id,
  });
  const activeOf = async (userId: string) =>
    (await devicesOf(executor, userId)).filter(
      (device) => device.state === 'ACTIVE' && device.id !== user.deviceId,
    );
  const me = (await userById(executor, user.userId))!;
  const own = (await activeOf(user.userId)).map((device) => view(device, { id: null, shown: shownAs(me) }));
  const { entity_id: entityId } = certificate;
  if (entityId === null) return own;
  const others: Receiver[] = [];
  for (const person of await livePeople(executor, entityId)) {
    if (person.user_id === user.userId) continue;
    const standing = await standingOf(executor, certificate, person.user_id);
    if (standing.kind === 'NONE' && !(await isNext(executor, { entityId, userId: person.user_id }))) continue;
    const shown = shownAs((await userById(executor, person.user_id))!);
    for (const device of await activeOf(person.user_id)) {
      others.push(view(device, { id: person.id, shown }));
    }
  }
  return [...own, ...others];
}

async function isNext(
  executor: Executor,
  { entityId, userId }: { readonly entityId: string; readonly userId: string },
): Promise<boolean> {
  const open = await phoneTables(executor)
    .selectFrom('phone_transfer')
    .select('id')
    .where('entity_id', '=', entityId)
    .where('to_user', '=', userId)
    .where('state', '=', 'OFFERED')
    .executeTakeFirst();
  return open !== undefined;
}
