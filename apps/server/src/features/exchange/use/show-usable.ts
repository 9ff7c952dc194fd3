import type { UsableAnswer, UsableQuery } from '@hufu/contracts';
import type { z } from 'zod';
import { withTransaction } from '../../../infra/database/database.ts';
import { activeEntity } from '../caller/active-entity.ts';
import { type ExchangeDeps, type PlatformBy, platformActor } from '../deps.ts';
import { exchangeError } from '../errors.ts';
import { allUsable, entityView, recordView, usableTypes } from '../mirror/entity-records.ts';
import { hasConsent } from './consent-store.ts';

type Asked = { readonly query: z.output<typeof UsableQuery>; readonly by: PlatformBy };

/**
 * What an entity may bid with, for a tender (PLAT-041, GEN-007): for a platform on which somebody of the entity is
 * logged in now, or that it trusts with it at any time. Each look is written down.
 * @throws EXCHANGE_UNKNOWN, EXCHANGE_NOT_ACTIVATED, EXCHANGE_ENTITY_FROZEN, EXCHANGE_NO_CONSENT
 */
export async function showUsable(deps: ExchangeDeps, { query, by }: Asked): Promise<UsableAnswer> {
  return withTransaction(deps.database, async (tx) => {
    const entity = await activeEntity(deps, tx, { uscc: query.uscc, platformCode: by.code });
    const allowed =
      (await deps.sessions.isAt(tx, { entityId: entity.id, clientId: by.clientId })) ||
      (await hasConsent(tx, { entityId: entity.id, platformCode: by.code }));
    if (!allowed) throw exchangeError('EXCHANGE_NO_CONSENT');
    const wanted = query.types?.split(',');
    const types = usableTypes(entity.kind)
      .map(({ name }) => name)
      .filter((name) => wanted === undefined || wanted.includes(name));
    const records = await allUsable(deps, tx, { entityId: entity.id, types });
    await deps.audit.record(tx, {
      actor: platformActor(by),
      action: 'exchange.look-up',
      subject: { kind: 'entity', id: entity.id },
      entity: entity.id,
      after: { tender: query.tender, types, records: records.length },
      origin: by.from,
    });
    return { entity: entityView(entity), records: records.map(recordView) };
  });
}
