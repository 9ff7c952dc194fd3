import type { Executor } from '../../../infra/database/database.ts';
import type { ExchangeDeps } from '../deps.ts';
import { exchangeError } from '../errors.ts';
import type { EntityCard } from '../ports.ts';

type Asked = { readonly uscc: string; readonly platformCode: string };

/**
 * An entity with which a platform may deal: one that has come there through the hub. Whoever never came is as unknown
 * as one that does not exist: codes cannot be tried out.
 * @throws EXCHANGE_NOT_ACTIVATED, EXCHANGE_ENTITY_FROZEN
 */
export async function activeEntity(
  deps: Pick<ExchangeDeps, 'entities' | 'activations'>,
  executor: Executor,
  { uscc, platformCode }: Asked,
): Promise<EntityCard> {
  const entity = await deps.entities.byUscc(executor, uscc);
  const active = entity && (await deps.activations.platformsOf(executor, entity.id));
  if (entity === undefined || !active?.has(platformCode)) throw exchangeError('EXCHANGE_NOT_ACTIVATED');
  if (entity.state === 'FROZEN') throw exchangeError('EXCHANGE_ENTITY_FROZEN');
  return entity;
}
