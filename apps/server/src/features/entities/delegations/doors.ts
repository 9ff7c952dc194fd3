import type { Door } from '@hufu/contracts';
import type { z } from 'zod';
import type { Executor } from '../../../infra/database/database.ts';
import { accountByIdNo } from '../accounts/account-store.ts';
import type { Bearer } from '../accounts/bearer.ts';
import type { EntityDeps } from '../deps.ts';
import { livingDelegationsOf } from './delegation-store.ts';

/** The person's own account, among doors that are delegations. */
export const SELF = 'self';

/** As whom a person may enter with a certificate of their own. */
export async function doorsOf(
  { clock }: Pick<EntityDeps, 'clock'>,
  executor: Executor,
  bearer: Bearer,
): Promise<z.input<typeof Door>[]> {
  if (bearer.kind === 'ORGANISATION') return [];
  const account = await accountByIdNo(executor, bearer.idNoHash);
  const delegations = await livingDelegationsOf(executor, {
    personHash: bearer.idNoHash,
    now: new Date(clock.now()),
  });
  const self = { id: SELF, entityName: bearer.name, standing: 'NATURAL' as const, expiresAt: null };
  return [
    ...(account === undefined || account.merged_into !== null ? [] : [self]),
    ...delegations.map(({ id, entity_name, expires_at }) => ({
      id,
      entityName: entity_name,
      standing: 'DELEGATE' as const,
      expiresAt: expires_at.toISOString(),
    })),
  ];
}
