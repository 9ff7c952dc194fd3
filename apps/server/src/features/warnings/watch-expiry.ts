import { shanghaiParts } from '@hufu/kernel';
import { withTransaction } from '../../infra/database/database.ts';
import type { WarningDeps } from './deps.ts';
import { thresholdOf, watchedDays } from './domain/thresholds.ts';
import type { Expiring, ExpirySource, Notice } from './face.ts';
import { writeWarnings } from './write-warnings.ts';

const PAGE = 500;

/**
 * Tells of papers that end, 60, 30 and 15 days before and when they have ended. A paper is told of once for each
 * threshold and day of its end: who renews it is told of the new day in its time.
 */
export async function watchExpiry(deps: WarningDeps, sources: readonly ExpirySource[]): Promise<void> {
  const today = shanghaiParts(deps.clock.now()).date;
  for (const source of sources) {
    let after: string | undefined;
    do {
      const page = await source.page(deps.database.db, { ...watchedDays(today), after, limit: PAGE });
      const notices = page.items.flatMap((item) => noticeOf(source, item, today) ?? []);
      await withTransaction(deps.database, (tx) => writeWarnings(deps, tx, notices));
      after = page.next;
    } while (after !== undefined);
  }
}

function noticeOf(source: ExpirySource, item: Expiring, today: string): Notice | undefined {
  const { entityId, id, expiresOn } = item;
  const threshold = thresholdOf(today, expiresOn);
  if (threshold === undefined) return undefined;
  const once = `${id}:${expiresOn}:${threshold}`;
  return source.kind === 'KEY_EXPIRES'
    ? { kind: source.kind, entityId, once, facts: { keyId: id, expiresOn } }
    : { kind: source.kind, entityId, once, facts: { type: source.type, id, expiresOn } };
}
