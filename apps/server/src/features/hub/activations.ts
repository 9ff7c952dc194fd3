import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../../infra/database/database.ts';
import { activationsOf } from './store/activations.ts';

/** Where entities have logged in through the hub before (HUB-065). */
export type Activations = {
  /** Codes of the platforms on which the entity is active. */
  platformsOf(executor: Executor, entityId: string): Promise<ReadonlySet<string>>;
  /** An SQL condition. @param entityId an SQL expression */
  activeOn(entityId: RawBuilder<unknown>, platformCode: string): RawBuilder<unknown>;
};

export const activations: Activations = {
  platformsOf: async (executor, entityId) => new Set((await activationsOf(executor, entityId)).keys()),
  activeOn: (entityId, platformCode) => sql`exists (
    select from platform_activation a where a.enterprise_id = ${entityId} and a.platform_code = ${platformCode})`,
};
