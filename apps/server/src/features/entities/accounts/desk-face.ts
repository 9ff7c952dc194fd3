import type { AuditActor, AuditOrigin } from '../../../infra/audit/audit.ts';
import type { Tx } from '../../../infra/database/database.ts';
import type { EntityDeps } from '../deps.ts';
import { entityError } from '../errors.ts';
import { type RecoveryOrder, recoverPrimary } from '../keys/recover-primary.ts';
import { endSessionsOfEntity } from '../sessions/session-store.ts';
import { lockAccount, updateAccount } from './account-store.ts';

export type StandingOrder = {
  readonly id: string;
  readonly reason: string;
  readonly actor: AuditActor;
  readonly from?: AuditOrigin;
};

/** What the desk does to accounts; the record of it is the account's own. */
export type EntityStanding = {
  /** Looking stays possible, every change is refused. Idempotent. @throws LIBRARY_UNKNOWN */
  freeze(tx: Tx, order: StandingOrder): Promise<void>;
  /** @throws LIBRARY_UNKNOWN, LIBRARY_ENTITY_MERGED */
  thaw(tx: Tx, order: StandingOrder): Promise<void>;
  /** This account is a second one of `into`: frozen for good, its sessions end. @throws LIBRARY_UNKNOWN, LIBRARY_ENTITY_MERGED */
  merge(tx: Tx, order: StandingOrder & { readonly into: string }): Promise<void>;
  /** Another key becomes the primary, the lost one's sessions end (OD-25). @throws LIBRARY_UNKNOWN, LIBRARY_KEY_STATE */
  recoverPrimary(tx: Tx, order: RecoveryOrder): Promise<void>;
};

export function entityStanding(deps: Pick<EntityDeps, 'audit' | 'clock'>): EntityStanding {
  const held = async (tx: Tx, id: string) => {
    const row = await lockAccount(tx, id);
    if (row === undefined) throw entityError('LIBRARY_UNKNOWN');
    if (row.merged_into !== null) throw entityError('LIBRARY_ENTITY_MERGED');
    return row;
  };
  return {
    recoverPrimary: (tx, order) => recoverPrimary(deps, tx, order),
    async freeze(tx, { id, reason, actor, from }) {
      const { frozen_at } = await held(tx, id);
      if (frozen_at !== null) return;
      const at = new Date(deps.clock.now());
      await updateAccount(tx, id, { frozen_at: at, frozen_reason: reason, at });
      await deps.audit.record(tx, {
        actor,
        action: 'entity.freeze',
        subject: { kind: 'entity', id },
        after: { state: 'FROZEN' },
        reason,
        entity: id,
        ...(from && { origin: from }),
      });
    },
    async thaw(tx, { id, reason, actor, from }) {
      const { frozen_at, state } = await held(tx, id);
      if (frozen_at === null) return;
      await updateAccount(tx, id, { frozen_at: null, frozen_reason: null, at: new Date(deps.clock.now()) });
      await deps.audit.record(tx, {
        actor,
        action: 'entity.thaw',
        subject: { kind: 'entity', id },
        before: { state: 'FROZEN' },
        after: { state },
        reason,
        entity: id,
        ...(from && { origin: from }),
      });
    },
    async merge(tx, { id, into, reason, actor, from }) {
      // In the order of their ids: two merges in opposite directions wait for each other instead of colliding.
      const [first = id, second = into] = [id, into].toSorted();
      await held(tx, first);
      await held(tx, second);
      if (id === into) throw entityError('LIBRARY_UNKNOWN');
      const at = new Date(deps.clock.now());
      await updateAccount(tx, id, { frozen_at: at, frozen_reason: reason, merged_into: into, at });
      await endSessionsOfEntity(tx, { entityId: id, at });
      await deps.audit.record(tx, {
        actor,
        action: 'entity.merge',
        subject: { kind: 'entity', id },
        after: { state: 'FROZEN', mergedInto: into },
        reason,
        entity: id,
        ...(from && { origin: from }),
      });
    },
  };
}
