import type { KeyVoidForm } from '@hufu/contracts';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { Member } from '../../access/index.ts';
import type { EntityContext } from '../context.ts';
import type { AuditOrigin, EntityDeps } from '../deps.ts';
import { entityError } from '../errors.ts';
import { endSessionsOfKey } from '../sessions/session-store.ts';
import type { Proof } from '../tables.ts';
import { holdKey } from './hold-key.ts';
import { factsOf, type KeyRow, keepVersion, updateKey } from './key-store.ts';

export type Ending = {
  readonly row: KeyRow;
  readonly reason: string;
  readonly proof: readonly Proof[];
  readonly by: { readonly fingerprint: string | null; readonly from: AuditOrigin };
};

/** SM-KEY: VOIDED is for good; its sessions end with it. @throws LIBRARY_STALE */
export async function endKey(
  deps: Pick<EntityDeps, 'audit' | 'clock'>,
  tx: Tx,
  { row, reason, proof, by }: Ending,
): Promise<void> {
  const at = new Date(deps.clock.now());
  const changed = await updateKey(tx, row, {
    state: 'VOIDED',
    is_primary: false,
    void_reason: reason,
    voided_at: at,
    updated_at: at,
  });
  if (!changed) throw entityError('LIBRARY_STALE');
  await keepVersion(tx, row.id, { event: 'void', byFingerprint: by.fingerprint, at, reason, proof });
  await endSessionsOfKey(tx, { keyId: row.id, at });
  await deps.audit.record(tx, {
    actor: {
      kind: 'entity',
      id: row.entity_id,
      ...(by.fingerprint === null ? {} : { certificate: by.fingerprint }),
    },
    action: 'key.void',
    subject: { kind: 'key', id: row.id },
    before: factsOf(row),
    after: { state: 'VOIDED', proof: proof.map(({ sha256 }) => sha256) },
    reason,
    entity: row.entity_id,
    origin: by.from,
  });
}

export type Voiding = {
  readonly id: string;
  readonly member: Member;
  readonly form: KeyVoidForm;
  readonly from: AuditOrigin;
};

/**
 * 「作废」 (KEY-018): by the primary, with reason and proof. Neither the primary itself nor the only one (OD-26).
 * @throws LIBRARY_UNKNOWN, LIBRARY_KEY_STATE, LIBRARY_KEY_LAST, LIBRARY_KEY_IS_PRIMARY, LIBRARY_PROOF_REQUIRED,
 *   LIBRARY_FOREIGN_FILE, LIBRARY_STALE
 */
export async function voidKey(
  { deps, peers }: Pick<EntityContext, 'deps' | 'peers'>,
  { id, member, form, from }: Voiding,
): Promise<void> {
  await withTransaction(deps.database, async (tx) => {
    const { row, inForce } = await holdKey(tx, { id, member });
    if (row.state !== 'SUBMITTED') throw entityError('LIBRARY_KEY_STATE');
    if (inForce.length === 1) throw entityError('LIBRARY_KEY_LAST');
    if (row.is_primary) throw entityError('LIBRARY_KEY_IS_PRIMARY');
    if (form.reason === '' || form.proof.length === 0) throw entityError('LIBRARY_PROOF_REQUIRED');
    const asked = form.proof.map(({ sha256 }) => sha256);
    const own = await peers.ownFiles(tx, member.entityId, asked);
    if (asked.some((sha256) => !own.has(sha256)))
      throw entityError('LIBRARY_FOREIGN_FILE', { field: 'proof' });
    if (row.version !== form.version) throw entityError('LIBRARY_STALE', { version: row.version });
    const by = { fingerprint: member.fingerprint, from };
    await endKey(deps, tx, { row, reason: form.reason, proof: form.proof, by });
  });
}
