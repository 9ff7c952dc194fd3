import type { Tx } from '../../../infra/database/database.ts';
import type { RecordEvent, RecordHook } from '../../records/index.ts';
import type { ExchangeDeps } from '../deps.ts';
import { withdrawApprovals } from '../filing/withdraw.ts';
import { BASE_TYPE } from '../mirror/entity-records.ts';
import { noticePlatforms } from './send-notices.ts';

const PERFORMANCES = /^performance-/;
const BASES: ReadonlySet<string> = new Set(Object.values(BASE_TYPE));

/**
 * What happens in the library and concerns platforms: a voided performance is told to all of them (PLAT-040); a new
 * version of the base information ends what was approved of the old one (PLAT-023, beyond the manuals: recognition).
 */
export const exchangeHook =
  (deps: ExchangeDeps): RecordHook =>
  async (tx, changes) => {
    for (const change of changes) {
      const { entityId, type, event, before } = change;
      if (event === 'void' && PERFORMANCES.test(type)) await tellVoid(deps, tx, change);
      if (BASES.has(type) && before !== undefined && event !== 'save') {
        const because = event === 'void' ? 'VOIDED' : 'SUPERSEDED';
        await withdrawApprovals(deps, tx, { entityId, because });
      }
    }
  };

async function tellVoid(
  deps: ExchangeDeps,
  tx: Tx,
  { entityId, id, type, after }: RecordEvent,
): Promise<void> {
  const platforms = (await deps.platforms.all(tx)).filter(({ joined }) => joined);
  await noticePlatforms(deps, tx, {
    platforms: platforms.map(({ code }) => code),
    told: {
      kind: 'performance.void',
      entityId,
      recordId: id,
      facts: { type, version: after.version, voidedAt: after.updatedAt.toISOString() },
    },
  });
}
