import type { AuditActor } from '../../infra/audit/audit.ts';
import type { Executor, Tx } from '../../infra/database/database.ts';
import type { Warnings } from './face.ts';

/** What of a record's step is looked at. */
type Step = {
  readonly entityId: string;
  readonly type: string;
  readonly id: string;
  readonly event: string;
  readonly after: { readonly version: number };
  readonly actor: AuditActor;
};

type PrimaryOf = (executor: Executor, entityId: string) => Promise<string | undefined>;

/**
 * Tells an entity what others than its primary key have changed. Platforms and the system tell for themselves; who has
 * no primary key, as a natural person, has nobody to be told of.
 */
export const noteChange =
  (notify: Warnings['notify'], primaryOf: PrimaryOf) =>
  async (tx: Tx, steps: readonly Step[]): Promise<void> => {
    // A sheet is many steps of one entity.
    const primaries = new Map<string, string | undefined>();
    for (const { entityId, type, id, event, after, actor } of steps) {
      if (actor.kind !== 'entity') continue;
      if (!primaries.has(entityId)) primaries.set(entityId, await primaryOf(tx, entityId));
      const primary = primaries.get(entityId);
      if (primary === undefined || actor.certificate === primary) continue;
      await notify(tx, {
        kind: 'CHANGED_BY_OTHER_KEY',
        entityId,
        once: `${id}:${after.version}`,
        facts: { type, id, event },
      });
    }
  };
