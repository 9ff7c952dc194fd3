import type { KeyUser } from '@hufu/contracts';
import { toBase64Url } from '@hufu/kernel';
import type { Tx } from '../../../infra/database/database.ts';
import type { ReadCertificate } from '../../hub/index.ts';
import type { AuditOrigin, EntityDeps } from '../deps.ts';
import { entityError } from '../errors.ts';
import { certificateColumns, factsOf, insertKey, type KeyRow, keepVersion, sealUser } from './key-store.ts';

export type NewKey = {
  readonly entityId: string;
  readonly certificate: ReadCertificate;
  readonly mediaNo: string | null;
  readonly user: KeyUser;
  readonly isPrimary: boolean;
  readonly event: 'register' | 'activate' | 'add';
  /** Fingerprint of the key that does it. */
  readonly by: string;
  readonly from: AuditOrigin;
};

/**
 * A row of 权限管理 comes into being, with its history and its evidence. The account is held by the caller.
 * @throws LIBRARY_KEY_ACTIVE_ALREADY
 */
export async function recordKey(
  deps: Pick<EntityDeps, 'audit' | 'clock' | 'random' | 'cipher' | 'keyActivated'>,
  tx: Tx,
  { entityId, certificate, mediaNo, user, isPrimary, event, by, from }: NewKey,
): Promise<KeyRow> {
  const id = toBase64Url(deps.random(16));
  const at = new Date(deps.clock.now());
  const inserted = await insertKey(tx, {
    ...certificateColumns(certificate, mediaNo),
    id,
    entity_id: entityId,
    state: 'SUBMITTED',
    is_primary: isPrimary,
    user_sealed: sealUser(deps.cipher, id, user),
    void_reason: null,
    voided_at: null,
    created_at: at,
    updated_at: at,
    last_used_at: event === 'add' ? null : at,
  });
  if (!inserted) throw entityError('LIBRARY_KEY_ACTIVE_ALREADY');
  const row = await keepVersion(tx, id, { event, byFingerprint: by, at });
  await deps.audit.record(tx, {
    actor: { kind: 'entity', id: entityId, certificate: by },
    action: ACTIONS[event],
    subject: { kind: 'key', id },
    after: { ...factsOf(row), authority: row.authority_id },
    disclose: discloseUser(user),
    entity: entityId,
    origin: from,
  });
  if (!isPrimary) await deps.keyActivated?.(tx, { entityId, id });
  return row;
}

const ACTIONS = { register: 'key.register', activate: 'key.activate', add: 'key.add' } as const;

export const discloseUser = ({ holderName, holderPhone, holderIdNo }: KeyUser): Record<string, string> => ({
  holderName,
  holderPhone,
  ...(holderIdNo === null ? {} : { holderIdNo }),
});
