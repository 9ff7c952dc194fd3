import { equalBytes } from '@hufu/kernel';
import { digest, parseCertificate } from '@hufu/pki';
import type { Tx } from '../../../infra/database/database.ts';
import { personActor } from '../context.ts';
import { nowOf, type PhoneDeps } from '../deps.ts';
import { phoneError } from '../errors.ts';
import type { Keeping } from '../face.ts';
import { carryGrants, endGrants } from '../grants/grant-store.ts';
import { destroyHalves, HALF_QUEUE, halvesByIds, halvesOfCertificates } from '../halves/half-store.ts';
import { notify } from '../messages/messages.ts';
import { phoneTables } from '../tables.ts';
import { certificateBy, subjectPlace } from './certificate-store.ts';

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/**
 * The certificate that was issued for the halves of this device is kept, and they come into use (MOB-017). At a
 * renewal the former decryption halves and the grants go on with it (OD-31); any other replacement ends the grants. The
 * former signing halves are destroyed: what takes a place leaves nothing behind that could sign.
 * @throws PHONE_HALF_FOREIGN, PHONE_UNKNOWN
 */
export async function keepCertificate(deps: PhoneDeps, tx: Tx, keeping: Keeping): Promise<string> {
  const at = nowOf(deps);
  const id = deps.newId();
  const signing = parseCertificate(keeping.signingCertificate);
  await mustHoldKeys(tx, keeping);
  await phoneTables(tx)
    .insertInto('phone_certificate')
    .values({
      id,
      kind: keeping.kind,
      entity_id: keeping.entityId,
      user_id: keeping.user.userId,
      order_id: keeping.orderId,
      authority_id: keeping.authorityId,
      subject_sealed: deps.cipher.seal(keeping.subjectName, subjectPlace(id)),
      uscc: keeping.uscc,
      serial_number: signing.serialHex,
      fingerprint: hexOf(digest('sha256', keeping.signingCertificate)),
      signing_certificate: Buffer.from(keeping.signingCertificate),
      encryption_certificate: keeping.encryptionCertificate && Buffer.from(keeping.encryptionCertificate),
      valid_from: new Date(signing.notBefore),
      valid_to: new Date(signing.notAfter),
      state: 'EFFECTIVE',
      kept_at: at,
      changed_at: at,
    })
    .execute();
  const ids = [
    keeping.halves.sign,
    ...(keeping.halves.decrypt === undefined ? [] : [keeping.halves.decrypt]),
  ];
  await phoneTables(tx)
    .updateTable('phone_half')
    .set({ certificate_id: id, state: 'ACTIVE' })
    .where('id', 'in', ids)
    .execute();
  if (keeping.replaces !== undefined) await takePlace(deps, tx, { id, former: keeping.replaces, keeping });
  await deps.audit.record(tx, {
    actor: personActor(keeping.user),
    action: 'phone.keep-certificate',
    subject: { kind: 'phone-certificate', id },
    after: {
      kind: keeping.kind,
      order: keeping.orderId,
      authority: keeping.authorityId,
      serialNumber: signing.serialHex,
      device: keeping.user.deviceId,
      ...(keeping.replaces === undefined ? {} : { replaces: keeping.replaces }),
    },
    ...(keeping.entityId === null ? {} : { entity: keeping.entityId }),
    origin: keeping.from,
  });
  await notify(deps, tx, {
    kind: 'CERTIFICATE_KEPT',
    to: { userId: keeping.user.userId },
    facts: {
      certificateId: id,
      serialNumber: signing.serialHex,
      validTo: new Date(signing.notAfter).toISOString(),
    },
    once: id,
  });
  return id;
}

/** Each half is this device's, stored, of no certificate yet, and of the key that was certified. */
async function mustHoldKeys(tx: Tx, { user, halves, ...keeping }: Keeping): Promise<void> {
  const wanted = [
    { id: halves.sign, usage: 'sign', der: keeping.signingCertificate },
    ...(halves.decrypt === undefined
      ? []
      : [{ id: halves.decrypt, usage: 'decrypt', der: keeping.encryptionCertificate }]),
  ] as const;
  const found = await halvesByIds(
    tx,
    wanted.map(({ id }) => id),
  );
  const hold = wanted.every(({ id, usage, der }) => {
    const half = found.find((one) => one.id === id);
    return (
      der !== null &&
      half?.usage === usage &&
      half.device_id === user.deviceId &&
      half.state === 'NEW' &&
      half.split_by === null &&
      half.confirmed_at !== null &&
      equalBytes(new Uint8Array(half.public_key), parseCertificate(der).spki.publicKey)
    );
  });
  if (!hold) throw phoneError('PHONE_HALF_FOREIGN');
}

type Succession = { readonly id: string; readonly former: string; readonly keeping: Keeping };

async function takePlace(deps: PhoneDeps, tx: Tx, { id, former, keeping }: Succession): Promise<void> {
  const at = nowOf(deps);
  const before = await certificateBy(tx, 'id', former);
  if (before === undefined) throw phoneError('PHONE_UNKNOWN');
  await phoneTables(tx)
    .updateTable('phone_certificate')
    .set({
      replaced_by: id,
      changed_at: at,
      ...(before.state === 'EFFECTIVE' || before.state === 'HELD' ? { state: 'REPLACED' as const } : {}),
    })
    .where('id', '=', former)
    .execute();
  const halves = await halvesOfCertificates(tx, [former]);
  await destroyHalves(
    deps,
    tx,
    halves.filter(({ usage }) => usage === 'sign').map((half) => half.id),
  );
  const isRenewal = keeping.halves.decrypt === undefined;
  if (isRenewal) {
    const stay = halves.filter(({ usage }) => usage === 'decrypt');
    const key =
      keeping.encryptionCertificate && parseCertificate(keeping.encryptionCertificate).spki.publicKey;
    if (key === null || stay.some((half) => !equalBytes(new Uint8Array(half.public_key), key))) {
      throw phoneError('PHONE_HALF_FOREIGN');
    }
    await phoneTables(tx)
      .updateTable('phone_half')
      .set({ certificate_id: id })
      .where('certificate_id', '=', former)
      .where('usage', '=', 'decrypt')
      .where('state', '<>', 'DESTROYED')
      .execute();
    await carryGrants(deps, tx, { from: former, to: id, at });
  }
  await endGrants(tx, { of: { certificateId: former }, by: null, why: 'CERTIFICATE', at });
  deps.outbox.poke(HALF_QUEUE);
}
