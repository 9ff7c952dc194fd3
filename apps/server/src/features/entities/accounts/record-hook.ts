import { EntityRole } from '@hufu/contracts';
import { z } from 'zod';
import type { Tx } from '../../../infra/database/database.ts';
import type { EntityDeps } from '../deps.ts';
import { lockAccount, updateAccount } from './account-store.ts';
import { completeIfWhole } from './completion.ts';

/** A change of a record, as its feature tells it in the same transaction. */
export type RecordChange = {
  readonly entityId: string;
  readonly type: string;
  readonly event: string;
  readonly after: { readonly state: string; readonly values: Readonly<Record<string, unknown>> } | null;
};

const BASE_TYPES = new Set(['organisation', 'natural-person']);
const Roles = z.array(EntityRole).min(1).max(3);

/** Base information counts from its first submission on; the roles of the account follow it (LIB-BASE-01). */
export const recordHook =
  (deps: Pick<EntityDeps, 'audit' | 'clock'>) =>
  async (tx: Tx, changes: readonly RecordChange[]): Promise<void> => {
    for (const { entityId, type, after } of changes) {
      if (!BASE_TYPES.has(type) || after?.state !== 'submitted') continue;
      const row = await lockAccount(tx, entityId);
      if (row === undefined) continue;
      const at = new Date(deps.clock.now());
      const roles = Roles.safeParse(after.values['roles']);
      await updateAccount(tx, entityId, {
        base_submitted_at: row.base_submitted_at ?? at,
        ...(row.kind === 'ORGANISATION' && roles.success ? { roles: roles.data } : {}),
        at,
      });
      await completeIfWhole(deps, tx, entityId);
    }
  };
