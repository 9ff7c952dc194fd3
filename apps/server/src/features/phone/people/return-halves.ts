import type { Tx } from '../../../infra/database/database.ts';
import type { PhoneDeps } from '../deps.ts';
import { destroyHalves, halvesOfCertificates, holdHalves, releaseHalves } from '../halves/half-store.ts';
import { phoneTables } from '../tables.ts';

type Who = { readonly entityId: string; readonly userId: string };

async function halvesOfPerson(tx: Tx, { entityId, userId }: Who) {
  const certificates = await phoneTables(tx)
    .selectFrom('phone_certificate')
    .select('id')
    .where('entity_id', '=', entityId)
    .execute();
  const all = await halvesOfCertificates(
    tx,
    certificates.map(({ id }) => id),
  );
  return { all, own: all.filter((half) => half.user_id === userId) };
}

/**
 * Who leaves takes no key along: their halves of the enterprise's keys are destroyed, except the last one of a key,
 * which is held: nobody shall lose what only it can open (decision on OD-31).
 */
export async function takeHalves(deps: PhoneDeps, tx: Tx, who: Who): Promise<void> {
  const { all, own } = await halvesOfPerson(tx, who);
  const isElsewhere = (key: Uint8Array) =>
    all.some(
      (half) =>
        half.user_id !== who.userId && half.state === 'ACTIVE' && Buffer.from(key).equals(half.public_key),
    );
  for (const half of own) {
    if (isElsewhere(half.public_key)) await destroyHalves(deps, tx, [half.id]);
    else await holdHalves(deps, tx, { ids: [half.id], why: 'LEFT' });
  }
}

/** Back again, with what had to be kept. */
export async function returnHalves(deps: PhoneDeps, tx: Tx, who: Who): Promise<void> {
  const { own } = await halvesOfPerson(tx, who);
  await releaseHalves(deps, tx, { ids: own.map(({ id }) => id), why: 'LEFT' });
}
