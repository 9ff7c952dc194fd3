import { webcrypto } from 'node:crypto';
import { type PhoneDeviceForm, phoneDeviceStatement } from '@hufu/contracts';
import { equalBytes, fromBase64, utf8 } from '@hufu/kernel';
import { withTransaction } from '../../../infra/database/database.ts';
import type { PhoneUser } from '../../access/index.ts';
import { type PhoneContext, personActor } from '../context.ts';
import { nowOf, originOf } from '../deps.ts';
import { phoneError } from '../errors.ts';
import { notify } from '../messages/messages.ts';
import { phoneTables } from '../tables.ts';
import { type DeviceRow, deviceByKey } from './device-store.ts';

const { subtle } = webcrypto;

/** A P-256 key as a device sends it: a point of the curve, or it is none of ours. @throws PHONE_DEVICE_PROOF */
async function importPoint(point: Uint8Array, algorithm: 'ECDSA' | 'ECDH'): Promise<webcrypto.CryptoKey> {
  try {
    return await subtle.importKey(
      'raw',
      point,
      { name: algorithm, namedCurve: 'P-256' },
      true,
      algorithm === 'ECDSA' ? ['verify'] : [],
    );
  } catch (error) {
    throw phoneError('PHONE_DEVICE_PROOF', {}, error);
  }
}

type Signed = { readonly key: Uint8Array; readonly message: Uint8Array; readonly signature: Uint8Array };

/** ECDSA P-256 with SHA-256; r ‖ s. */
export async function isSignedByDevice({ key, message, signature }: Signed): Promise<boolean> {
  const imported = await importPoint(key, 'ECDSA');
  return subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, imported, signature, message);
}

type Presenting = {
  readonly user: PhoneUser;
  readonly form: PhoneDeviceForm;
  readonly request: Parameters<typeof originOf>[1];
};

/**
 * The device proves, within this session, that it holds its keys. Unknown keys are registered to the user; known ones
 * are recognised. A device of another account is refused: keys do not change hands.
 * @throws PHONE_DEVICE_PROOF, PHONE_DEVICE_TAKEN, PHONE_DEVICE_FROZEN
 */
export async function presentDevice(
  context: PhoneContext,
  { user, form, request }: Presenting,
): Promise<void> {
  const { deps, sessions } = context;
  const signingKey = fromBase64(form.signingKey);
  const agreementKey = fromBase64(form.agreementKey);
  await importPoint(agreementKey, 'ECDH');
  const message = utf8(phoneDeviceStatement({ ...form, sessionId: user.sessionId }));
  const isProved = await isSignedByDevice({
    key: signingKey,
    message,
    signature: fromBase64(form.proof),
  });
  if (!isProved) throw phoneError('PHONE_DEVICE_PROOF');

  await withTransaction(deps.database, async (tx) => {
    const known = await deviceByKey(tx, signingKey);
    if (known !== undefined) mustBeOurs(known, user, agreementKey);
    const deviceId = known?.id ?? deps.newId();
    if (known === undefined) {
      const at = nowOf(deps);
      const isFirst = await phoneTables(tx)
        .insertInto('phone_device')
        .values({
          id: deviceId,
          user_id: user.userId,
          name: form.name,
          signing_key: Buffer.from(signingKey),
          agreement_key: Buffer.from(agreementKey),
          state: 'ACTIVE',
          registered_at: at,
          last_seen_at: at,
        })
        .onConflict((conflict) => conflict.column('signing_key').where('state', '<>', 'REMOVED').doNothing())
        .returning('id')
        .executeTakeFirst();
      if (isFirst === undefined) throw phoneError('PHONE_DEVICE_TAKEN');
      await deps.audit.record(tx, {
        actor: personActor(user),
        action: 'phone.add-device',
        subject: { kind: 'phone-device', id: deviceId },
        origin: originOf(deps, request),
      });
      await notify(deps, tx, {
        kind: 'DEVICE_ADDED',
        to: { userId: user.userId },
        facts: { deviceId, deviceName: form.name },
        once: deviceId,
      });
    }
    await sessions.bindDevice(tx, { id: user.sessionId, deviceId });
  });
}

function mustBeOurs(known: DeviceRow, user: PhoneUser, agreementKey: Uint8Array): void {
  if (known.user_id !== user.userId) throw phoneError('PHONE_DEVICE_TAKEN');
  if (!equalBytes(known.agreement_key, agreementKey)) throw phoneError('PHONE_DEVICE_PROOF');
}
