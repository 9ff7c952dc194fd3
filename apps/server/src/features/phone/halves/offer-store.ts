import type { PhoneOffer } from '@hufu/contracts';
import { toBase64 } from '@hufu/kernel';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { subjectPlace } from '../certificates/certificate-store.ts';
import { nowOf, type PhoneDeps } from '../deps.ts';
import { phoneTables } from '../tables.ts';
import { destroyHalves } from './half-store.ts';

export const offers = (executor: Executor) =>
  phoneTables(executor)
    .selectFrom('phone_offer as o')
    .innerJoin('phone_certificate as c', 'c.id', 'o.certificate_id')
    .innerJoin('phone_device as f', 'f.id', 'o.from_device')
    .innerJoin('phone_user as fu', 'fu.id', 'f.user_id')
    .innerJoin('phone_device as r', 'r.id', 'o.to_device')
    .selectAll('o')
    .select(['c.subject_sealed', 'c.serial_number', 'c.valid_to', 'c.entity_id'])
    .select(['f.name as from_name', 'f.agreement_key as from_key', 'f.user_id as from_user'])
    .select(['fu.name_masked', 'fu.phone_masked', 'r.user_id as to_user']);

export type OfferRow = Awaited<ReturnType<ReturnType<typeof offers>['execute']>>[number];

export const offerView = (deps: Pick<PhoneDeps, 'cipher'>, row: OfferRow): PhoneOffer => ({
  id: row.id,
  certificate: {
    id: row.certificate_id,
    subjectName: deps.cipher.open(row.subject_sealed, subjectPlace(row.certificate_id)),
    serialNumber: row.serial_number,
    validTo: row.valid_to.toISOString(),
  },
  from: {
    person: row.name_masked ?? row.phone_masked,
    deviceName: row.from_name,
    agreementKey: toBase64(new Uint8Array(row.from_key)),
  },
  deviceId: row.to_device,
  state: row.state,
  parcels: row.parcels,
  at: row.at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
});

/** Those that wait on devices of this user. */
export async function offersTo(
  deps: Pick<PhoneDeps, 'cipher' | 'clock'>,
  executor: Executor,
  userId: string,
): Promise<PhoneOffer[]> {
  const rows = await offers(executor)
    .where('r.user_id', '=', userId)
    .where('o.state', '=', 'OFFERED')
    .where('o.expires_at', '>', nowOf(deps))
    .orderBy('o.at')
    .execute();
  return rows.map((row) => offerView(deps, row));
}

type Ended = Pick<OfferRow, 'id' | 'parcels'> & { readonly state: PhoneOffer['state'] };

/** The halves that were made for it are nobody's any more. @returns whether it was open */
export async function endOffer(deps: PhoneDeps, tx: Tx, { id, parcels, state }: Ended): Promise<boolean> {
  const { numUpdatedRows } = await phoneTables(tx)
    .updateTable('phone_offer')
    .set({ state, answered_at: nowOf(deps) })
    .where('id', '=', id)
    .where('state', '=', 'OFFERED')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  if (state !== 'ACCEPTED') {
    await destroyHalves(
      deps,
      tx,
      parcels.map(({ halfId }) => halfId),
    );
  }
  return true;
}

export async function endOffersOfDevice(deps: PhoneDeps, tx: Tx, deviceId: string): Promise<void> {
  const rows = await phoneTables(tx)
    .selectFrom('phone_offer')
    .select(['id', 'parcels'])
    .where('state', '=', 'OFFERED')
    .where(({ or, eb }) => or([eb('from_device', '=', deviceId), eb('to_device', '=', deviceId)]))
    .execute();
  for (const row of rows) await endOffer(deps, tx, { ...row, state: 'WITHDRAWN' });
}
