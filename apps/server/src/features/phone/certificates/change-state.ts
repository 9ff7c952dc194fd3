import type { Tx } from '../../../infra/database/database.ts';
import { nowOf, type PhoneDeps } from '../deps.ts';
import { phoneError } from '../errors.ts';
import type { Certificates } from '../face.ts';
import { endGrants } from '../grants/grant-store.ts';
import {
  destroyHalves,
  HALF_QUEUE,
  halvesOfCertificates,
  holdHalves,
  releaseHalves,
} from '../halves/half-store.ts';
import { notify } from '../messages/messages.ts';
import { phoneTables } from '../tables.ts';
import { certificateBy } from './certificate-store.ts';

type Change = Parameters<Certificates['stateChanged']>[1];

/** Nothing comes back from these. */
const ENDED = new Set<Change['state']>(['LOST', 'REVOKED', 'REPLACED']);

/**
 * What the authority says of a certificate is done to its halves: held while it is held; at an end the signing halves
 * are destroyed. Decryption halves stay where files may still be encrypted to them.
 * @throws PHONE_UNKNOWN, PHONE_CERTIFICATE_STATE
 */
export async function changeState(deps: PhoneDeps, tx: Tx, change: Change): Promise<void> {
  const { id, keepDecryption = false, reason } = change;
  // What is encrypted to it goes on being opened by it: it is no revoked one to its own halves (OD-31).
  const state = keepDecryption && change.state === 'REVOKED' ? 'REPLACED' : change.state;
  const row = await certificateBy(tx, 'id', id);
  if (row === undefined) throw phoneError('PHONE_UNKNOWN');
  if (row.state === state && !keepDecryption) return;
  if (ENDED.has(row.state) && !ENDED.has(state)) throw phoneError('PHONE_CERTIFICATE_STATE');
  const at = nowOf(deps);
  await phoneTables(tx)
    .updateTable('phone_certificate')
    .set({ state, changed_at: at })
    .where('id', '=', id)
    .execute();
  const halves = await halvesOfCertificates(tx, [id]);
  const ids = (which: (usage: 'sign' | 'decrypt') => boolean) =>
    halves.filter(({ usage }) => which(usage)).map((half) => half.id);
  if (ENDED.has(state)) {
    const isLeft = (usage: string) => keepDecryption && usage === 'decrypt';
    await destroyHalves(
      deps,
      tx,
      ids((usage) => !isLeft(usage)),
    );
    // Of a certificate that was reported lost they were held; those on a device that is frozen stay so.
    if (keepDecryption) await releaseHalves(deps, tx, { ids: ids(isLeft), why: 'CERTIFICATE' });
    if (!keepDecryption) await endGrants(tx, { of: { certificateId: id }, by: null, why: 'CERTIFICATE', at });
  } else if (state === 'HELD') {
    await holdHalves(deps, tx, { ids: ids(() => true), why: 'CERTIFICATE' });
  } else {
    await releaseHalves(deps, tx, { ids: ids(() => true), why: 'CERTIFICATE' });
  }
  await deps.audit.record(tx, {
    actor: { kind: 'system' },
    action: 'phone.change-certificate-state',
    subject: { kind: 'phone-certificate', id },
    before: { state: row.state },
    after: { state },
    ...(reason === undefined ? {} : { reason }),
    ...(row.entity_id === null ? {} : { entity: row.entity_id }),
  });
  await notify(deps, tx, {
    kind: 'CERTIFICATE_STATE',
    to: row.entity_id === null ? { userId: row.user_id } : { administratorOf: row.entity_id },
    facts: { certificateId: id, serialNumber: row.serial_number, state },
  });
  deps.outbox.poke(HALF_QUEUE);
}
