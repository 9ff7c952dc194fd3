import type { AuditActor } from '../../../infra/audit/audit.ts';
import type { Tx } from '../../../infra/database/database.ts';
import { lockAccount } from '../accounts/account-store.ts';
import type { EntityDeps } from '../deps.ts';
import { entityError } from '../errors.ts';
import { endSessionsOfKey } from '../sessions/session-store.ts';
import type { Proof } from '../tables.ts';
import { factsOf, type KeyRow, keepVersion, keysOf, updateKey } from './key-store.ts';

export type RecoveryOrder = {
  readonly entityId: string;
  /** The key that becomes the primary. */
  readonly keyId: string;
  readonly reason: string;
  readonly proof: Proof;
  /** Of the desk: two people agreed. */
  readonly actor: AuditActor;
};

/**
 * The primary is lost: another key in force takes its place (OD-25). What the lost one has open ends; it stays a
 * secondary one that the new primary can void (KEY-018).
 * @throws LIBRARY_UNKNOWN, LIBRARY_KEY_STATE, LIBRARY_STALE
 */
export async function recoverPrimary(
  deps: Pick<EntityDeps, 'audit' | 'clock'>,
  tx: Tx,
  { entityId, keyId, reason, proof, actor }: RecoveryOrder,
): Promise<void> {
  const account = await lockAccount(tx, entityId);
  const keys = account === undefined ? [] : await keysOf(tx, entityId);
  const key = keys.find(({ id }) => id === keyId);
  if (key === undefined) throw entityError('LIBRARY_UNKNOWN');
  const at = new Date(deps.clock.now());
  if (!canBecomePrimary(key, at)) throw entityError('LIBRARY_KEY_STATE');
  const former = keys.find((one) => one.is_primary);
  const told = { byFingerprint: null, at, reason, proof: [proof] };
  if (former !== undefined) {
    if (!(await updateKey(tx, former, { is_primary: false, updated_at: at }))) {
      throw entityError('LIBRARY_STALE');
    }
    await keepVersion(tx, former.id, { event: 'cease-primary', ...told });
    await endSessionsOfKey(tx, { keyId: former.id, at });
  }
  if (!(await updateKey(tx, key, { is_primary: true, updated_at: at }))) throw entityError('LIBRARY_STALE');
  await keepVersion(tx, key.id, { event: 'become-primary', ...told });
  await deps.audit.record(tx, {
    actor,
    action: 'key.make-primary',
    subject: { kind: 'key', id: key.id },
    before: { primary: former?.id ?? null, ...factsOf(key) },
    after: { primary: key.id, proof: proof.sha256 },
    reason,
    entity: entityId,
  });
}

const canBecomePrimary = (key: KeyRow, at: Date): boolean =>
  key.state === 'SUBMITTED' && !key.is_primary && key.valid_to > at;
