import { certificateBy, stateAt } from '../certificates/certificate-store.ts';
import { standingOf } from '../certificates/standing.ts';
import { nowOf, type PhoneDeps } from '../deps.ts';
import { phoneError } from '../errors.ts';
import type { Uses } from '../face.ts';
import { phoneTables } from '../tables.ts';
import { obstacleTo } from './may-use.ts';

/** By way of the hub: the key was used to log in there, and is not used again. See `Uses.admit`. */
export async function admitToPlatform(
  deps: PhoneDeps,
  { fingerprint, userId, scope }: Parameters<Uses['admit']>[0],
): Promise<void> {
  const { db } = deps.database;
  const certificate = await certificateBy(db, 'fingerprint', fingerprint);
  if (certificate === undefined) return;
  // A session whose person is not known can only be ended.
  if (userId === null) throw phoneError('PHONE_NOT_GRANTED');
  const entity = certificate.entity_id === null ? undefined : await deps.entity(db, certificate.entity_id);
  const problem = obstacleTo({
    purpose: 'platform-login',
    scope,
    standing: await standingOf(db, certificate, userId),
    certificate: {
      kind: certificate.kind,
      state: stateAt(certificate, deps.clock.now()),
      entityId: certificate.entity_id,
    },
    entityFrozen: entity?.frozen ?? false,
    pageEntity: undefined,
    // Neither phone nor half has a part in it any more.
    hasDevice: true,
    half: 'ACTIVE',
  });
  if (problem === null) return;
  const at = nowOf(deps);
  const id = deps.newId();
  await phoneTables(db)
    .insertInto('phone_use')
    .values({
      id,
      user_id: userId,
      device_id: null,
      certificate_id: certificate.id,
      half_id: null,
      usage: 'sign',
      purpose: 'platform-login',
      scope,
      order_ref: `hub:${id}`,
      challenge_id: null,
      origin: deps.origin,
      count: 1,
      outcome: 'REFUSED',
      code: problem,
      at,
      expires_at: at,
      closed_at: at,
    })
    .execute();
  throw phoneError(problem);
}
