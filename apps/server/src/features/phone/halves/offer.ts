import type { PhoneOffer, PhoneParcel } from '@hufu/contracts';
import type { AuditOrigin } from '../../../infra/audit/audit.ts';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { PhoneUser } from '../../access/index.ts';
import { personActor } from '../context.ts';
import { nowOf, type PhoneDeps } from '../deps.ts';
import { phoneError } from '../errors.ts';
import { notify } from '../messages/messages.ts';
import { phoneTables } from '../tables.ts';
import { HALF_QUEUE, halvesByIds } from './half-store.ts';
import { endOffer, type OfferRow, offers, offerView } from './offer-store.ts';
import { receiversOf, sharedCertificate } from './receivers.ts';

/** Both phones are in front of their people; a forgotten offer does not lie about for long. */
const LIFE_MS = 24 * 3_600_000;

type Step = { readonly id: string; readonly user: PhoneUser; readonly from: AuditOrigin };

type Offering = Omit<Step, 'id'> & {
  readonly form: {
    readonly certificateId: string;
    readonly deviceId: string;
    readonly parcels: readonly PhoneParcel[];
  };
};

/**
 * Halves that the vault has split off for another device are offered to it, sealed to its key.
 * @throws PHONE_DEVICE_REQUIRED, PHONE_UNKNOWN, PHONE_RECEIVER, PHONE_HALF_FOREIGN
 */
export async function offerHalves(deps: PhoneDeps, { form, user, from }: Offering): Promise<PhoneOffer> {
  const { deviceId } = user;
  if (deviceId === null) throw phoneError('PHONE_DEVICE_REQUIRED');
  return withTransaction(deps.database, async (tx) => {
    const certificate = await sharedCertificate(tx, { id: form.certificateId, user });
    const receiver = (await receiversOf(tx, { certificate, user })).find(
      (one) => one.deviceId === form.deviceId,
    );
    if (receiver === undefined) throw phoneError('PHONE_RECEIVER');
    const halves = await halvesByIds(
      tx,
      form.parcels.map(({ halfId }) => halfId),
    );
    const isSplit = form.parcels.every(({ halfId, usage }) =>
      halves.some(
        (half) =>
          half.id === halfId &&
          half.usage === usage &&
          half.state === 'NEW' &&
          half.device_id === form.deviceId &&
          half.split_by === deviceId &&
          half.certificate_id === certificate.id,
      ),
    );
    if (!isSplit || new Set(form.parcels.map(({ usage }) => usage)).size !== form.parcels.length) {
      throw phoneError('PHONE_HALF_FOREIGN');
    }
    const at = nowOf(deps);
    const id = deps.newId();
    await phoneTables(tx)
      .insertInto('phone_offer')
      .values({
        id,
        certificate_id: certificate.id,
        from_device: deviceId,
        to_device: form.deviceId,
        parcels: JSON.stringify(form.parcels),
        state: 'OFFERED',
        at,
        expires_at: new Date(at.getTime() + LIFE_MS),
      })
      .execute();
    await deps.audit.record(tx, {
      actor: personActor(user),
      action: 'phone.offer-halves',
      subject: { kind: 'phone-certificate', id: certificate.id },
      after: { offer: id, fromDevice: deviceId, toDevice: form.deviceId },
      ...(certificate.entity_id === null ? {} : { entity: certificate.entity_id }),
      origin: from,
    });
    const row = await offers(tx).where('o.id', '=', id).executeTakeFirstOrThrow();
    await notify(deps, tx, {
      kind: 'OFFERED_HALF',
      to: { userId: receiver.userId },
      facts: { offerId: id, deviceId: form.deviceId, serialNumber: certificate.serial_number },
      once: id,
    });
    return offerView(deps, row);
  });
}

/** @throws PHONE_UNKNOWN, PHONE_ANSWERED */
export async function withdrawOffer(deps: PhoneDeps, { id, user, from }: Step): Promise<void> {
  await withTransaction(deps.database, async (tx) => {
    const row = await offers(tx)
      .where('o.id', '=', id)
      .where('f.user_id', '=', user.userId)
      .executeTakeFirst();
    if (row === undefined) throw phoneError('PHONE_UNKNOWN');
    if (!(await endOffer(deps, tx, { ...row, state: 'WITHDRAWN' }))) throw phoneError('PHONE_ANSWERED');
    await writeDown(deps, tx, { row, user, from, action: 'phone.withdraw-offer' });
  });
  deps.outbox.poke(HALF_QUEUE);
}

/**
 * The receiving device says that it has taken its halves over and stored them (the vault has them confirmed), or that
 * its person does not want them.
 * @throws PHONE_UNKNOWN, PHONE_DEVICE_REQUIRED, PHONE_ANSWERED, PHONE_HALF_FOREIGN
 */
export async function answerOffer(
  deps: PhoneDeps,
  { id, user, from, accept }: Step & { readonly accept: boolean },
): Promise<PhoneOffer> {
  const answered = await withTransaction(deps.database, async (tx) => {
    const row = await offers(tx)
      .where('o.id', '=', id)
      .where('r.user_id', '=', user.userId)
      .executeTakeFirst();
    if (row === undefined) throw phoneError('PHONE_UNKNOWN');
    if (row.state !== 'OFFERED' || row.expires_at <= nowOf(deps)) throw phoneError('PHONE_ANSWERED');
    if (accept) {
      if (user.deviceId !== row.to_device) throw phoneError('PHONE_DEVICE_REQUIRED');
      await activate(tx, row);
    }
    await endOffer(deps, tx, { ...row, state: accept ? 'ACCEPTED' : 'DECLINED' });
    await writeDown(deps, tx, {
      row,
      user,
      from,
      action: accept ? 'phone.accept-halves' : 'phone.decline-halves',
    });
    return offerView(deps, await offers(tx).where('o.id', '=', id).executeTakeFirstOrThrow());
  });
  deps.outbox.poke(HALF_QUEUE);
  return answered;
}

async function activate(tx: Tx, { parcels }: Pick<OfferRow, 'parcels'>): Promise<void> {
  const ids = parcels.map(({ halfId }) => halfId);
  const halves = await halvesByIds(tx, ids);
  const areStored =
    halves.length === ids.length &&
    halves.every(({ state, confirmed_at: confirmed }) => state === 'NEW' && confirmed !== null);
  if (!areStored) throw phoneError('PHONE_HALF_FOREIGN');
  await phoneTables(tx).updateTable('phone_half').set({ state: 'ACTIVE' }).where('id', 'in', ids).execute();
}

type Written = {
  readonly row: OfferRow;
  readonly user: PhoneUser;
  readonly from: AuditOrigin;
  readonly action: string;
};

const writeDown = (deps: PhoneDeps, tx: Tx, { row, user, from, action }: Written): Promise<void> =>
  deps.audit.record(tx, {
    actor: personActor(user),
    action,
    subject: { kind: 'phone-certificate', id: row.certificate_id },
    after: { offer: row.id },
    ...(row.entity_id === null ? {} : { entity: row.entity_id }),
    origin: from,
  });

/** Nobody answered. */
export async function expireOffers(deps: PhoneDeps): Promise<void> {
  const due = await phoneTables(deps.database.db)
    .selectFrom('phone_offer')
    .select(['id', 'parcels'])
    .where('state', '=', 'OFFERED')
    .where('expires_at', '<=', nowOf(deps))
    .limit(200)
    .execute();
  for (const row of due) {
    await withTransaction(deps.database, async (tx) => {
      await endOffer(deps, tx, { ...row, state: 'EXPIRED' });
    });
  }
}
